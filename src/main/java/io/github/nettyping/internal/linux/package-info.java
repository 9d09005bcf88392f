/**
 * The system calls and the C structures they take. Nothing here knows what they are used for.
 *
 * <p>Not for use outside nettyping. Read {@link io.github.nettyping.internal.linux.Syscalls} first; it is the seam that
 * tests replace. {@link io.github.nettyping.internal.linux.MmsgArray} and
 * {@link io.github.nettyping.internal.linux.ControlMessages} lay out what {@code sendmmsg} and {@code recvmmsg} read
 * and write. Constants are in one class for each C header; a test compares them with the headers of the system.
 */
@NullMarked
package io.github.nettyping.internal.linux;

import org.jspecify.annotations.NullMarked;
