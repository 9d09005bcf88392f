package io.github.nettyping.cli.ping;

import io.github.nettyping.cli.ping.iputils.PingStatisticsText;
import io.github.nettyping.internal.VisibleText;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.statistics.PingRecorder;
import io.github.nettyping.statistics.PingStatistics;
import java.util.BitSet;

/** What has become of the probes to one host so far. Confined to the event loop. */
public final class PingTally {

    /** So many probes are known as answered or not, as in iputils (MAX_DUP_CHK). */
    private static final int REMEMBERED = 65_536;

    private static final int PERCENTILE_DIGITS = 2;
    private static final long NANOS_PER_MICRO = 1_000;

    private final PingRecorder recorder = new PingRecorder(PERCENTILE_DIGITS);
    private final BitSet answered = new BitSet();
    private long transmitted;
    private long acknowledged;
    private long pipe;
    private long received;
    private long errors;
    private long late;
    private long corrupted;
    private long longestNanos;
    /** Eight times the smoothed round trip in microseconds. */
    private long smoothedEighths;

    private long firstSentNanos;
    private long lastSentNanos;

    /** Counts a probe, sent or refused by the kernel, at a time of the monotonic clock. */
    public void transmitted(long sequence, long nanos) {
        if (transmitted == 0) {
            firstSentNanos = nanos;
        }
        lastSentNanos = nanos;
        transmitted = sequence;
        answered.clear(index(sequence));
        recorder.recordSent();
    }

    public long transmitted() {
        return transmitted;
    }

    public boolean isAnswered(long sequence) {
        return answered.get(index(sequence));
    }

    /** Counts a reply; returns whether it is the first to its probe. */
    public boolean reply(long sequence, Replied reply) {
        acknowledge(sequence);
        longestNanos = Math.max(longestNanos, reply.rttNanos());
        smooth(reply.rttNanos());
        if (isAnswered(sequence)) {
            recorder.recordDuplicate();
            return false;
        }
        answered.set(index(sequence));
        recorder.recordReply(reply);
        received++;
        return true;
    }

    /** Each reply counts an eighth, a duplicate too; in whole microseconds, as in iputils. */
    private void smooth(long rttNanos) {
        long micros = Math.max(0, rttNanos) / NANOS_PER_MICRO;
        smoothedEighths = smoothedEighths == 0 ? 8 * micros : smoothedEighths + micros - smoothedEighths / 8;
    }

    /** Counts a probe that this machine could not send for its length. */
    void tooLong() {
        errors++;
        recorder.recordError();
    }

    public void late() {
        late++;
    }

    public void error(long sequence, IpFamily family) {
        errors++;
        recorder.recordError();
        // Not in ICMPv6: so does iputils, and it shows in the statistics.
        if (family == IpFamily.IPV4) {
            acknowledge(sequence);
        }
    }

    public void corrupted() {
        corrupted++;
    }

    private void acknowledge(long sequence) {
        pipe = Math.max(pipe, transmitted - sequence + 1);
        acknowledged = Math.max(acknowledged, sequence);
    }

    /** Tells whether the newest probe has had an answer of any kind; those before it may not. */
    boolean isAcknowledged() {
        return acknowledged == transmitted;
    }

    PingStatistics statistics() {
        return recorder.statistics();
    }

    /** Returns how many replies came to probes that were lost by then. */
    long lateReplies() {
        return late;
    }

    long received() {
        return received;
    }

    long errors() {
        return errors;
    }

    /** Returns the longest round trip, 0 without any. */
    long longestNanos() {
        return longestNanos;
    }

    public PingStatisticsText.Figures figures(PingHost host, PingPlan plan) {
        return new PingStatisticsText.Figures(
                VisibleText.of(host.word()),
                recorder.statistics(),
                corrupted,
                late,
                lastSentNanos - firstSentNanos,
                pipe,
                plan.isTimed(),
                smoothedEighths / 8,
                plan.isGapTold());
    }

    private static int index(long sequence) {
        return (int) (sequence % REMEMBERED);
    }
}
