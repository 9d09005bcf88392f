package io.github.nettyping.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateSearchTest {

    /** Tries rates on a device until the search is over; returns what was tried. */
    private static List<Long> run(RateSearch search, long shortLimit, long longLimit) {
        List<Long> tried = new ArrayList<>();
        while (search.next().isPresent()) {
            assertThat(tried).hasSizeLessThan(100);
            long rate = search.next().getAsLong();
            tried.add(rate);
            search.result(rate <= (search.isConfirming() ? longLimit : shortLimit));
        }
        return tried;
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000, 1_001, 1_999, 2_000, 31_337, 500_000, 999_999})
    void endsWithinTheToleranceBelowTheLimit(long limit) {
        RateSearch search = new RateSearch(1_000, 1_000_000, 0.01);

        List<Long> tried = run(search, limit, limit);

        assertThat(search.found()).isPresent();
        assertThat(search.found().getAsLong()).isBetween((long) (limit * 0.985), limit);
        assertThat(tried).hasSizeLessThan(22);
    }

    @Test
    void triesRisingRatesThenHalvesAndConfirms() {
        RateSearch search = new RateSearch(100, 10_000, 0.1);

        assertThat(run(search, 650, 650)).containsExactly(100L, 200L, 400L, 800L, 600L, 700L, 650L, 650L);
        assertThat(search.found()).hasValue(650);
    }

    @Test
    void nothingIsFoundWhereEvenTheLowestRateLoses() {
        RateSearch search = new RateSearch(100, 10_000, 0.1);

        assertThat(run(search, 99, 99)).containsExactly(100L);
        assertThat(search.found()).isEmpty();
    }

    @Test
    void theHighestRateIsNotExceeded() {
        RateSearch search = new RateSearch(100, 300, 0.1);

        assertThat(run(search, 9_999, 9_999)).containsExactly(100L, 200L, 300L, 300L);
        assertThat(search.found()).hasValue(300);
    }

    @Test
    void whatALongRunDoesNotBearIsLoweredUntilItDoes() {
        RateSearch search = new RateSearch(100, 10_000, 0.1);

        List<Long> tried = run(search, 800, 400);

        assertThat(tried).endsWith(800L, 720L, 576L, 346L);
        assertThat(search.found()).hasValue(346);
    }

    @Test
    void aRateThatNeverIsConfirmedIsNotFound() {
        RateSearch search = new RateSearch(100, 10_000, 0.1);

        assertThat(run(search, 800, 0)).endsWith(100L);
        assertThat(search.found()).isEmpty();
    }
}
