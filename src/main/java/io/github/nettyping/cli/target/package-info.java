/**
 * Targets as people type them: words, files, names, in an order, a part of them.
 *
 * <p>Read {@code TargetArguments} first, then {@code TypedTargets}.
 */
@NullMarked
package io.github.nettyping.cli.target;

import org.jspecify.annotations.NullMarked;
