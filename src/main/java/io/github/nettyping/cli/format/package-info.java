/**
 * Results, numbers and words as text, JSON and CSV.
 *
 * <p>Read {@code ResultFormat} first, then {@code Words}, which has the names programs know.
 */
@NullMarked
package io.github.nettyping.cli.format;

import org.jspecify.annotations.NullMarked;
