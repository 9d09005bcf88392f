package io.github.nettyping.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.DroppedLocally;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import io.github.nettyping.probe.RttSource;
import io.github.nettyping.probe.TimedOut;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PingRecorderTest {

    private static final Probe PROBE = new Probe(IpAddress.ofIpv4(0x7f00_0001), ProbeOptions.defaults());
    private static final Offset<Double> EXACT = Offset.offset(1e-6);

    private final PingRecorder recorder = new PingRecorder(3);

    private static Replied reply(long rttNanos, RttSource source) {
        return new Replied(
                PROBE,
                1,
                1,
                PROBE.target(),
                1,
                rttNanos,
                source,
                OptionalInt.of(64),
                OptionalInt.empty(),
                64,
                ReplyFlag.setOf(0));
    }

    private static NotSent notSent(int attempts) {
        return new NotSent(
                PROBE,
                attempts,
                NotSent.Reason.REFUSED_BY_KERNEL,
                Optional.of(new SystemCallException("sendmmsg", 1, "EPERM", "")));
    }

    private Distribution trips(long... rttNanos) {
        for (long rtt : rttNanos) {
            recorder.record(reply(rtt, RttSource.USER_TX_KERNEL_RX));
        }
        return recorder.statistics().roundTrips();
    }

    private OptionalDouble jitterAfter(long rttNanos) {
        trips(rttNanos);
        return recorder.statistics().jitterNanos();
    }

    @Test
    void withoutRepliesNoRoundTripIsKnown() {
        recorder.record(new TimedOut(PROBE, 1, 1));
        PingStatistics statistics = recorder.statistics();

        assertThat(statistics.loss()).isEqualTo(1);
        assertThat(statistics.isAlive()).isFalse();
        assertThat(statistics.roundTrips().count()).isZero();
        assertThat(statistics.roundTrips().minNanos()).isEmpty();
        assertThat(statistics.roundTrips().maxNanos()).isEmpty();
        assertThat(statistics.roundTrips().meanNanos()).isEmpty();
        assertThat(statistics.roundTrips().standardDeviationNanos()).isEmpty();
        assertThat(statistics.jitterNanos()).isEmpty();
        assertThat(statistics.roundTrips().percentileNanos(50)).isEmpty();
        assertThat(statistics.roundTrips().sources()).isEmpty();
    }

    @Test
    void nothingSentIsNothingLost() {
        assertThat(recorder.statistics().loss()).isZero();
    }

    @Test
    void countsWhatTheKernelTookAndWhatCameBack() {
        recorder.record(reply(1_000, RttSource.USER_CLOCK));
        recorder.record(new TimedOut(PROBE, 1, 1));
        recorder.record(new DroppedLocally(PROBE, 1, 1));
        recorder.record(notSent(0));
        recorder.record(notSent(1));
        recorder.record(notSent(2));
        recorder.recordDuplicate();
        recorder.recordLate();
        recorder.recordError();
        PingStatistics statistics = recorder.statistics();

        assertThat(statistics.sent()).isEqualTo(4);
        assertThat(statistics.received()).isEqualTo(1);
        assertThat(statistics.loss()).isEqualTo(0.75);
        assertThat(statistics.isAlive()).isTrue();
        assertThat(statistics.duplicates()).isEqualTo(1);
        assertThat(statistics.late()).isEqualTo(1);
        assertThat(statistics.errors()).isEqualTo(1);
        assertThat(statistics.notSent()).isEqualTo(3);
    }

    @Test
    void aSingleReplyHasNoDeviation() {
        Distribution trips = trips(1_234_567);

        assertThat(trips.count()).isEqualTo(1);
        assertThat(trips.minNanos()).hasValue(1_234_567);
        assertThat(trips.maxNanos()).hasValue(1_234_567);
        assertThat(trips.meanNanos()).hasValue(1_234_567);
        assertThat(trips.standardDeviationNanos()).hasValue(0);
        assertThat(recorder.statistics().jitterNanos()).hasValue(0);
    }

    @Test
    void meanAndDeviationAreThoseOfAllReplies() {
        // The textbook example of a population standard deviation of 2 around a mean of 5.
        Distribution trips = trips(2, 4, 4, 4, 5, 5, 7, 9);

        assertThat(trips.meanNanos().getAsDouble()).isEqualTo(5, EXACT);
        assertThat(trips.standardDeviationNanos().getAsDouble()).isEqualTo(2, EXACT);
    }

    @Test
    void deviationOfLongRoundTripsIsNotLostInTheirSquares() {
        long hour = 3_600_000_000_000L;
        Distribution trips = trips(hour, hour + 2, hour, hour + 2);

        assertThat(trips.standardDeviationNanos().getAsDouble()).isEqualTo(1, Offset.offset(1e-3));
    }

    @Test
    void jitterGainsASixteenthOfEachDifference() {
        // RFC 3550, section 6.4.1: J(i) = J(i-1) + (|D(i-1,i)| - J(i-1))/16, from 0.
        assertThat(jitterAfter(1_600)).hasValue(0);
        assertThat(jitterAfter(3_200).getAsDouble()).isEqualTo(100, EXACT);
        assertThat(jitterAfter(3_200).getAsDouble()).isEqualTo(93.75, EXACT);
        assertThat(jitterAfter(1_600).getAsDouble()).isEqualTo(93.75 + (1_600 - 93.75) / 16, EXACT);
    }

    @Test
    void extremesAreExactAndPercentilesStayBetweenThem() {
        Distribution trips = trips(1_234_567);

        assertThat(trips.percentileNanos(0)).hasValue(1_234_567);
        assertThat(trips.percentileNanos(50)).hasValue(1_234_567);
        assertThat(trips.percentileNanos(100)).hasValue(1_234_567);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void percentilesHaveTheDigitsAskedFor(int digits) {
        PingRecorder precise = new PingRecorder(digits);
        for (int micros = 1; micros <= 10_000; micros++) {
            precise.record(reply(micros * 1_000L, RttSource.KERNEL_TX_RX));
        }
        Distribution trips = precise.statistics().roundTrips();

        Percentage precision = Percentage.withPercentage(100 / Math.pow(10, digits));
        assertThat(trips.percentileNanos(50).getAsLong()).isCloseTo(5_000_000, precision);
        assertThat(trips.percentileNanos(90).getAsLong()).isCloseTo(9_000_000, precision);
        assertThat(trips.percentileNanos(99).getAsLong()).isCloseTo(9_900_000, precision);
    }

    @Test
    void everyClockThatWasUsedIsNamed() {
        recorder.record(reply(1, RttSource.USER_TX_KERNEL_RX));
        recorder.record(reply(1, RttSource.USER_CLOCK));

        assertThat(recorder.statistics().roundTrips().sources())
                .containsExactlyInAnyOrder(RttSource.USER_TX_KERNEL_RX, RttSource.USER_CLOCK);
    }

    @Test
    void aSnapshotDoesNotChange() {
        Distribution before = trips(1_000);
        trips(9_000);

        assertThat(before.count()).isEqualTo(1);
        assertThat(before.maxNanos()).hasValue(1_000);
        assertThat(before.percentileNanos(100)).hasValue(1_000);
    }

    @Test
    void aClockThatWentBackMakesNoNegativeRoundTrip() {
        assertThat(trips(-5).minNanos()).hasValue(0);
    }

    @Test
    void outOfRangeIsRefusedByName() {
        assertThatThrownBy(() -> new PingRecorder(6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("significantDigits: 6");
        assertThatThrownBy(() -> trips(1).percentileNanos(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("percent: NaN");
    }

    @Test
    void whatTwoHaveCountedAddsUpAsIfOneHad() {
        PingRecorder one = new PingRecorder(3);
        PingRecorder other = new PingRecorder(3);
        long[] trips = {10_000, 20_000, 70_000, 15_000, 90_000};
        for (int i = 0; i < trips.length; i++) {
            Replied reply = reply(trips[i], i < 2 ? RttSource.USER_CLOCK : RttSource.USER_TX_KERNEL_RX);
            recorder.record(reply);
            (i < 2 ? one : other).record(reply);
        }
        other.recordDuplicate();
        other.recordLate();
        other.recordError();
        other.record(notSent(1));
        one.add(other);
        one.add(new PingRecorder(3));

        PingStatistics sum = one.statistics();
        Distribution all = recorder.statistics().roundTrips();
        assertThat(sum.sent()).isEqualTo(5);
        assertThat(sum.received()).isEqualTo(5);
        assertThat(sum.duplicates()).isOne();
        assertThat(sum.late()).isOne();
        assertThat(sum.errors()).isOne();
        assertThat(sum.notSent()).isOne();
        assertThat(sum.roundTrips().count()).isEqualTo(5);
        assertThat(sum.roundTrips().minNanos()).hasValue(10_000);
        assertThat(sum.roundTrips().maxNanos()).hasValue(90_000);
        assertThat(sum.roundTrips().percentileNanos(50)).isEqualTo(all.percentileNanos(50));
        assertThat(sum.roundTrips().meanNanos().orElseThrow())
                .isCloseTo(all.meanNanos().orElseThrow(), EXACT);
        assertThat(sum.roundTrips().standardDeviationNanos().orElseThrow())
                .isCloseTo(all.standardDeviationNanos().orElseThrow(), EXACT);
        assertThat(sum.roundTrips().sources()).isEqualTo(all.sources());
    }

    @Test
    void anEmptyOneBecomesTheOtherJitterIncluded() {
        PingRecorder other = new PingRecorder(3);
        other.record(reply(10_000, RttSource.USER_CLOCK));
        other.record(reply(26_000, RttSource.USER_CLOCK));
        recorder.add(other);

        assertThat(recorder.statistics().jitterNanos()).hasValue(1_000);
        assertThat(recorder.statistics().roundTrips().standardDeviationNanos()).hasValue(8_000);
    }

    @Test
    void bytesOfARecorderMakeAnotherOneThatGoesOn() {
        PingRecorder recorder = new PingRecorder(3);
        PingRecorder same = new PingRecorder(3);
        for (PingRecorder each : List.of(recorder, same)) {
            each.recordSent();
            each.recordLate();
            each.recordDuplicate();
            each.recordError();
            each.recordNotSent();
            each.recordReply(41_250, RttSource.KERNEL_TX_RX);
            each.recordReply(3_600_000_000_000L, RttSource.USER_CLOCK);
        }
        PingRecorder read = PingRecorder.of(recorder.toBytes());
        for (PingRecorder each : List.of(read, same)) {
            each.recordReply(7_000_000_000_000L, RttSource.USER_CLOCK);
        }
        PingStatistics statistics = read.statistics();
        PingStatistics expected = same.statistics();
        assertThat(statistics)
                .usingRecursiveComparison()
                .ignoringFields("roundTrips")
                .isEqualTo(expected);
        Distribution trips = statistics.roundTrips();
        assertThat(trips.count()).isEqualTo(3);
        assertThat(trips.minNanos()).hasValue(41_250);
        assertThat(trips.maxNanos()).hasValue(7_000_000_000_000L);
        assertThat(trips.percentileNanos(50)).isEqualTo(expected.roundTrips().percentileNanos(50));
        assertThat(trips.meanNanos()).isEqualTo(expected.roundTrips().meanNanos());
        assertThat(trips.standardDeviationNanos())
                .isEqualTo(expected.roundTrips().standardDeviationNanos());
        assertThat(statistics.jitterNanos()).isEqualTo(expected.jitterNanos());
        assertThat(trips.sources()).isEqualTo(expected.roundTrips().sources());
    }

    @Test
    void statisticsReadAsALineForLogs() {
        PingRecorder recorder = new PingRecorder(3);
        recorder.recordReply(1_000_000, RttSource.USER_CLOCK);
        recorder.recordReply(3_000_000, RttSource.USER_CLOCK);
        PingStatistics two = recorder.statistics();

        assertThat(new PingStatistics(4, 2, 1, 0, 1, 0, two.roundTrips(), two.jitterNanos()).toString())
                .matches("4 sent, 2 received, 50\\.0% loss, 1 duplicates, 1 errors,"
                        + " round trip min/mean/p99/max 1\\.000/2\\.000/3\\.00[0-9]/3\\.000 ms, jitter 0\\.125 ms");
        assertThat(new PingRecorder(3).statistics().toString()).isEqualTo("0 sent, 0 received");
    }

    @Test
    void bytesOfAnEmptyRecorderMakeAnEmptyOne() {
        assertThat(PingRecorder.of(new PingRecorder(2).toBytes())
                        .statistics()
                        .roundTrips()
                        .count())
                .isZero();
    }

    @Test
    void bytesOfSomethingElseAreRefused() {
        byte[] bytes = new PingRecorder(2).toBytes();
        assertThatThrownBy(() -> PingRecorder.of(new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PingRecorder.of(Arrays.copyOf(bytes, bytes.length - 1)))
                .isInstanceOf(IllegalArgumentException.class);
        bytes[0]++;
        assertThatThrownBy(() -> PingRecorder.of(bytes)).isInstanceOf(IllegalArgumentException.class);
    }
}
