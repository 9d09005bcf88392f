package io.github.nettyping.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import io.github.nettyping.probe.RttSource;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class GroupRepliesTest {

    private static final IpAddress GROUP = IpAddress.ofIpv4(0xc000_02ff);

    private final GroupReplies replies = new GroupReplies(3);

    private static IpAddress host(int number) {
        return IpAddress.ofIpv4(0xc000_0200 + number);
    }

    private static Replied from(int number) {
        Probe probe = new Probe(GROUP, ProbeOptions.defaults());
        return new Replied(
                probe,
                1,
                1,
                host(number),
                0,
                number,
                RttSource.USER_CLOCK,
                OptionalInt.empty(),
                OptionalInt.empty(),
                64,
                ReplyFlag.setOf(0));
    }

    @Test
    void firstReplyStaysTheFirst() {
        Replied first = from(1);
        replies.add(7, first);
        replies.add(7, from(2));

        assertThat(replies.first(7)).isSameAs(first);
        assertThat(replies.first(8)).isNull();
    }

    @Test
    void hostIsKnownInItsOwnSlotOnly() {
        replies.add(7, from(1));

        assertThat(replies.contains(7, host(1))).isTrue();
        assertThat(replies.contains(7, host(2))).isFalse();
        assertThat(replies.contains(8, host(1))).isFalse();
    }

    @Test
    void hostsOfAllSlotsTogetherHaveABound() {
        replies.add(7, from(1));
        replies.add(8, from(1));
        assertThat(replies.isFull()).isFalse();
        replies.add(8, from(2));

        assertThat(replies.isFull()).isTrue();
    }

    @Test
    void forgettingASlotMakesRoom() {
        replies.add(7, from(1));
        replies.add(7, from(2));
        replies.add(8, from(3));
        replies.forget(7);
        replies.forget(9);

        assertThat(replies.first(7)).isNull();
        assertThat(replies.contains(7, host(1))).isFalse();
        assertThat(replies.contains(8, host(3))).isTrue();
        replies.add(7, from(4));
        assertThat(replies.isFull()).isFalse();
        replies.add(7, from(5));
        assertThat(replies.isFull()).isTrue();
    }
}
