/**
 * Which addresses a run is about: words of a command line or lines of a file become one set, ordered, free of
 * duplicates, and held as ranges, so that a /8 costs no more memory than a /30.
 *
 * <p>Read {@link io.github.nettyping.target.Targets} first, which has the table of words and an example;
 * {@link io.github.nettyping.target.TargetCursor} is how a run walks it. What cannot be read is a
 * {@link io.github.nettyping.target.TargetSyntaxException} that says where and what was expected.
 */
@NullMarked
package io.github.nettyping.target;

import org.jspecify.annotations.NullMarked;
