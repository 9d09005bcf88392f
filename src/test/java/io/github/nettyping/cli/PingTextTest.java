package io.github.nettyping.cli;

import static io.github.nettyping.cli.PingSamples.ENDLESS;
import static io.github.nettyping.cli.PingSamples.TEXT;
import static io.github.nettyping.cli.PingSamples.host;
import static io.github.nettyping.cli.PingSamples.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.ReplyFlag;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Golden lines of ping(8), iputils 20221126. */
class PingTextTest {

    private static final Instant AT = Instant.ofEpochSecond(1_795_216_874L, 7_837_999);
    private static final PingHost IPV4 = host("198.51.100.7", "198.51.100.7");

    private final PingText text = new PingText(IPV4, ENDLESS, TEXT, "");

    private static String print(PingLine line) {
        return line.before() + line.host().map(Object::toString).orElse("") + line.after();
    }

    @Test
    void headerOfIpv4HasTheAddressAndBothSizes() {
        assertThat(print(text.header())).isEqualTo("PING 198.51.100.7 (198.51.100.7) 56(84) bytes of data.");
        PingText named = new PingText(host("host.example", "198.51.100.7"), PingSamples.withSize(0), TEXT, "");
        assertThat(print(named.header())).isEqualTo("PING host.example (198.51.100.7) 0(28) bytes of data.");
        assertThat(named.header().host()).isEmpty();
    }

    @Test
    void headerOfIpv6NamesTheHost() {
        PingLine header = new PingText(host("0::1", "::1"), ENDLESS, TEXT, "").header();
        assertThat(print(header)).isEqualTo("PING 0::1(::1) 56 data bytes");
        assertThat(header.host()).contains(SampleOutcomes.address("::1"));
    }

    @Test
    void replyHasItsLine() {
        PingLine line = text.reply(AT, 3, reply("198.51.100.7", 45_678), false);
        assertThat(print(line)).isEqualTo("64 bytes from 198.51.100.7: icmp_seq=3 ttl=64 time=0.045 ms");
        assertThat(line.host()).contains(IPV4.address());
    }

    @Test
    void sequenceIsNotCutToTheSixteenBitsOfThePacket() {
        assertThat(print(text.reply(AT, 70_000, reply("198.51.100.7", 45_678), false)))
                .contains(" icmp_seq=70000 ");
    }

    @Test
    void furtherReplyIsMarked() {
        assertThat(print(text.reply(AT, 3, reply("198.51.100.7", 1_230_000), true)))
                .isEqualTo("64 bytes from 198.51.100.7: icmp_seq=3 ttl=64 time=1.23 ms (DUP!)");
    }

    @Test
    void damagedReplyIsMarked() {
        PingLine line = text.reply(
                AT,
                3,
                reply("198.51.100.7", 45_678, OptionalInt.of(64), 64, ReplyFlag.setOf(ReplyFlag.DAMAGED.bit())),
                true);
        assertThat(print(line)).endsWith(" time=0.045 ms (DUP!) (DAMAGED!)");
    }

    @Test
    void shortenedReplyHasNoTime() {
        PingLine line = text.reply(
                AT,
                3,
                reply("198.51.100.7", 45_678, OptionalInt.of(64), 40, ReplyFlag.setOf(ReplyFlag.DAMAGED.bit())),
                true);
        assertThat(print(line)).isEqualTo("40 bytes from 198.51.100.7: icmp_seq=3 ttl=64 (truncated)");
    }

    @Test
    void hopsThatAreNotKnownAreLeftOut() {
        PingLine line =
                text.reply(AT, 3, reply("198.51.100.7", 45_678, OptionalInt.empty(), 64, ReplyFlag.setOf(0)), false);
        assertThat(print(line)).isEqualTo("64 bytes from 198.51.100.7: icmp_seq=3 time=0.045 ms");
    }

    @Test
    void payloadWithoutRoomForAStampHasNoTime() {
        PingText small = new PingText(IPV4, PingSamples.withSize(15), TEXT, "");
        PingLine line =
                small.reply(AT, 1, reply("198.51.100.7", 45_678, OptionalInt.of(64), 23, ReplyFlag.setOf(0)), false);
        assertThat(print(line)).isEqualTo("23 bytes from 198.51.100.7: icmp_seq=1 ttl=64");
    }

    @Test
    void bellStandsAtTheEndOfAReply() {
        PingView audible = new PingView(ResultFormat.Name.TEXT, false, false, false, false, true);
        PingText bell = new PingText(IPV4, ENDLESS, audible, "");
        assertThat(print(bell.reply(AT, 1, reply("198.51.100.7", 45_678), false)))
                .endsWith(" time=0.045 ms\u0007");
        assertThat(print(bell.outstanding(AT, 1))).doesNotContain("\u0007");
    }

    @Test
    void timestampIsSecondsAndMicroseconds() {
        PingView dated = new PingView(ResultFormat.Name.TEXT, false, false, true, false, false);
        PingText stamped = new PingText(IPV4, ENDLESS, dated, "");
        assertThat(print(stamped.reply(AT, 1, reply("198.51.100.7", 45_678), false)))
                .startsWith("[1795216874.007837] 64 bytes from ");
        assertThat(print(stamped.outstanding(AT, 1))).isEqualTo("[1795216874.007837] no answer yet for icmp_seq=1");
        assertThat(print(stamped.error(AT, 1, PingSamples.hostUnreachable("198.51.100.7", "198.18.0.6"))))
                .startsWith("[1795216874.007837] From ");
        assertThat(print(stamped.header())).startsWith("PING ");
    }

    @Test
    void errorSaysWhoReportsWhat() {
        PingLine line = text.error(AT, 1, PingSamples.hostUnreachable("198.51.100.7", "198.18.0.6"));
        assertThat(print(line)).isEqualTo("From 198.18.0.6 icmp_seq=1 Destination Host Unreachable");
        assertThat(line.host()).contains(SampleOutcomes.address("198.18.0.6"));
    }

    @Test
    void errorByNobodySaysSo() {
        IcmpErrorOutcome error = (IcmpErrorOutcome) SampleOutcomes.ttlExceededByNobody("198.51.100.7");
        assertThat(print(text.error(AT, 1, error))).isEqualTo("From unknown icmp_seq=1 Time to live exceeded");
    }

    @Test
    void leadStandsBeforeEachLine() {
        PingText several = new PingText(IPV4, ENDLESS, TEXT, "198.51.100.7: ");
        assertThat(print(several.header())).startsWith("198.51.100.7: PING ");
        assertThat(print(several.reply(AT, 1, reply("198.51.100.7", 1), false)))
                .startsWith("198.51.100.7: 64 bytes from ");
        assertThat(print(several.outstanding(AT, 1))).startsWith("198.51.100.7: no answer yet");
        assertThat(print(several.error(AT, 1, PingSamples.hostUnreachable("198.51.100.7", "198.18.0.6"))))
                .startsWith("198.51.100.7: From ");
    }
}
