package io.github.nettyping.probe;

import io.github.nettyping.internal.Ranges;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SendOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * How a host is asked. Immutable.
 *
 * @param timeout      wait for the answer to the first try: more than zero, at most {@link #MAX_TIMEOUT}; counted from
 *                     the moment the kernel takes the packet
 * @param attempts     tries a silent host gets in all, 1 to {@link #MAX_ATTEMPTS}
 * @param backoff      each further try waits this many times longer than the one before, 1 to 10
 * @param payloadBytes ICMP payload, without the 8-byte header, 0 to {@link #MAX_PAYLOAD_BYTES}; below
 *                     {@link #MIN_VERIFIED_PAYLOAD_BYTES} a reply cannot be authenticated and carries
 *                     {@link ReplyFlag#UNVERIFIED}
 * @param filler       the bytes of the payload behind those that authenticate the reply
 * @param sendOptions  what the packets' IP headers hold and which route they take, where that differs from the channel:
 *                     hop limit, traffic class, source, interface, flow label, mark
 * @param flowChecksum the ICMP checksum of every packet, 1 to {@link #MAX_FLOW_CHECKSUM}; for ICMPv6, whose checksum
 *                     covers the addresses too, the sum without them. Routers that spread packets over several paths by
 *                     the bytes where port numbers would be then send all probes to a target along the same path. Two
 *                     bytes of the payload, behind those that authenticate the reply, are chosen so that the checksum
 *                     comes out; so the payload has at least {@link #MIN_FLOW_PAYLOAD_BYTES}. Empty: the checksum is
 *                     different in every packet
 * @param failFast     whether an ICMP error, which anybody can forge, ends the probe at once; otherwise a reply that
 *                     comes before the last deadline outranks it
 * @param anySource    whether an authenticated reply counts although another address than the target sent it; it does
 *                     anyway if the target is {@code 0.0.0.0} or {@code ::}, by which the kernel means this host
 * @param severalReplies whether the target is a group of hosts: the first reply of each host counts, whoever it is, the
 *                       probe waits until the deadline of the try then out, and no further try is made once somebody has
 *                       answered. {@link ProbeObserver#onReply} tells the replies as they come; the first is the outcome.
 *                       An ICMP error ends the probe only while nobody has answered
 */
public record ProbeOptions(
        Duration timeout,
        int attempts,
        double backoff,
        int payloadBytes,
        PayloadFiller filler,
        SendOptions sendOptions,
        OptionalInt flowChecksum,
        boolean failFast,
        boolean anySource,
        boolean severalReplies) {

    /** The longest wait for the first try. */
    public static final Duration MAX_TIMEOUT = Duration.ofHours(1);

    /** The most tries. */
    public static final int MAX_ATTEMPTS = 256;

    /** The largest payload: a full IPv4 packet of 65,535 bytes without its headers of 20 and 8. */
    public static final int MAX_PAYLOAD_BYTES = 65_507;

    /** The smallest payload that can hold what authenticates a reply. */
    public static final int MIN_VERIFIED_PAYLOAD_BYTES = 16;

    /** The smallest payload with room for the two bytes that keep a flow's checksum. */
    public static final int MIN_FLOW_PAYLOAD_BYTES = MIN_VERIFIED_PAYLOAD_BYTES + 2;

    /** The largest checksum of a flow; of the two zeros of one's complement, senders differ in which they write. */
    public static final int MAX_FLOW_CHECKSUM = 0xfffe;

    private static final double MAX_BACKOFF = 10;

    /** No wait is longer, whatever the backoff. */
    private static final long MAX_WAIT_NANOS = Duration.ofDays(1).toNanos();

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range; the message names it
     */
    public ProbeOptions {
        Ranges.requirePositive("timeout", timeout, MAX_TIMEOUT);
        Ranges.require("attempts", attempts, 1, MAX_ATTEMPTS);
        // Written so that NaN fails it.
        if (!(backoff >= 1 && backoff <= MAX_BACKOFF)) {
            throw new IllegalArgumentException("backoff: " + backoff + " (expected: 1 to " + MAX_BACKOFF + ')');
        }
        Ranges.require("payloadBytes", payloadBytes, 0, MAX_PAYLOAD_BYTES);
        Objects.requireNonNull(filler, "filler");
        Objects.requireNonNull(sendOptions, "sendOptions");
        if (flowChecksum.isPresent()) {
            Ranges.require("flowChecksum", flowChecksum.getAsInt(), 1, MAX_FLOW_CHECKSUM);
            if (payloadBytes < MIN_FLOW_PAYLOAD_BYTES) {
                throw new IllegalArgumentException("payloadBytes: " + payloadBytes + " with a flowChecksum (expected: "
                        + MIN_FLOW_PAYLOAD_BYTES + " to " + MAX_PAYLOAD_BYTES + ')');
            }
        }
    }

    /**
     * {@return a new builder with the defaults} One second, two tries, the second one waiting 1.5 times as long, 56
     * bytes, errors provisional, replies from the target alone.
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the options a builder starts with} */
    public static ProbeOptions defaults() {
        return builder().build();
    }

    /** {@return a new builder with the values of these options} */
    public Builder toBuilder() {
        return builder()
                .timeout(timeout)
                .attempts(attempts)
                .backoff(backoff)
                .payloadBytes(payloadBytes)
                .filler(filler)
                .sendOptions(sendOptions)
                .flow(flowChecksum)
                .failFast(failFast)
                .anySource(anySource)
                .severalReplies(severalReplies);
    }

    /**
     * Checks that a target can be asked with these options.
     *
     * @param family that of the target
     * @throws IllegalArgumentException if {@link #sendOptions()} are for the other family; the message says which
     */
    public void requireFor(IpFamily family) {
        sendOptions.requireFor(family);
    }

    /**
     * {@return how many nanoseconds one try waits: {@code timeout * backoff^(attempt - 1)}, at most one day}
     *
     * @param attempt the try, from 1
     */
    public long timeoutNanos(int attempt) {
        long first = timeout.toNanos();
        if (attempt == 1) {
            return first;
        }
        // A double holds every wait below a day to the nanosecond; the comparison also catches infinity.
        double wait = first * Math.pow(backoff, attempt - 1);
        return wait >= MAX_WAIT_NANOS ? MAX_WAIT_NANOS : (long) wait;
    }

    /** {@return whether replies are authenticated: the payload has room for what does that} */
    public boolean isVerified() {
        return payloadBytes >= MIN_VERIFIED_PAYLOAD_BYTES;
    }

    /** Collects options; ranges are checked by {@link #build()}. Not safe for use by several threads at once. */
    public static final class Builder {

        private Duration timeout = Duration.ofSeconds(1);
        private int attempts = 2;
        private double backoff = 1.5;
        private int payloadBytes = 56;
        private PayloadFiller filler = PayloadFiller.offsets();
        private SendOptions sendOptions = SendOptions.none();
        private OptionalInt flowChecksum = OptionalInt.empty();
        private boolean failFast;
        private boolean anySource;
        private boolean severalReplies;

        private Builder() {}

        /**
         * Sets the wait for the first try.
         *
         * @param value more than zero, at most {@link #MAX_TIMEOUT}
         * @return this builder
         */
        public Builder timeout(Duration value) {
            this.timeout = value;
            return this;
        }

        /**
         * Sets how many tries a silent host gets in all.
         *
         * @param value 1 to {@link #MAX_ATTEMPTS}
         * @return this builder
         */
        public Builder attempts(int value) {
            this.attempts = value;
            return this;
        }

        /**
         * Sets how many times longer each further try waits.
         *
         * @param value 1 to 10
         * @return this builder
         */
        public Builder backoff(double value) {
            this.backoff = value;
            return this;
        }

        /**
         * Sets the length of the ICMP payload.
         *
         * @param value bytes without the 8-byte header, 0 to {@link #MAX_PAYLOAD_BYTES}
         * @return this builder
         */
        public Builder payloadBytes(int value) {
            this.payloadBytes = value;
            return this;
        }

        /**
         * Sets the bytes of the payload behind those that authenticate the reply.
         *
         * @param value the filler
         * @return this builder
         */
        public Builder filler(PayloadFiller value) {
            this.filler = value;
            return this;
        }

        /**
         * Sets what the packets' IP headers hold, and which way they take.
         *
         * @param value what differs from the channel
         * @return this builder
         */
        public Builder sendOptions(SendOptions value) {
            this.sendOptions = value;
            return this;
        }

        /**
         * Sets the ICMP checksum of every packet, so that all take the same path.
         *
         * @param value 1 to {@link #MAX_FLOW_CHECKSUM}
         * @return this builder
         */
        public Builder flowChecksum(int value) {
            return flow(OptionalInt.of(value));
        }

        private Builder flow(OptionalInt value) {
            this.flowChecksum = value;
            return this;
        }

        /**
         * Sets whether an ICMP error ends the probe at once.
         *
         * @param value whether it does
         * @return this builder
         */
        public Builder failFast(boolean value) {
            this.failFast = value;
            return this;
        }

        /**
         * Sets whether an authenticated reply counts although another address than the target sent it.
         *
         * @param value whether it does
         * @return this builder
         */
        public Builder anySource(boolean value) {
            this.anySource = value;
            return this;
        }

        /**
         * Sets whether the target is a group of hosts.
         *
         * @param value whether it is
         * @return this builder
         */
        public Builder severalReplies(boolean value) {
            this.severalReplies = value;
            return this;
        }

        /**
         * {@return the options that were set}
         *
         * @throws IllegalArgumentException if a value is out of range
         */
        public ProbeOptions build() {
            return new ProbeOptions(
                    timeout,
                    attempts,
                    backoff,
                    payloadBytes,
                    filler,
                    sendOptions,
                    flowChecksum,
                    failFast,
                    anySource,
                    severalReplies);
        }
    }
}
