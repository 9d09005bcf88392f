package io.github.nettyping.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.nettyping.packet.IpAddress;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RepliedTest {

    private final RepliedPool pool = new RepliedPool();
    private final Probe probe = new Probe(IpAddress.ofIpv4(0xc000_0201), ProbeOptions.defaults());

    private Replied take(int rttNanos) {
        return pool.take(
                probe,
                2,
                1,
                null,
                3,
                5,
                rttNanos,
                5 + rttNanos,
                RttSource.USER_CLOCK,
                OptionalInt.of(64),
                OptionalInt.empty(),
                64,
                Set.of(ReplyFlag.DAMAGED));
    }

    @Test
    void oneThatIsGivenBackIsUsedForTheNextReply() {
        Replied first = take(7);
        first.recycle();
        Replied second = pool.take(
                probe,
                1,
                1,
                IpAddress.ofIpv4(1),
                4,
                6,
                8,
                20,
                RttSource.KERNEL_TX_RX,
                OptionalInt.empty(),
                OptionalInt.of(3),
                72,
                Set.of());

        assertThat(second).isSameAs(first);
        assertThat(second.attempts()).isEqualTo(1);
        assertThat(second.from()).hasToString("0.0.0.1");
        assertThat(second.sentAtNanos()).isEqualTo(6);
        assertThat(second.rttNanos()).isEqualTo(8);
        assertThat(second.arrivedAtNanos()).isEqualTo(20);
        assertThat(second.rttSource()).isEqualTo(RttSource.KERNEL_TX_RX);
        assertThat(second.hopLimit()).isEmpty();
        assertThat(second.trafficClass()).hasValue(3);
        assertThat(second.icmpBytes()).isEqualTo(72);
        assertThat(second.flags()).isEmpty();
    }

    @Test
    void comesFromTheTargetUnlessItSaysOtherwise() {
        assertThat(take(7).from()).isEqualTo(probe.target());
    }

    @Test
    void oneThatWasGivenBackTwiceIsNotHandedOutTwice() {
        Replied reply = take(7);
        reply.recycle();
        reply.recycle();

        assertThat(take(8)).isSameAs(reply);
        assertThat(take(9)).isNotSameAs(reply);
    }

    @Test
    void oneThatWasGivenBackSaysSo() {
        Replied reply = take(7);
        reply.recycle();

        assertThatIllegalStateException().isThrownBy(reply::probe).withMessageContaining("recycled");
        assertThat(reply).hasToString("Replied(recycled)");
    }

    @Test
    void oneThatSomebodyKeepsIsNotUsedAgain() {
        Replied kept = take(7);
        kept.keep();
        kept.recycle();

        assertThat(kept.probe()).isSameAs(probe);
        assertThat(take(8)).isNotSameAs(kept);
        assertThat(kept.rttNanos()).isEqualTo(7);
    }

    @Test
    void anotherThreadGivesNothingBack() throws InterruptedException {
        Replied reply = take(7);
        Thread other = new Thread(reply::recycle);
        other.start();
        other.join();

        assertThat(reply.probe()).isSameAs(probe);
        assertThat(take(8)).isNotSameAs(reply);
    }

    @Test
    void twoThatSayTheSameAreEqual() {
        assertThat(take(7)).isEqualTo(take(7)).hasSameHashCodeAs(take(7)).isNotEqualTo(take(8));
        assertThat(take(7)).hasToString(take(7).toString());
        assertThat(take(7).toString()).contains("192.0.2.1", "rttNanos=7", "USER_CLOCK", "DAMAGED");
    }
}
