package io.github.nettyping.internal.linux.netlink;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A rule that chooses a routing table, as the kernel tells it: {@code struct fib_rule_hdr} and its place. Immutable.
 * ip-rule(8).
 *
 * @param family   {@code AF_INET} or {@code AF_INET6}
 * @param priority its place in the order of rules
 */
public record RuleMessage(int family, long priority) {

    /** {@code struct fib_rule_hdr}. */
    public static final int HEADER_BYTES = 12;

    /** Reads a rule from the bytes {@code begin} to {@code end - 1}; empty if they are malformed. */
    public static Optional<RuleMessage> parse(ByteBuffer bytes, int begin, int end) {
        if (end - begin < HEADER_BYTES) {
            return Optional.empty();
        }
        NetlinkAttributes attributes = new NetlinkAttributes(bytes, begin + HEADER_BYTES, end);
        long priority = 0;
        while (attributes.next()) {
            if (attributes.type() == FibRulesHeader.FRA_PRIORITY) {
                priority = Integer.toUnsignedLong(attributes.intValue());
            }
        }
        return attributes.isMalformed()
                ? Optional.empty()
                : Optional.of(new RuleMessage(Byte.toUnsignedInt(bytes.get(begin)), priority));
    }
}
