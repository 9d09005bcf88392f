package io.github.nettyping.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GcWatchTest {

    @Test
    @SuppressWarnings("DoNotCallSuggester")
    void collectionsAreCountedFromTheBeginning() {
        GcWatch watch = new GcWatch();
        System.gc();
        watch.begin();
        System.gc();
        LoadSummary.GcPauses pauses = watch.end();

        assertThat(pauses.count()).isPositive();
        assertThat(pauses.nanos()).isNotNegative();
    }

    @Test
    void cyclesOfConcurrentCollectorsAreNoPauses() {
        assertThat(GcWatch.pauses("ZGC Cycles")).isFalse();
        assertThat(GcWatch.pauses("ZGC Pauses")).isTrue();
        assertThat(GcWatch.pauses("G1 Young Generation")).isTrue();
    }
}
