package io.github.nettyping.diagnosis;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether this network namespace has IPv6. Immutable.
 *
 * @param disabled           {@code net.ipv6.conf.all.disable_ipv6}; empty if the kernel has no IPv6
 * @param disabledOnLoopback {@code net.ipv6.conf.lo.disable_ipv6}; empty if the kernel has no IPv6
 * @param addresses          how many addresses all interfaces have together; empty if the kernel has no IPv6
 * @param bootedWithout      whether the kernel's command line has {@code ipv6.disable=1}
 */
public record Ipv6(
        Optional<Boolean> disabled,
        Optional<Boolean> disabledOnLoopback,
        OptionalInt addresses,
        boolean bootedWithout) {

    static Ipv6 read(Machine machine) {
        // Not /proc/net, which shows the namespace of the process's first thread.
        Optional<String> addresses = machine.text("/proc/thread-self/net/if_inet6");
        return new Ipv6(
                machine.flag("/proc/sys/net/ipv6/conf/all/disable_ipv6"),
                machine.flag("/proc/sys/net/ipv6/conf/lo/disable_ipv6"),
                addresses.isPresent()
                        ? OptionalInt.of((int) addresses.get().lines().count())
                        : OptionalInt.empty(),
                machine.text("/proc/cmdline").orElse("").matches("(?s)(?:.*\\s)?ipv6\\.disable=1(?:\\s.*)?"));
    }

    /** {@return whether some interface has an address: a packet could go anywhere at all} */
    public boolean isUsable() {
        return addresses.orElse(0) > 0;
    }
}
