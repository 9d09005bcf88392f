package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.Syscalls;
import java.util.function.Supplier;

/**
 * What a channel runs on. Tests replace kernel, clock and epoll here. Immutable.
 *
 * @param syscalls  the kernel
 * @param clock     the clocks
 * @param readiness makes a descriptor's place in an event loop
 */
record Transport(Syscalls syscalls, NanoClock clock, Supplier<Readiness> readiness) {}
