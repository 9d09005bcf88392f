package io.github.nettyping.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class IntervalsTest {

    @Test
    void moreIpv4RangesThanASetCanHoldAreRefused() {
        Ipv4Intervals.Builder builder = new Ipv4Intervals.Builder(1_000);
        for (long i = 0; i < 1_000; i++) {
            builder.add(2 * i, 2 * i);
        }
        assertThat(builder.build(Long.MAX_VALUE).size()).isEqualTo(1_000);

        builder.add(2_000, 2_000);

        assertThatThrownBy(() -> builder.build(Long.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the targets fall into more than 1000 separate ranges");
    }

    @Test
    void moreIpv6RangesThanASetCanHoldAreRefusedBeforeMemoryIsFull() {
        Ipv6Intervals.Builder builder = new Ipv6Intervals.Builder(1_000);

        assertThatThrownBy(() -> {
                    for (long i = 0; i < 1_000_000; i++) {
                        builder.add(1, 2 * i, 1, 2 * i, 0);
                    }
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the targets fall into more than 1000 separate ranges");
        assertThat(builder.capacity()).isLessThanOrEqualTo(2_048);
    }

    @Test
    void repeatedTargetsCostNoMemory() {
        Ipv4Intervals.Builder ipv4 = new Ipv4Intervals.Builder();
        Ipv6Intervals.Builder ipv6 = new Ipv6Intervals.Builder();
        for (int i = 0; i < 100_000; i++) {
            ipv4.add(i & 3, i & 3);
            ipv6.add(1, i & 3, 1, i & 3, 0);
        }

        assertThat(ipv4.capacity()).isLessThanOrEqualTo(8);
        assertThat(ipv6.capacity()).isLessThanOrEqualTo(8);
    }
}
