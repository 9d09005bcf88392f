package io.github.nettyping.internal.linux.netlink;

/** Constants of {@code linux/fib_rules.h}: attributes of a rule that chooses a routing table. ip-rule(8). */
public final class FibRulesHeader {

    /** Place in the order of rules; absent for 0. */
    public static final int FRA_PRIORITY = 6;

    private FibRulesHeader() {}
}
