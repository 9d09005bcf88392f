package io.github.nettyping.trace;

import io.github.nettyping.codec.ExtensionObject;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.statistics.Moments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What is known of one hop so far, and how far it is with the present cycle. Confined to the event loop. */
final class HopRecord {

    private static final long NONE = -1;

    /** As many probes as a hop usually gets. */
    private static final int FEW = 3;

    private final int number;
    /** Mostly one. */
    private final List<IpAddress> from = new ArrayList<>(1);

    private final Moments times = new Moments();
    private long unanswered;
    private long sentInVain;
    private long lastNanos;
    private List<ExtensionObject> extensions = List.of();
    private @Nullable IcmpError error;

    /** The probes of this cycle that count: from whom an answer came, and how long it took, {@link #NONE} without. */
    private @Nullable IpAddress[] newestFrom = new IpAddress[FEW];

    private long[] newestNanos = new long[FEW];
    private int newest;

    /** Probes in this cycle: submitted, and those of them that have their outcome. */
    private int asked;

    private int settled;

    /** All probes that were too long for the path. */
    private int tooLong;

    HopRecord(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    void beginCycle() {
        asked = 0;
        settled = 0;
        newest = 0;
    }

    /** One more probe is under way. */
    void ask() {
        asked++;
    }

    /** A probe that is under way does not count: it has to be repeated. */
    void askAgain() {
        asked--;
    }

    int asked() {
        return asked;
    }

    int settled() {
        return settled;
    }

    /** Notes that a probe was too long for the way; returns how many were. */
    int tooLong() {
        return ++tooLong;
    }

    boolean isSilent() {
        return times.count == 0 && unanswered > 0;
    }

    boolean isFrom(IpAddress address) {
        return from.contains(address);
    }

    void answered(IpAddress address, long nanos) {
        if (!from.contains(address)) {
            from.add(address);
        }
        count(address, nanos);
    }

    void answered(IcmpError answer, long nanos) {
        if (answer.from().isPresent()) {
            answered(answer.from().get(), nanos);
        } else {
            count(null, nanos);
        }
        noteExtensions(answer);
    }

    private void count(@Nullable IpAddress address, long nanos) {
        settled++;
        note(address, nanos);
        times.record(nanos);
        lastNanos = nanos;
    }

    /** Nothing came that counts as an answer. */
    void unanswered() {
        settled++;
        unanswered++;
        note(null, NONE);
    }

    private void note(@Nullable IpAddress address, long nanos) {
        if (newest == newestNanos.length) {
            newestFrom = Arrays.copyOf(newestFrom, 2 * newest);
            newestNanos = Arrays.copyOf(newestNanos, 2 * newest);
        }
        newestFrom[newest] = address;
        newestNanos[newest++] = nanos;
    }

    /** This machine did not send, or may have lost the answer. */
    void sentInVain() {
        settled++;
        sentInVain++;
    }

    /** Notes an error that tells why probes get no further. */
    void error(IcmpError newest) {
        error = newest;
        noteExtensions(newest);
    }

    private void noteExtensions(IcmpError answer) {
        if (!answer.extensions().isEmpty()) {
            extensions = answer.extensions();
        }
    }

    Hop toHop(OptionalInt mtu) {
        return new Hop(
                number,
                List.copyOf(from),
                times.count + unanswered,
                times.count,
                sentInVain,
                times(),
                mtu,
                extensions,
                Optional.ofNullable(error),
                IntStream.range(0, newest).mapToObj(this::answer).toList());
    }

    private HopAnswer answer(int index) {
        long nanos = newestNanos[index];
        return new HopAnswer(
                Optional.ofNullable(newestFrom[index]), nanos == NONE ? OptionalLong.empty() : OptionalLong.of(nanos));
    }

    private Optional<HopTimes> times() {
        return times.count == 0
                ? Optional.empty()
                : Optional.of(
                        new HopTimes(times.count, lastNanos, times.min, times.mean, times.max, times.deviation()));
    }
}
