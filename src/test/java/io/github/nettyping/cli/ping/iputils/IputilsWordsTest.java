package io.github.nettyping.cli.ping.iputils;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.codec.DestinationUnreachableMessage;
import io.github.nettyping.codec.ErrorReport;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.codec.PacketTooBigMessage;
import io.github.nettyping.codec.ParameterProblemMessage;
import io.github.nettyping.codec.RedirectMessage;
import io.github.nettyping.codec.SourceQuenchMessage;
import io.github.nettyping.codec.TimeExceededMessage;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ping(8) of iputils 20221126 printed for these errors; {@link IputilsWordsIT} asks it again. */
class IputilsWordsTest {

    private static ErrorReport report(IpFamily family, int type, int code) {
        return new ErrorReport(family, type, code, Optional.empty(), Optional.empty(), 0, OptionalLong.empty());
    }

    private static IcmpError ipv4(int type, int code) {
        ErrorReport report = report(IpFamily.IPV4, type, code);
        return switch (type) {
            case 3 -> new DestinationUnreachableMessage(report, OptionalInt.of(1_400));
            case 4 -> new SourceQuenchMessage(report);
            case 5 -> new RedirectMessage(report, IpAddress.ofIpv4(0xc000_0201));
            case 11 -> new TimeExceededMessage(report);
            default -> new ParameterProblemMessage(report, 20);
        };
    }

    private static IcmpError ipv6(int type, int code) {
        ErrorReport report = report(IpFamily.IPV6, type, code);
        return switch (type) {
            case 1 -> new DestinationUnreachableMessage(report, OptionalInt.empty());
            case 2 -> new PacketTooBigMessage(report, 1_280);
            case 3 -> new TimeExceededMessage(report);
            default -> new ParameterProblemMessage(report, 40);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "3, 0, Destination Net Unreachable",
        "3, 1, Destination Host Unreachable",
        "3, 2, Destination Protocol Unreachable",
        "3, 3, Destination Port Unreachable",
        "3, 4, Frag needed and DF set (mtu = 1400)",
        "3, 5, Source Route Failed",
        "3, 6, Destination Net Unknown",
        "3, 7, Destination Host Unknown",
        "3, 8, Source Host Isolated",
        "3, 9, Destination Net Prohibited",
        "3, 10, Destination Host Prohibited",
        "3, 11, Destination Net Unreachable for Type of Service",
        "3, 12, Destination Host Unreachable for Type of Service",
        "3, 13, Packet filtered",
        "3, 14, Precedence Violation",
        "3, 15, Precedence Cutoff",
        "3, 16, 'Dest Unreachable, Bad Code: 16'",
        "4, 0, Source Quench",
        "5, 0, Redirect Network(New nexthop: 192.0.2.1)",
        "5, 1, Redirect Host(New nexthop: 192.0.2.1)",
        "5, 2, Redirect Type of Service and Network(New nexthop: 192.0.2.1)",
        "5, 3, Redirect Type of Service and Host(New nexthop: 192.0.2.1)",
        "5, 4, 'Redirect, Bad Code: 4(New nexthop: 192.0.2.1)'",
        "11, 0, Time to live exceeded",
        "11, 1, Frag reassembly time exceeded",
        "11, 2, 'Time exceeded, Bad Code: 2'",
        "12, 0, Parameter problem: pointer = 20",
        "12, 1, Parameter problem: pointer = 20"
    })
    void errorsOfIpv4HaveTheirWords(int type, int code, String words) {
        assertThat(IputilsWords.of(ipv4(type, code))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, Destination unreachable: No route",
        "1, 1, Destination unreachable: Administratively prohibited",
        "1, 2, Destination unreachable: Beyond scope of source address",
        "1, 3, Destination unreachable: Address unreachable",
        "1, 4, Destination unreachable: Port unreachable",
        "1, 5, Destination unreachable: Unknown code 5",
        "1, 6, Destination unreachable: Unknown code 6",
        "2, 0, Packet too big: mtu=1280",
        "2, 7, 'Packet too big: mtu=1280, code=7'",
        "3, 0, Time exceeded: Hop limit",
        "3, 1, Time exceeded: Defragmentation failure",
        "3, 2, Time exceeded: code 2",
        "4, 0, Parameter problem: Wrong header field at 40",
        "4, 1, Parameter problem: Unknown header at 40",
        "4, 2, Parameter problem: Unknown option at 40",
        "4, 3, Parameter problem: code 3 at 40"
    })
    void errorsOfIpv6HaveTheirWords(int type, int code, String words) {
        assertThat(IputilsWords.of(ipv6(type, code))).isEqualTo(words);
    }

    @Test
    void unknownMtuIsZero() {
        IcmpError error = new DestinationUnreachableMessage(report(IpFamily.IPV4, 3, 4), OptionalInt.empty());
        assertThat(IputilsWords.of(error)).isEqualTo("Frag needed and DF set (mtu = 0)");
    }
}
