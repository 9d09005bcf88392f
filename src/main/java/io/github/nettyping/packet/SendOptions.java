package io.github.nettyping.packet;

import io.github.nettyping.internal.Ranges;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;

/**
 * What one outgoing packet shall have instead of its channel's settings: fields of its IP header, and its route.
 * Immutable.
 *
 * <p>They go to the kernel as control messages beside the packet, so that packets with different ones share a socket and
 * a system call. What this machine refuses fails the write of that packet and no other.
 *
 * <p>On IPv6 ping sockets they need Linux 5.18; an older kernel would send the packet without them, so the channel
 * refuses it, with an {@link UnsupportedSendOptionsException}. Those sockets never take the source of a single packet:
 * bind the channel to it.
 *
 * @param hopLimit       time to live (IPv4) or hop limit (IPv6), 1 to 255
 * @param trafficClass   type of service (IPv4) or traffic class (IPv6), 0 to 255: six bits of DSCP, then two of ECN
 * @param source         an address of this machine, of the destination's family; the channel hears the answers if it is
 *                       bound to that address or to none
 * @param interfaceIndex the interface to leave by, 1 or more, as in {@code ip link}; a link-local source with a scope
 *                       needs no other
 * @param dontFragment   whether a packet longer than the path takes is refused ({@code EMSGSIZE}) rather than sent in
 *                       fragments; IPv6 only; for IPv4 Linux has this only for a whole socket (path MTU discovery). Raw
 *                       sockets before Linux 5.18 ignore it: there too, set it for the channel
 * @param flowLabel      1 to {@link #MAX_FLOW_LABEL}; IPv6 only
 * @param mark           the mark that routing rules and firewalls of this machine see, any 32 bits; needs
 *                       {@code CAP_NET_ADMIN} or, on newer kernels, {@code CAP_NET_RAW}
 * @see <a href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</a>, ipv6(7), RFC 3542, section 6
 */
