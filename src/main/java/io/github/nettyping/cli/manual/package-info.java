/**
 * The commands {@code manual} and {@code completion}: texts made from the options of all the others.
 *
 * <p>Read {@code ManualPage} and {@code CompletionScript} first.
 */
@NullMarked
package io.github.nettyping.cli.manual;

import org.jspecify.annotations.NullMarked;
