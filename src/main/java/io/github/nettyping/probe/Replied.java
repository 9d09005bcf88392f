package io.github.nettyping.probe;

import io.github.nettyping.packet.IpAddress;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The target answered. Immutable, unless somebody gives it back by {@link #recycle}, which is never required. Two are
 * equal if all their values are.
 */
public final class Replied implements ProbeOutcome {

    /** Null in an outcome that cannot be given back. */
    private @Nullable RepliedPool pool;

    private @Nullable Probe probe;
    private int attempts;
    private int attempt;
    /** Null for the probe's target. */
    private @Nullable IpAddress from;

    private long firstSentAtNanos;
    private long sentAtNanos;
    private long rttNanos;
    private long arrivedAtNanos;
    private RttSource rttSource;
    private OptionalInt hopLimit;
    private OptionalInt trafficClass;
    private int icmpBytes;
    private Set<ReplyFlag> flags;

    /**
     * Makes an outcome of a reply that arrived one round trip after the probe was sent.
     *
     * @param probe        the probe; this and the other values are described at their accessors
     * @param attempts     1 or more
     * @param attempt      1 to {@code attempts}
     * @param from         null for the probe's target
     * @param sentAtNanos  {@code CLOCK_REALTIME} in nanoseconds since 1970
     * @param rttNanos     0 or more
     * @param rttSource    the clocks
     * @param hopLimit     0 to 255
     * @param trafficClass 0 to 255
     * @param icmpBytes    8 or more
     * @param flags        unmodifiable
     */
    public Replied(
            Probe probe,
            int attempts,
            int attempt,
            @Nullable IpAddress from,
            long sentAtNanos,
            long rttNanos,
            RttSource rttSource,
            OptionalInt hopLimit,
            OptionalInt trafficClass,
            int icmpBytes,
            Set<ReplyFlag> flags) {
        this(null, rttSource, hopLimit, trafficClass, flags);
        fill(probe, attempts, attempt, from, sentAtNanos, sentAtNanos, rttNanos, sentAtNanos + rttNanos, icmpBytes);
    }

    /** Makes an outcome that can be given back and has no values yet. */
    Replied(
            @Nullable RepliedPool pool,
            RttSource rttSource,
            OptionalInt hopLimit,
            OptionalInt trafficClass,
            Set<ReplyFlag> flags) {
        this.pool = pool;
        this.rttSource = rttSource;
        this.hopLimit = hopLimit;
        this.trafficClass = trafficClass;
        this.flags = flags;
    }

    void fill(
            Probe newProbe,
            int newAttempts,
            int newAttempt,
            @Nullable IpAddress newFrom,
            long newFirstSentAtNanos,
            long newSentAtNanos,
            long newRttNanos,
            long newArrivedAtNanos,
            int newIcmpBytes) {
        probe = Objects.requireNonNull(newProbe, "probe");
        attempts = newAttempts;
        attempt = newAttempt;
        from = newFrom;
        firstSentAtNanos = newFirstSentAtNanos;
        sentAtNanos = newSentAtNanos;
        rttNanos = newRttNanos;
        arrivedAtNanos = newArrivedAtNanos;
        icmpBytes = newIcmpBytes;
    }

    void fill(RttSource newRttSource, OptionalInt newHopLimit, OptionalInt newTrafficClass, Set<ReplyFlag> newFlags) {
        rttSource = newRttSource;
        hopLimit = newHopLimit;
        trafficClass = newTrafficClass;
        flags = newFlags;
    }

    /**
     * {@return the probe that was written}
     *
     * @throws IllegalStateException if this outcome has been given back
     */
    @Override
    public Probe probe() {
        Probe asked = probe;
        if (asked == null) {
            throw new IllegalStateException("this outcome has been recycled");
        }
        return asked;
    }

    /** Returns how many tries were made until the answer came. */
    @Override
    public int attempts() {
        return attempts;
    }

    /** {@return the try it answers, from 1; times are that try's} */
    public int attempt() {
        return attempt;
    }

    /**
     * {@return who sent the reply} The target, unless {@link ReplyFlag#OTHER_SOURCE} is set or the probe takes
     * {@linkplain ProbeOptions#severalReplies() several replies}.
     */
    public IpAddress from() {
        IpAddress other = from;
        return other == null ? probe().target() : other;
    }

    /** {@return when the answered try was sent: {@code CLOCK_REALTIME} in nanoseconds since 1970} */
    public long sentAtNanos() {
        return sentAtNanos;
    }

    /**
     * {@return when the first try was sent: {@code CLOCK_REALTIME} in nanoseconds since 1970} If a later one was
     * answered, the first was probably lost then. {@link #sentAtNanos()} if the outcome comes from no correlator.
     */
    public long firstSentAtNanos() {
        return firstSentAtNanos;
    }

    /** {@return the round trip in nanoseconds, 0 or more} */
    public long rttNanos() {
        return rttNanos;
    }

    /**
     * Returns when the reply arrived: the round trip and, if that begins with the kernel's sending
     * ({@link RttSource#KERNEL_TX_RX}), what lies between {@link #sentAtNanos()} and that.
     *
     * @return {@code CLOCK_REALTIME} in nanoseconds since 1970; changes of that clock since the probe was sent are
     *     ignored
     */
    public long arrivedAtNanos() {
        return arrivedAtNanos;
    }

    /** {@return the clocks the round trip was measured with, where both of its ends come from} */
    public RttSource rttSource() {
        return rttSource;
    }

    /** {@return the time to live or hop limit the reply arrived with, 0 to 255, if the kernel told} */
    public OptionalInt hopLimit() {
        return hopLimit;
    }

    /**
     * {@return the type of service or traffic class the reply arrived with, 0 to 255} Empty unless the channel tells
     * it: {@link io.github.nettyping.packet.IcmpPacket#trafficClass()}.
     */
    public OptionalInt trafficClass() {
        return trafficClass;
    }

    /** {@return the length of the reply: bytes of the ICMP message, header included} */
    public int icmpBytes() {
        return icmpBytes;
    }

    /** {@return what is unusual about it; unmodifiable} */
    public Set<ReplyFlag> flags() {
        return flags;
    }

    @Override
    public Kind kind() {
        return Kind.REPLIED;
    }

    /**
     * Gives this object back to the correlator it came from, which reuses it for another reply. This is for handlers
     * that see millions of outcomes and keep none. Nobody may use the object afterwards. Does nothing outside the
     * correlator's event loop, for outcomes that came from elsewhere, and after {@link #keep}.
     */
    public void recycle() {
        if (pool != null && probe != null && pool.giveBack(this)) {
            probe = null;
            from = null;
        }
    }

    /**
     * Makes {@link #recycle} do nothing: for code that keeps an outcome and also passes it on. Outcomes that a
     * {@link ProbeObserver} was told of are kept already.
     */
    public void keep() {
        pool = null;
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof Replied other
                && Objects.equals(probe, other.probe)
                && attempts == other.attempts
                && attempt == other.attempt
                && Objects.equals(from(), other.from())
                && sentAtNanos == other.sentAtNanos
                && rttNanos == other.rttNanos
                && rttSource == other.rttSource
                && hopLimit.equals(other.hopLimit)
                && trafficClass.equals(other.trafficClass)
                && icmpBytes == other.icmpBytes
                && flags.equals(other.flags);
    }

    @Override
    public int hashCode() {
        return Objects.hash(probe, attempt, sentAtNanos, rttNanos);
    }

    /** Returns all values, for logs. */
    @Override
    public String toString() {
        return probe == null
                ? "Replied(recycled)"
                : "Replied(" + probe + ", attempts=" + attempts + ", attempt=" + attempt + ", from=" + from()
                        + ", sentAtNanos=" + sentAtNanos + ", rttNanos=" + rttNanos + ", rttSource=" + rttSource
                        + ", hopLimit=" + hopLimit + ", trafficClass=" + trafficClass + ", icmpBytes=" + icmpBytes
                        + ", flags=" + flags + ')';
    }
}
