package io.github.nettyping.cli.ping;

import static io.github.nettyping.cli.ping.PingSamples.ENDLESS;
import static io.github.nettyping.cli.ping.PingSamples.TEXT;
import static io.github.nettyping.cli.ping.PingSamples.host;
import static io.github.nettyping.cli.ping.PingSamples.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.cli.format.SampleOutcomes;
import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.cli.ping.iputils.PingLine;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Golden lines of ping(8), iputils 20221126. */
class IputilsLinesTest {

    private static final Instant AT = Instant.ofEpochSecond(1_795_216_874L, 7_837_999);
    private static final PingHost IPV4 = host("198.51.100.7", "198.51.100.7");

    private final IputilsLines text = new IputilsLines(IPV4, ENDLESS, TEXT, "", PingSamples.UNTOLD);

    private static String print(PingLine line) {
        StringBuilder printed = new StringBuilder(line.texts().get(0));
        for (int i = 0; i < line.hosts().size(); i++) {
            printed.append(line.hosts().get(i)).append(line.texts().get(i + 1));
        }
        return printed.toString();
    }

    @Test
    void headerOfIpv4HasTheAddressAndBothSizes() {
        assertThat(print(text.header())).isEqualTo("PING 198.51.100.7 (198.51.100.7) 56(84) bytes of data.");
        IputilsLines named = new IputilsLines(
                host("host.example", "198.51.100.7"), PingSamples.withSize(0), TEXT, "", PingSamples.UNTOLD);
        assertThat(print(named.header())).isEqualTo("PING host.example (198.51.100.7) 0(28) bytes of data.");
        assertThat(named.header().hosts()).isEmpty();
    }

    @Test
    void headerOfIpv6NamesTheHost() {
        PingLine header = new IputilsLines(host("0::1", "::1"), ENDLESS, TEXT, "", PingSamples.UNTOLD).header();
        assertThat(print(header)).isEqualTo("PING 0::1(::1) 56 data bytes");
        assertThat(header.hosts()).containsExactly(SampleOutcomes.address("::1"));
    }

