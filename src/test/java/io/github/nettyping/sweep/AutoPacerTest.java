package io.github.nettyping.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AutoPacerTest {

    private static final double NO_CEILING = 100_000_000;

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    @Test
    void beginsAtTenThousandASecond() {
        SimulatedPath path = new SimulatedPath(2, NO_CEILING);

        path.run(millis(5));

        assertThat(path.packets).isBetween(45L, 55L);
    }

    @Test
    void growsWithinATenthOfASecondWhereRepliesComeAtOnce() {
        SimulatedPath path = new SimulatedPath(2, NO_CEILING);
        path.ownPerSecond = 500_000;

        path.run(millis(100));

        assertThat(path.rate()).isGreaterThanOrEqualTo(500_000);
    }

    @Test
    void permitsNotMuchMoreThanCanBeSent() {
        SimulatedPath path = new SimulatedPath(2, NO_CEILING);
        path.ownPerSecond = 300_000;

        path.run(millis(5_000));

        // So that there is no burst when what held it up is gone.
        assertThat(path.rate()).isBetween(300_000.0, 750_000.0);
    }

    @Test
    void doesNotGrowWithoutReplies() {
        SimulatedPath path = new SimulatedPath(2, NO_CEILING);
        path.aliveShare = 0;

        path.run(millis(20_000));

        assertThat(path.rate()).isEqualTo(10_000);
    }

    @Test
    void growsWhereFewHostsAnswer() {
        SimulatedPath path = new SimulatedPath(2, NO_CEILING);
        path.aliveShare = 1.0 / 64;
        path.roundTripNanos = 20 * SimulatedPath.MILLI;
        path.ownPerSecond = 200_000;

        path.run(millis(10_000));

        assertThat(path.rate()).isGreaterThanOrEqualTo(160_000);
    }

    @Test
    void staysBelowTheCeiling() {
        SimulatedPath path = new SimulatedPath(2, 10_000);

        path.run(millis(10_000));

        assertThat(path.rate()).isEqualTo(10_000);
        assertThat(path.packets).isBetween(99_000L, 100_200L);
    }

    @ParameterizedTest
    @CsvSource({
        "20000, 1.0, 2, 0.25",
        "20000, 0.0625, 2, 0.25",
        "20000, 0.25, 5, 0.25",
        "20000, 1.0, 2, 60",
        "20000, 0.25, 2, 150",
        "50000, 0.125, 2, 5",
        "12000, 0.5, 3, 30",
        "20000, 1.0, 1, 0.25",
        "35000, 0.25, 1, 10"
    })
    void settlesBelowWhatARouterCarries(double capacity, double alive, int attempts, double roundTripMillis) {
        SimulatedPath path = new SimulatedPath(attempts, NO_CEILING);
        path.capacityPerSecond = capacity;
        path.aliveShare = alive;
        path.roundTripNanos = (long) (roundTripMillis * SimulatedPath.MILLI);
        path.run(millis(8_000));
        long lostBefore = path.lost;
        long startedBefore = path.probesStarted;
        path.run(millis(20_000));

        assertThat(path.rate()).isBetween(0.6 * capacity, capacity);
        assertThat(path.lost - lostBefore).isLessThanOrEqualTo((path.probesStarted - startedBefore) / 1_000);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.03, 0.2})
    void doesNotTakeLossForItsOwnFaultThatDoesNotDependOnTheRate(double loss) {
        SimulatedPath path = new SimulatedPath(5, NO_CEILING);
        path.randomLoss = loss;
        path.aliveShare = 0.25;
        path.ownPerSecond = 100_000;

        path.run(millis(30_000));

        assertThat(path.rate()).isGreaterThanOrEqualTo(80_000);
    }

    @Test
    void doesNotTakeAnEmptyNetworkForLoss() {
        SimulatedPath path = new SimulatedPath(2, NO_CEILING);
        path.aliveShare = 0.5;
        path.ownPerSecond = 100_000;
        path.run(millis(1_000));
        path.aliveShare = 0.02;

        path.run(millis(10_000));

        assertThat(path.rate()).isGreaterThanOrEqualTo(80_000);
    }

    @Test
    void goesBackWhenThisHostCannotKeepUpAndTriesAgainLater() {
        SimulatedPath path = new SimulatedPath(2, NO_CEILING);
        path.ownPerSecond = 200_000;
        path.run(millis(1_000));
        double before = path.rate();

        path.troubles++;
        path.run(millis(100));

        assertThat(path.rate()).isLessThan(200_000);
        path.run(millis(60_000));
        assertThat(path.rate()).isBetween(200_000.0, before);
    }

    @Test
    void isNeverSlowerThanATenthOfTheStart() {
        SimulatedPath path = new SimulatedPath(2, NO_CEILING);
        for (int i = 0; i < 200; i++) {
            path.troubles++;
            path.run(millis(250));
        }

        assertThat(path.rate()).isEqualTo(1_000);
    }

    @Test
    void aPauseIsFollowedByNoBurstAndIsNoLoss() {
        SimulatedPath path = new SimulatedPath(2, NO_CEILING);
        path.ownPerSecond = 100_000;
        path.run(millis(1_000));
        double before = path.rate();
        long packetsBefore = path.packets;

        path.pause(millis(3_000));
        path.run(millis(10));

        assertThat(path.packets - packetsBefore).isLessThan((long) (2.5 * before / 100));
        path.run(millis(1_000));
        assertThat(path.rate()).isGreaterThanOrEqualTo(0.5 * before);
    }

    @Test
    void whatALateProcessLostInHasteDoesNotMakeItAsSlowAsItWasLate() {
        SimulatedPath path = new SimulatedPath(2, NO_CEILING);
        path.ownPerSecond = 50_000;
        path.run(millis(1_000));
        double before = path.rate();

        path.randomLoss = 0.3;
        for (int i = 0; i < 20; i++) {
            path.run(millis(1));
            path.pause(millis(9));
        }
        path.randomLoss = 0;
        path.run(millis(3_000));

        assertThat(path.rate()).isBetween(0.5 * before, 0.85 * before);
    }

    @Test
    void asMuchLossAtALittleLessIsStillTheFaultOfTheRate() {
        SimulatedPath path = new SimulatedPath(2, NO_CEILING);
        path.ownPerSecond = 40_000;

        for (int i = 0; i < 10_000; i++) {
            path.randomLoss = path.rate() > 20_000 ? 0.22 : 0;
            path.run(millis(1));
        }

        assertThat(path.rate()).isBetween(10_000.0, 20_000.0);
    }
}
