/**
 * The addresses of a run: words of a command line or lines of a file become one ordered set without duplicates. It is
 * held as ranges, so a /8 costs no more memory than a /30.
 *
 * <p>Read {@link io.github.nettyping.target.Targets} first, which has the table of words and an example;
 * {@link io.github.nettyping.target.TargetCursor} walks it. A word that cannot be read is a
 * {@link io.github.nettyping.target.TargetSyntaxException} that says where and what was expected.
 */
@NullMarked
package io.github.nettyping.target;

import org.jspecify.annotations.NullMarked;
