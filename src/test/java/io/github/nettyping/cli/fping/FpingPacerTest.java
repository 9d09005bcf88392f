package io.github.nettyping.cli.fping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FpingPacerTest {

    private static final long MILLI = 1_000_000;

    @Test
    void anIntervalIsTheLeastTimeBetweenTwoPackets() {
        FpingPacer pacer = new FpingPacer(10 * MILLI, 0);
        assertThat(pacer.nanosUntilDue(0)).isZero();

        pacer.sent(3 * MILLI);

        assertThat(pacer.nanosUntilDue(3 * MILLI)).isEqualTo(10 * MILLI);
        assertThat(pacer.nanosUntilDue(14 * MILLI)).isZero();
    }

    @Test
    void ofAShortIntervalAMillisecondIsMadeUpFor() {
        FpingPacer pacer = new FpingPacer(MILLI / 2, 0);
        pacer.sent(0);

        // The event loop comes late; what it missed before the last millisecond is not made up for.
        assertThat(packetsAt(pacer, 2 * MILLI)).isEqualTo(3);
        assertThat(packetsAt(pacer, 100 * MILLI)).isEqualTo(3);
    }

    @Test
    void withoutAnIntervalEverythingIsDue() {
        FpingPacer pacer = new FpingPacer(0, 0);
        pacer.sent(0);
        pacer.sent(0);

        assertThat(pacer.nanosUntilDue(0)).isZero();
    }

    private static int packetsAt(FpingPacer pacer, long now) {
        int packets = 0;
        while (packets < 1000 && pacer.nanosUntilDue(now) == 0) {
            pacer.sent(now);
            packets++;
        }
        return packets;
    }
}
