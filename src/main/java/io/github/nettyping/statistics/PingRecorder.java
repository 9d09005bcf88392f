package io.github.nettyping.statistics;

import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.RttSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.OptionalDouble;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * Sums up any number of pings in bounded memory: about 25 kB with two significant digits and 200 kB with three, taken
 * at the first reply. Confined to one thread.
 *
 * <pre>{@code
 * PingRecorder recorder = new PingRecorder(2);
 * outcomes.forEach(recorder::record);
 * PingStatistics statistics = recorder.statistics();
 * }</pre>
 */
public final class PingRecorder {

    /** Each reply counts a sixteenth: RFC 3550, section 6.4.1. */
    private static final double JITTER_GAIN = 1 / 16.0;

    /** Of what {@link #toBytes} returns. */
    private static final byte FORM = 1;

    private final int significantDigits;
    private final DistributionRecorder roundTrips;
    private long sent;
    private long duplicates;
    private long late;
    private long errors;
    private long notSent;
    private long last;
    private double jitter;

    /**
     * Creates an empty recorder.
     *
     * @param significantDigits precision of percentiles, 1 to 5: with 2 they are too long by less than 1 %. All other
     *                          figures are exact
     * @throws IllegalArgumentException if it is out of range
     */
    public PingRecorder(int significantDigits) {
        if (significantDigits < 1 || significantDigits > 5) {
            throw new IllegalArgumentException("significantDigits: " + significantDigits + " (expected: 1 to 5)");
        }
        this.significantDigits = significantDigits;
        this.roundTrips = DistributionRecorder.growing(significantDigits);
    }

    /** Counts a probe that the kernel took. */
    public void recordSent() {
        sent++;
    }

    /**
     * Counts the reply to a probe.
     *
     * @param reply the first to that probe
     */
    public void recordReply(Replied reply) {
        recordReply(reply.rttNanos(), reply.rttSource());
    }

    /**
     * Counts the reply to a probe by its figures.
     *
     * @param rttNanos its round trip; below 0 counts as 0
     * @param source   the clock of that
     */
    public void recordReply(long rttNanos, RttSource source) {
        // Clocks that were set can make it negative; there is no such time.
        long rtt = Math.max(0, rttNanos);
        if (roundTrips.count() == 0) {
            last = rtt;
        }
        roundTrips.record(rtt, source);
        jitter += (Math.abs(rtt - last) - jitter) * JITTER_GAIN;
        last = rtt;
    }

    /** Counts a further reply to a probe that had been answered. */
    public void recordDuplicate() {
        duplicates++;
    }

    /** Counts a reply to a probe that had been given up. */
    public void recordLate() {
        late++;
    }

    /** Counts an ICMP error. */
    public void recordError() {
        errors++;
    }

    /** Counts a probe that trouble on this side ended; beside {@link #recordSent}, if an earlier try was sent. */
    public void recordNotSent() {
        notSent++;
    }

    /**
     * Counts a probe together with its outcome: whether it was sent, and a reply, an error or trouble on this side.
     *
     * @param outcome its outcome
     */
    public void record(ProbeOutcome outcome) {
        // What was sent before something went wrong here was not answered.
        if (!(outcome instanceof NotSent) || outcome.attempts() > 1) {
            recordSent();
        }
        if (outcome instanceof Replied reply) {
            recordReply(reply);
        } else if (outcome instanceof IcmpErrorOutcome) {
            recordError();
        } else if (outcome instanceof NotSent) {
            recordNotSent();
        }
    }

    /**
     * Adds what another recorder has counted, such as that of another event loop, as if all of it had been counted
     * here. Only the jitter, since their replies have no common order, becomes the mean of both, weighted by replies.
     *
     * @param other with any precision; the coarser of both becomes that of the sum
     */
    public void add(PingRecorder other) {
        sent += other.sent;
        duplicates += other.duplicates;
        late += other.late;
        errors += other.errors;
        notSent += other.notSent;
        if (other.roundTrips.count() == 0) {
            return;
        }
        roundTrips.add(other.roundTrips);
        jitter += (other.jitter - jitter) * other.roundTrips.count() / roundTrips.count();
        last = other.last;
    }

    /** {@return all that has been counted, for {@link #of(byte[])}: 50 to some thousands of bytes} */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Moments moments = roundTrips.moments;
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORM);
            out.writeByte(significantDigits);
            for (long count : new long[] {sent, duplicates, late, errors, notSent}) {
                out.writeLong(count);
            }
            for (long time : new long[] {moments.count, moments.min, moments.max, last}) {
                out.writeLong(time);
            }
            for (double figure : new double[] {moments.mean, moments.squares, jitter}) {
                out.writeDouble(figure);
            }
            out.writeByte(roundTrips.sources.size());
            for (RttSource source : roundTrips.sources) {
                out.writeUTF(source.name());
            }
            Histogram current = roundTrips.histogram;
            if (current != null) {
                ByteBuffer encoded = ByteBuffer.allocate(current.getNeededByteBufferCapacity());
                out.write(encoded.array(), 0, current.encodeIntoCompressedByteBuffer(encoded));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an array has no room", e);
        }
        return bytes.toByteArray();
    }

    /**
     * {@return a new recorder that has counted what another one had, and goes on from there}
     *
     * @param bytes by {@link #toBytes()}, also of another machine or an earlier version of this program
     * @throws IllegalArgumentException if they are something else, or damaged
     */
    public static PingRecorder of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != FORM) {
                throw new IllegalArgumentException("bytes: not those of a recorder");
            }
            PingRecorder recorder = new PingRecorder(in.readByte());
            recorder.read(in);
            return recorder;
        } catch (IOException | DataFormatException | RuntimeException e) {
            // Histograms throw many kinds of exceptions if they cannot be read.
            throw new IllegalArgumentException("bytes: not those of a recorder: " + e, e);
        }
    }

    private void read(DataInputStream in) throws IOException, DataFormatException {
        sent = in.readLong();
        duplicates = in.readLong();
        late = in.readLong();
        errors = in.readLong();
        notSent = in.readLong();
        Moments moments = roundTrips.moments;
        moments.count = in.readLong();
        moments.min = in.readLong();
        moments.max = in.readLong();
        last = in.readLong();
        moments.mean = in.readDouble();
        moments.squares = in.readDouble();
        jitter = in.readDouble();
        for (int i = in.readByte(); i > 0; i--) {
            roundTrips.sources.add(RttSource.valueOf(in.readUTF()));
        }
        byte[] encoded = in.readAllBytes();
        if (encoded.length > 0) {
            Histogram current = new Histogram(significantDigits);
            current.add(Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(encoded), 0));
            roundTrips.histogram = current;
        }
        Histogram read = roundTrips.histogram;
        if (moments.count != (read == null ? 0 : read.getTotalCount())) {
            throw new IllegalArgumentException(
                    "received: " + moments.count + " (expected: as many as have a round trip)");
        }
    }

    /** {@return a snapshot of what has been counted so far} */
    public PingStatistics statistics() {
        return new PingStatistics(
                sent,
                roundTrips.count(),
                duplicates,
                late,
                errors,
                notSent,
                roundTrips.distribution(),
                roundTrips.count() == 0 ? OptionalDouble.empty() : OptionalDouble.of(jitter));
    }
}
