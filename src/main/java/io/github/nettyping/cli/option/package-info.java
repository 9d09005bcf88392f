/**
 * Options that several commands have, and how values are written.
 *
 * <p>Read {@code OptionTypes} first.
 */
@NullMarked
package io.github.nettyping.cli.option;

import org.jspecify.annotations.NullMarked;
