package io.github.nettyping.testing;

import static io.github.nettyping.testing.CollectedAnswers.probe;
import static io.github.nettyping.testing.Packets.address;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BehavioursTest {

    private static final String HOST = "198.51.100.7";
    private static final String OTHER = "198.51.100.8";

    private final CollectedAnswers answers = new CollectedAnswers();

    @Test
    void addsUpDelays() {
        Behaviour behaviour = Behaviours.delayed(
                Duration.ofMillis(5), Behaviours.delayed(Duration.ofMillis(2), Replies.duplicate(2)));

        behaviour.answer(probe(HOST), answers);

        assertThat(answers.delays()).containsExactly(Duration.ofMillis(7), Duration.ofMillis(7));
    }

    @Test
    void doesSeveralThingsInOrder() {
        Behaviours.all(IcmpError.timeExceeded(address(OTHER)), Behaviours.silent(), Replies.echo())
                .answer(probe(HOST), answers);

        assertThat(icmpTypes()).containsExactly(11, 0);
    }

    @Test
    void choosesByAddress() {
        Behaviour byAddress = Behaviours.byAddress(
                host -> host.equals(address(HOST)) ? Replies.echo() : IcmpError.timeExceeded(address(OTHER)));
        Behaviour byBits = Behaviours.byAddressBits(
                host -> host == 0xc6336407 ? Replies.echo() : IcmpError.timeExceeded(address(OTHER)));

        for (Behaviour behaviour : List.of(byAddress, byBits)) {
            behaviour.answer(probe(HOST), answers);
            behaviour.answer(probe(OTHER), answers);
        }

        assertThat(icmpTypes()).containsExactly(0, 11, 0, 11);
    }

    @Test
    void countsTheAttemptsOfEachAddress() {
        Behaviour behaviour = Behaviours.byAttempt(Behaviours.silent(), Replies.echo());

        behaviour.answer(probe(HOST), answers);
        behaviour.answer(probe(OTHER), answers);
        assertThat(answers.packets()).isEmpty();

        behaviour.answer(probe(HOST), answers);
        behaviour.answer(probe(HOST), answers);
        assertThat(answers.packets()).hasSize(2);
    }

    @Test
    void endsEachHopLimitAtItsRouter() {
        Behaviour path = Behaviours.path(Replies.echo(), address("203.0.113.1"), address("203.0.113.2"));

        for (int hopLimit = 1; hopLimit <= 3; hopLimit++) {
            ProbePacket probe = probe(HOST);
            probe.bytes().put(8, (byte) hopLimit);
            path.answer(probe, answers);
        }

        assertThat(icmpTypes()).containsExactly(11, 11, 0);
        assertThat(answers.packets().stream().map(packet -> packet.getInt(12)))
                .containsExactly(0xcb007101, 0xcb007102, 0xc6336407);
    }

    @Test
    void givesEachTargetAWayOfItsOwn() {
        Behaviour paths = Behaviours.paths(
                Replies.echo(),
                target -> target.equals(address(HOST)) ? 1 : 2,
                (target, hop) -> address("203.0.113." + hop));

        for (String host : List.of(HOST, OTHER)) {
            for (int hopLimit = 1; hopLimit <= 3; hopLimit++) {
                ProbePacket probe = probe(host);
                probe.bytes().put(8, (byte) hopLimit);
                paths.answer(probe, answers);
            }
        }

        assertThat(answers.packets().stream().map(packet -> packet.getInt(12)))
                .containsExactly(0xcb007101, 0xc6336407, 0xc6336407, 0xcb007101, 0xcb007102, 0xc6336408);
    }

    private List<Integer> icmpTypes() {
        return answers.packets().stream()
                .map((ByteBuffer packet) -> (int) packet.get(20))
                .toList();
    }
}
