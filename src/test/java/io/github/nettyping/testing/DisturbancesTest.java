package io.github.nettyping.testing;

import static io.github.nettyping.testing.CollectedAnswers.payload;
import static io.github.nettyping.testing.CollectedAnswers.probe;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisturbancesTest {

    private static final String HOST = "198.51.100.7";
    private static final String HOST6 = "fd00:51::7";
    private static final int PROBES = 2_000;

    private static CollectedAnswers answers(String host, Behaviour behaviour) {
        CollectedAnswers answers = new CollectedAnswers();
        for (int i = 0; i < PROBES; i++) {
            ProbePacket probe = probe(host, payload(20));
            probe.bytes().putShort(probe.icmpOffset() + 6, (short) i);
            behaviour.answer(probe, answers);
        }
        return answers;
    }

    private static List<Integer> sequences(CollectedAnswers answers) {
        return answers.packets().stream()
                .map((ByteBuffer packet) -> (int) packet.getShort(26))
                .toList();
    }

    @Test
    void losesTheShareItIsToldAndTheSameEachTime() {
        List<Integer> kept = sequences(answers(HOST, Disturbances.lossy(0.25, 7, Replies.echo())));

        assertThat(kept.size()).isBetween(PROBES * 7 / 10, PROBES * 8 / 10);
        assertThat(kept).doesNotHaveDuplicates().isSorted();
        assertThat(sequences(answers(HOST, Disturbances.lossy(0.25, 7, Replies.echo()))))
                .isEqualTo(kept);
        assertThat(sequences(answers(HOST, Disturbances.lossy(0.25, 8, Replies.echo()))))
                .isNotEqualTo(kept);
    }

    @Test
    void doublesTheShareItIsTold() {
        List<Integer> sequences = sequences(answers(HOST, Disturbances.doubling(0.25, 7, Replies.echo())));

        assertThat(sequences.size()).isBetween(PROBES * 12 / 10, PROBES * 13 / 10);
        assertThat(sequences.stream().distinct()).hasSize(PROBES);
    }

    @Test
    void delaysByAnyTimeUpToTheLimit() {
        Duration most = Duration.ofMillis(10);
        Behaviour behaviour = Behaviours.delayed(most, Disturbances.jittery(most, 7, Replies.echo()));

        List<Duration> delays = answers(HOST, behaviour).delays();

        assertThat(delays).hasSize(PROBES).allSatisfy(delay -> assertThat(delay).isBetween(most, most.multipliedBy(2)));
        assertThat(delays).anySatisfy(delay -> assertThat(delay).isLessThan(Duration.ofMillis(11)));
        assertThat(delays).anySatisfy(delay -> assertThat(delay).isGreaterThan(Duration.ofMillis(19)));
    }

    @Test
    void turnsTheOrderRound() {
        List<Integer> sequences = sequences(answers(HOST, Disturbances.reversed(4, Replies.echo())));

        assertThat(sequences).hasSize(PROBES).startsWith(3, 2, 1, 0, 7, 6, 5, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {HOST, HOST6})
    void flipsOneBitThatTheChecksumTells(String host) {
        List<ByteBuffer> packets =
                answers(host, Disturbances.corrupting(0.25, 7, Replies.echo())).packets();

        long hit = packets.stream()
                .filter(packet -> Packets.icmpChecksum(packet) != 0)
                .count();
        assertThat(packets).hasSize(PROBES);
        assertThat(hit).isBetween(PROBES * 20L / 100, PROBES * 30L / 100);
    }

    @ParameterizedTest
    @ValueSource(strings = {HOST, HOST6})
    void flipsOneBitThatTheChecksumHides(String host) {
        List<ByteBuffer> packets = answers(host, Disturbances.corruptingUnnoticed(1, 7, Replies.echo()))
                .packets();
        List<ByteBuffer> right = answers(host, Replies.echo()).packets();

        assertThat(packets).hasSize(PROBES).allMatch(packet -> Packets.icmpChecksum(packet) == 0);
        // A flip of the checksum itself is undone.
        assertThat(packets).filteredOn(packet -> !right.contains(packet)).hasSizeGreaterThan(PROBES * 8 / 10);
    }
}
