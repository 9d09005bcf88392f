package io.github.nettyping.internal.linux.netlink;

import static io.github.nettyping.testing.FakeNetlink.DONE;
import static io.github.nettyping.testing.RouteMessages.join;
import static io.github.nettyping.testing.RouteMessages.message;
import static io.github.nettyping.testing.RouteMessages.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.internal.linux.SocketHeader;
import io.github.nettyping.testing.FakeNetlink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How an answer of several parts is put together, and what ends it. */
class NetlinkDumpTest {

    private static final int INTR = NetlinkHeader.NLM_F_DUMP_INTR;

    private final FakeNetlink kernel = new FakeNetlink();
    private final List<Long> priorities = new ArrayList<>();

    private static byte[] part(int priority) {
        return message(RtnetlinkHeader.RTM_NEWRULE, 2, rule(2, priority));
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }

    private int dump(byte[]... datagrams) {
        kernel.answer(RtnetlinkHeader.RTM_GETRULE, 2, datagrams);
        try (NetlinkDump dump = NetlinkDump.on(kernel, NetlinkDump.socket(kernel))) {
            return dump.run(RtnetlinkHeader.RTM_GETRULE, RuleMessage.HEADER_BYTES, 2, (bytes, begin, end) -> {
                RuleMessage.parse(bytes, begin, end).ifPresent(rule -> priorities.add(rule.priority()));
                return RuleMessage.parse(bytes, begin, end).isPresent();
            });
        }
    }

    @Test
    void messagesOfSeveralDatagramsComeInTheirOrder() {
        assertThat(dump(join(part(1), part(2)), part(3), DONE)).isZero();

        assertThat(priorities).containsExactly(1L, 2L, 3L);
    }

    @Test
    void theEndMayStandBehindTheLastMessage() {
        assertThat(dump(join(part(1), DONE))).isZero();

        assertThat(priorities).containsExactly(1L);
    }

    @Test
    void messagesOfOtherKindsAndOtherRequestsAreSkipped() {
        byte[] foreign = part(7);
        ByteBuffer.wrap(foreign).order(ByteOrder.nativeOrder()).putInt(8, 4_711);
        byte[] nothing = message(NetlinkHeader.NLMSG_NOOP, 0);
        byte[] route = message(RtnetlinkHeader.RTM_NEWROUTE, 2, new byte[1]);

        assertThat(dump(join(foreign, nothing, route, part(1)), DONE)).isZero();

        assertThat(priorities).containsExactly(1L);
    }

    @Test
    void aChangeMeanwhileIsToldAtTheEnd() {
        byte[] inconsistent = message(RtnetlinkHeader.RTM_NEWRULE, 2 | INTR, rule(2, 1));

        assertThat(dump(inconsistent, part(2), DONE)).isEqualTo(-Errno.EINTR);
        assertThat(priorities).containsExactly(1L, 2L);
    }

    @Test
    void aChangeMayBeToldWithTheEnd() {
        assertThat(dump(part(1), message(NetlinkHeader.NLMSG_DONE, 2 | INTR, number(0))))
                .isEqualTo(-Errno.EINTR);
    }

    @Test
    void anErrorIsReturned() {
        assertThat(dump(message(NetlinkHeader.NLMSG_ERROR, 0, number(-Errno.EOPNOTSUPP), new byte[16])))
                .isEqualTo(-Errno.EOPNOTSUPP);
    }

    @Test
    void anErrorMayBeToldWithTheEnd() {
        assertThat(dump(part(1), message(NetlinkHeader.NLMSG_DONE, 2, number(-Errno.ENOMEM))))
                .isEqualTo(-Errno.ENOMEM);
    }

    @Test
    void lostMessagesAreAFailure() {
        assertThat(dump(part(1), message(NetlinkHeader.NLMSG_OVERRUN, 0))).isEqualTo(-Errno.ENOBUFS);
    }

    @Test
    void anAnswerWithoutAnEndIsAFailure() {
        assertThat(dump(part(1))).isEqualTo(-Errno.EAGAIN);
    }

    @Test
    void aSignalDoesNotEndIt() {
        assertThat(dump(part(1), FakeNetlink.interruption(), part(2), DONE)).isZero();

        assertThat(priorities).containsExactly(1L, 2L);
    }

    @Test
    void aDatagramThatWasCutCannotBeRead() {
        kernel.flags(SocketHeader.MSG_TRUNC);

        assertThat(dump(part(1), DONE)).isEqualTo(-Errno.EBADMSG);
    }

    @Test
    void aLengthThatDoesNotFitCannotBeRead() {
        byte[] tooLong = part(1);
        ByteBuffer.wrap(tooLong).order(ByteOrder.nativeOrder()).putInt(0, tooLong.length + 1);

        assertThat(dump(tooLong, DONE)).isEqualTo(-Errno.EBADMSG);
    }

    @Test
    void lessThanAHeaderCannotBeRead() {
        assertThat(dump(new byte[15], DONE)).isEqualTo(-Errno.EBADMSG);
    }

    @Test
    void aMessageTheReceiverCannotReadEndsIt() {
        assertThat(dump(message(RtnetlinkHeader.RTM_NEWRULE, 2, new byte[3]), part(1), DONE))
                .isEqualTo(-Errno.EBADMSG);
        assertThat(priorities).isEmpty();
    }

    @Test
    void whateverTheBytesItEndsWithAResult() {
        Random random = new Random(792_4443);
        for (int i = 0; i < 2_000; i++) {
            FakeNetlink mutating = new FakeNetlink();
            mutating.answer(
                    RtnetlinkHeader.RTM_GETRULE, 2, RouteMessageTest.mutated(join(part(1), part(2), DONE), random));
            try (NetlinkDump dump = NetlinkDump.on(mutating, NetlinkDump.socket(mutating))) {
                assertThat(dump.run(RtnetlinkHeader.RTM_GETRULE, 12, 2, (bytes, begin, end) -> RuleMessage.parse(
                                        bytes, begin, end)
                                .isPresent()))
                        .isLessThanOrEqualTo(0);
            }
        }
    }
}
