/**
 * The command line. Programs parse what it prints, so every shape in the rooms below is an interface.
 *
 * <p>Read {@code Main} first, which knows the commands and what becomes of errors. Then the room of a command, such as
 * {@code io.github.nettyping.cli.sweep}; rooms of commands use those that commands share, and never each other.
 */
@NullMarked
package io.github.nettyping.cli;

import org.jspecify.annotations.NullMarked;
