package io.github.nettyping.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.probe.RttSource;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class RoundTripsTest {

    private final RoundTrips trips = new RoundTrips();

    @Test
    void withoutRepliesNothingIsKnown() {
        assertThat(trips.minNanos()).isEmpty();
        assertThat(trips.maxNanos()).isEmpty();
        assertThat(trips.percentileNanos(50)).isEmpty();
        assertThat(trips.source()).isEmpty();
    }

    @Test
    void extremesAreExactAndPercentilesStayBetweenThem() {
        trips.record(1_234_567, RttSource.KERNEL_TX_RX);
        assertThat(trips.minNanos()).hasValue(1_234_567);
        assertThat(trips.maxNanos()).hasValue(1_234_567);
        assertThat(trips.percentileNanos(0)).hasValue(1_234_567);
        assertThat(trips.percentileNanos(50)).hasValue(1_234_567);
        assertThat(trips.percentileNanos(100)).hasValue(1_234_567);
    }

    @Test
    void percentilesHaveThreeDigits() {
        for (int micros = 1; micros <= 10_000; micros++) {
            trips.record(micros * 1_000L, RttSource.KERNEL_TX_RX);
        }
        assertThat(trips.percentileNanos(50).getAsLong()).isCloseTo(5_000_000, Percentage.withPercentage(0.1));
        assertThat(trips.percentileNanos(90).getAsLong()).isCloseTo(9_000_000, Percentage.withPercentage(0.1));
        assertThat(trips.percentileNanos(99).getAsLong()).isCloseTo(9_900_000, Percentage.withPercentage(0.1));
    }

    @Test
    void oneSourceIsNamedAndSeveralAreMixed() {
        trips.record(1, RttSource.USER_TX_KERNEL_RX);
        assertThat(trips.source()).contains("user_tx_kernel_rx");
        trips.record(1, RttSource.USER_CLOCK);
        assertThat(trips.source()).contains("mixed");
    }

    @Test
    void aClockThatWentBackDoesNoHarm() {
        trips.record(-5, RttSource.USER_CLOCK);
        assertThat(trips.minNanos()).hasValue(-5);
    }
}