    @Test
    void headersTellOfFlowLabelsAndOptions() {
        IputilsLines.Wire flow =
                new IputilsLines.Wire(false, Optional.empty(), OptionalInt.empty(), OptionalInt.of(0x123), false);
        assertThat(print(new IputilsLines(host("::1", "::1"), ENDLESS, TEXT, "", flow).header()))
                .isEqualTo("PING ::1(::1) , flow 0x00123, 56 data bytes");
        IputilsLines.Wire options =
                new IputilsLines.Wire(false, Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), true);
        assertThat(print(new IputilsLines(IPV4, ENDLESS, TEXT, "", options).header()))
                .isEqualTo("PING 198.51.100.7 (198.51.100.7) 56(124) bytes of data.");
    }

    @Test
    void coloursTellNothingByThemselves() {
        Colour colour = Colour.ofFile(Colour.Wish.ALWAYS);
        PingView coloured = new PingView(
                ResultFormat.Name.TEXT, false, PingView.Names.AS_TYPED, false, false, false, false, false, colour);
        IputilsLines lines = new IputilsLines(IPV4, ENDLESS, coloured, "", PingSamples.UNTOLD);
        Replied reply = reply("198.51.100.7", 45_678);
        assertThat(print(lines.reply(AT, 3, reply, false, "")))
                .contains("\u001b[32mtime=0.045 ms\u001b[0m")
                .satisfies(line -> assertThat(line.replaceAll("\u001b\\[[0-9]*m", ""))
                        .isEqualTo(print(text.reply(AT, 3, reply, false, ""))));
        assertThat(print(lines.outstanding(AT, 4))).isEqualTo("\u001b[31mno answer yet for icmp_seq=4\u001b[0m");
    }

    @Test
    void replyFromAnotherAddressIsMarked() {
        Replied reply =
                reply("203.0.113.9", 45_678, OptionalInt.of(64), 64, ReplyFlag.setOf(ReplyFlag.OTHER_SOURCE.bit()));
        assertThat(print(text.reply(AT, 3, reply, true, "")))
                .isEqualTo("64 bytes from 203.0.113.9: icmp_seq=3 ttl=64 time=0.045 ms (DUP!) (DIFFERENT ADDRESS!)");
    }

    @Test
    void preciseRoundTripsHaveThreeDecimalsHoweverLongTheyAre() {
        PingView precise = new PingView(
                ResultFormat.Name.TEXT, false, PingView.Names.AS_TYPED, false, false, false, false, true, Colour.NONE);
        IputilsLines lines = new IputilsLines(IPV4, ENDLESS, precise, "", PingSamples.UNTOLD);
        assertThat(print(lines.reply(AT, 3, reply("198.51.100.7", 123_456_789), false, "")))
                .endsWith(" time=123.456 ms");
    }

    @Test
    void replyHasItsLine() {
        PingLine line = text.reply(AT, 3, reply("198.51.100.7", 45_678), false, "");
        assertThat(print(line)).isEqualTo("64 bytes from 198.51.100.7: icmp_seq=3 ttl=64 time=0.045 ms");
        assertThat(line.hosts()).containsExactly(IPV4.address());
    }

    @Test
    void sequenceIsNotCutToTheSixteenBitsOfThePacket() {
        assertThat(print(text.reply(AT, 70_000, reply("198.51.100.7", 45_678), false, "")))
                .contains(" icmp_seq=70000 ");
    }

    @Test
    void furtherReplyIsMarked() {
        assertThat(print(text.reply(AT, 3, reply("198.51.100.7", 1_230_000), true, "")))
                .isEqualTo("64 bytes from 198.51.100.7: icmp_seq=3 ttl=64 time=1.23 ms (DUP!)");
    }

    @Test
    void damagedReplyIsMarked() {
        PingLine line = text.reply(
                AT,
                3,
                reply("198.51.100.7", 45_678, OptionalInt.of(64), 64, ReplyFlag.setOf(ReplyFlag.DAMAGED.bit())),
                true,
                "\nwrong data");
        assertThat(print(line)).endsWith(" time=0.045 ms (DUP!)\nwrong data");
    }

    @Test
    void shortenedReplyHasNoTime() {
        PingLine line = text.reply(
                AT,
                3,
                reply("198.51.100.7", 45_678, OptionalInt.of(64), 40, ReplyFlag.setOf(ReplyFlag.DAMAGED.bit())),
                true,
                "");
        assertThat(print(line)).isEqualTo("40 bytes from 198.51.100.7: icmp_seq=3 ttl=64 (truncated)");
    }

    @Test
    void hopsThatAreNotKnownAreLeftOut() {
        PingLine line = text.reply(
                AT, 3, reply("198.51.100.7", 45_678, OptionalInt.empty(), 64, ReplyFlag.setOf(0)), false, "");
        assertThat(print(line)).isEqualTo("64 bytes from 198.51.100.7: icmp_seq=3 time=0.045 ms");
    }

    @Test
    void payloadWithoutRoomForAStampHasNoTime() {
        IputilsLines small = new IputilsLines(IPV4, PingSamples.withSize(15), TEXT, "", PingSamples.UNTOLD);
        PingLine line = small.reply(
                AT, 1, reply("198.51.100.7", 45_678, OptionalInt.of(64), 23, ReplyFlag.setOf(0)), false, "");
        assertThat(print(line)).isEqualTo("23 bytes from 198.51.100.7: icmp_seq=1 ttl=64");
    }

    @Test
    void bellStandsAtTheEndOfAReply() {
        PingView audible = new PingView(
                ResultFormat.Name.TEXT, false, PingView.Names.AS_TYPED, false, false, true, false, false, Colour.NONE);
        IputilsLines bell = new IputilsLines(IPV4, ENDLESS, audible, "", PingSamples.UNTOLD);
        assertThat(print(bell.reply(AT, 1, reply("198.51.100.7", 45_678), false, "")))
                .endsWith(" time=0.045 ms\u0007");
        assertThat(print(bell.outstanding(AT, 1))).doesNotContain("\u0007");
    }

    @Test
    void timestampIsSecondsAndMicroseconds() {
        PingView dated = new PingView(
                ResultFormat.Name.TEXT, false, PingView.Names.AS_TYPED, true, false, false, false, false, Colour.NONE);
        IputilsLines stamped = new IputilsLines(IPV4, ENDLESS, dated, "", PingSamples.UNTOLD);
        assertThat(print(stamped.reply(AT, 1, reply("198.51.100.7", 45_678), false, "")))
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
        assertThat(line.hosts()).containsExactly(SampleOutcomes.address("198.18.0.6"));
    }

    @Test
    void errorByNobodySaysSo() {
        IcmpErrorOutcome error = (IcmpErrorOutcome) SampleOutcomes.ttlExceededByNobody("198.51.100.7");
        assertThat(print(text.error(AT, 1, error))).isEqualTo("From unknown icmp_seq=1 Time to live exceeded");
    }

    @Test
    void leadStandsBeforeEachLine() {
        IputilsLines several = new IputilsLines(IPV4, ENDLESS, TEXT, "198.51.100.7: ", PingSamples.UNTOLD);
        assertThat(print(several.header())).startsWith("198.51.100.7: PING ");
        assertThat(print(several.reply(AT, 1, reply("198.51.100.7", 1), false, "")))
                .startsWith("198.51.100.7: 64 bytes from ");
        assertThat(print(several.outstanding(AT, 1))).startsWith("198.51.100.7: no answer yet");
        assertThat(print(several.error(AT, 1, PingSamples.hostUnreachable("198.51.100.7", "198.18.0.6"))))
                .startsWith("198.51.100.7: From ");
    }

    @Test
    void headerTellsTheSourceAndTheInterface() {
        PingHost from =
                new PingHost("198.51.100.7", IPV4.address(), Optional.of(SampleOutcomes.address("198.18.0.1")), false);
        IputilsLines.Wire both =
                new IputilsLines.Wire(true, Optional.of("eth0"), OptionalInt.empty(), OptionalInt.empty(), false);
        assertThat(print(new IputilsLines(from, ENDLESS, TEXT, "", both).header()))
                .isEqualTo("PING 198.51.100.7 (198.51.100.7) from 198.18.0.1 eth0: 56(84) bytes of data.");
        IputilsLines.Wire sourceAlone =
                new IputilsLines.Wire(true, Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), false);
        assertThat(print(new IputilsLines(from, ENDLESS, TEXT, "", sourceAlone).header()))
                .isEqualTo("PING 198.51.100.7 (198.51.100.7) from 198.18.0.1 : 56(84) bytes of data.");
        PingHost from6 = new PingHost(
                "::1", SampleOutcomes.address("::1"), Optional.of(SampleOutcomes.address("fd00::1")), false);
        assertThat(print(new IputilsLines(from6, ENDLESS, TEXT, "", both).header()))
                .isEqualTo("PING ::1(::1) from fd00::1 eth0: 56 data bytes");
    }

    @Test
    void verboseReplyHasTheIdentifierAndMarksTheHostsOfAGroup() {
        IputilsLines.Wire wire =
                new IputilsLines.Wire(false, Optional.empty(), OptionalInt.of(30_055), OptionalInt.empty(), false);
        PingHost group = PingSamples.group("198.18.0.3");
        IputilsLines verbose = new IputilsLines(group, ENDLESS, PingSamples.verbose(), "", wire);
        assertThat(print(verbose.reply(AT, 1, reply("198.18.0.2", 45_678), true, "")))
                .isEqualTo("64 bytes from 198.18.0.2: icmp_seq=1 ident=30055 ttl=64 time=0.045 ms (DUP!)");
        IputilsLines terse = new IputilsLines(group, ENDLESS, TEXT, "", wire);
        assertThat(print(terse.reply(AT, 1, reply("198.18.0.2", 45_678), true, "")))
                .isEqualTo("64 bytes from 198.18.0.2: icmp_seq=1 ttl=64 time=0.045 ms");
    }
}