public record SendOptions(
        OptionalInt hopLimit,
        OptionalInt trafficClass,
        Optional<IpAddress> source,
        OptionalInt interfaceIndex,
        boolean dontFragment,
        OptionalInt flowLabel,
        OptionalInt mark) {

    /** The largest flow label: 20 bits. */
    public static final int MAX_FLOW_LABEL = 0xfffff;

    private static final SendOptions NONE = builder().build();

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range; the message names it
     */
    public SendOptions {
        hopLimit.ifPresent(value -> inRange("hopLimit", value, 1, 255));
        trafficClass.ifPresent(value -> inRange("trafficClass", value, 0, 255));
        interfaceIndex.ifPresent(value -> inRange("interfaceIndex", value, 1, Integer.MAX_VALUE));
        // Not 0: the kernel takes that for "none given" and may choose one (net.ipv6.auto_flowlabels).
        flowLabel.ifPresent(value -> inRange("flowLabel", value, 1, MAX_FLOW_LABEL));
        source.ifPresent(SendOptions::requireHost);
        int scope = source.map(IpAddress::scopeId).orElse(0);
        if (scope != 0 && interfaceIndex.orElse(scope) != scope) {
            throw new IllegalArgumentException("interfaceIndex: " + interfaceIndex.getAsInt() + " (expected: " + scope
                    + ", as the source's scope)");
        }
    }

    /** {@return the options that leave everything to the channel and the kernel} */
    public static SendOptions none() {
        return NONE;
    }

    /** {@return a new builder that holds no options} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a new builder with the values of these options} */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.hopLimit = hopLimit;
        builder.trafficClass = trafficClass;
        builder.source = source;
        builder.interfaceIndex = interfaceIndex;
        builder.dontFragment = dontFragment;
        builder.flowLabel = flowLabel;
        builder.mark = mark;
        return builder;
    }

    /** {@return whether everything is left to the channel and the kernel} */
    public boolean isNone() {
        // Not equals(NONE): the first comparison of a kind of record generates the code for it, which takes 10 ms.
        return hopLimit.isEmpty()
                && trafficClass.isEmpty()
                && source.isEmpty()
                && interfaceIndex.isEmpty()
                && !dontFragment
                && flowLabel.isEmpty()
                && mark.isEmpty();
    }

    /**
     * Checks that packets of a family can have these options.
     *
     * @param family of the destination
     * @throws IllegalArgumentException if they cannot; the message says why
     */
    public void requireFor(IpFamily family) {
        if (family == IpFamily.IPV4 && (dontFragment || flowLabel.isPresent())) {
            throw new IllegalArgumentException("send options " + this
                    + " to IPv4 (expected: no dontFragment and no flowLabel, which are IPv6's; see MTU_DISCOVER)");
        }
        if (source.isPresent() && source.get().family() != family) {
            throw new IllegalArgumentException(
                    "send options " + this + " to " + family + " (expected: a source of " + family + ')');
        }
    }

    /** Returns what is set: {@code hopLimit=3, source=192.0.2.1}. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ");
        hopLimit.ifPresent(value -> text.add("hopLimit=" + value));
        trafficClass.ifPresent(value -> text.add("trafficClass=" + value));
        source.ifPresent(value -> text.add("source=" + value));
        interfaceIndex.ifPresent(value -> text.add("interfaceIndex=" + value));
        if (dontFragment) {
            text.add("dontFragment");
        }
        flowLabel.ifPresent(value -> text.add("flowLabel=0x" + Integer.toHexString(value)));
        mark.ifPresent(value -> text.add("mark=0x" + Integer.toHexString(value)));
        return text.length() == 0 ? "none" : text.toString();
    }

    private static OptionalInt inRange(String name, int value, int min, int max) {
        Ranges.require(name, value, min, max);
        return OptionalInt.of(value);
    }

    private static Optional<IpAddress> requireHost(IpAddress address) {
        if (address.isAnyLocal() || address.isMulticast()) {
            throw new IllegalArgumentException("source: " + address + " (expected: the address of one host)");
        }
        return Optional.of(address);
    }

    /** Collects options; each range is checked by its setter. Not safe for use by several threads at once. */
    public static final class Builder {

        private OptionalInt hopLimit = OptionalInt.empty();
        private OptionalInt trafficClass = OptionalInt.empty();
        private Optional<IpAddress> source = Optional.empty();
        private OptionalInt interfaceIndex = OptionalInt.empty();
        private boolean dontFragment;
        private OptionalInt flowLabel = OptionalInt.empty();
        private OptionalInt mark = OptionalInt.empty();

        private Builder() {}

        /**
         * Sets the time to live or hop limit.
         *
         * @param value 1 to 255
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder hopLimit(int value) {
            hopLimit = inRange("hopLimit", value, 1, 255);
            return this;
        }

        /**
         * Sets the type of service or traffic class.
         *
         * @param value 0 to 255
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder trafficClass(int value) {
            trafficClass = inRange("trafficClass", value, 0, 255);
            return this;
        }

        /**
         * Sets the source address.
         *
         * @param value an address of this machine
         * @return this builder
         * @throws IllegalArgumentException if it names no single host
         */
        public Builder source(IpAddress value) {
            source = requireHost(value);
            return this;
        }

        /**
         * Sets the interface to leave by.
         *
         * @param value its index, 1 or more
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder interfaceIndex(int value) {
            interfaceIndex = inRange("interfaceIndex", value, 1, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Sets whether a packet longer than the path takes is refused.
         *
         * @param value whether it is; IPv6 only
         * @return this builder
         */
        public Builder dontFragment(boolean value) {
            dontFragment = value;
            return this;
        }

        /**
         * Sets the flow label.
         *
         * @param value 1 to {@link SendOptions#MAX_FLOW_LABEL}; IPv6 only
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder flowLabel(int value) {
            flowLabel = inRange("flowLabel", value, 1, MAX_FLOW_LABEL);
            return this;
        }

        /**
         * Sets the mark.
         *
         * @param value any 32 bits
         * @return this builder
         */
        public Builder mark(int value) {
            mark = OptionalInt.of(value);
            return this;
        }

        /**
         * {@return the options that were set}
         *
         * @throws IllegalArgumentException if the interface is another one than the source's scope
         */
        public SendOptions build() {
            return new SendOptions(hopLimit, trafficClass, source, interfaceIndex, dontFragment, flowLabel, mark);
        }
    }
}
