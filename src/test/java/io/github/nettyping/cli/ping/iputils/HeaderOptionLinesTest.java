package io.github.nettyping.cli.ping.iputils;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.output.Output;
import io.github.nettyping.cli.ping.PingSamples;
import io.github.nettyping.codec.Ipv4Option;
import io.github.nettyping.codec.Ipv4Options;
import io.github.nettyping.codec.Octets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lines as iputils prints them; the routes and times are those of its ping over loopback and through routers. */
class HeaderOptionLinesTest {

    private static final PingLine REPLY = PingLine.of("reply");

    private final HeaderOptionLines lines = new HeaderOptionLines("");

    private static Ipv4Options options(String hex) {
        return new Ipv4Options(Octets.of(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }

    private static String text(HeaderOptionLines lines, Ipv4Options options) {
        StringBuilder printed = new StringBuilder();
        Output output = PingSamples.output(printed);
        new PingLines(output, Optional.empty()).add(lines.append(REPLY, options));
        output.flush();
        return printed.toString();
    }

    /** Record route, 15 bytes, pointer 12: two of three places taken; end of the list. */
    private static final String ROUTE = "07 0f 0c c6120001 c6336407 00000000 00";

    @Test
    void aRouteIsAnAddressALineAndAnEmptyOne() {
        assertThat(text(lines, options(ROUTE))).isEqualTo("reply\nRR: \t198.18.0.1\n\t198.51.100.7\n\n");
    }

    @Test
    void theSameRouteIsToldOnceAndAnotherOneAgain() {
        text(lines, options(ROUTE));
        assertThat(text(lines, options(ROUTE))).isEqualTo("reply\t(same route)\n");
        assertThat(text(lines, options("07 07 08 c6120002 00"))).isEqualTo("reply\nRR: \t198.18.0.2\n\n");
    }

    @Test
    void aRouteThatNobodyRecordedIsNotTold() {
        assertThat(text(lines, options("01 07 07 04 00000000"))).isEqualTo("reply\n");
        assertThat(lines.append(REPLY, Ipv4Options.NONE)).isEqualTo(REPLY);
    }

    @Test
    void timesAfterTheFirstStandAsDifferences() {
        // Time stamps, 20 bytes, pointer 17: three of four places; 1000, 1005 and 1003 ms; overflow 2.
        String times = "44 14 11 20 000003e8 000003ed 000003eb 00000000";
        assertThat(text(lines, options(times)))
                .isEqualTo("reply\nTS: \t1000 absolute\n\t5\n\t-2\nUnrecorded hops: 2\n\n");
    }

    @Test
    void timesOfOtherClocksAreMarkedAndCountedByThemselves() {
        String times = "44 10 11 00 80000007 000003e8 80000009";
        assertThat(text(lines, options(times)))
                .isEqualTo("reply\nTS: \t7 absolute not-standard\n\t1000 absolute\n\t2 not-standard\n\n");
    }

    @Test
    void timesMayHaveAddresses() {
        // With addresses, 20 bytes, pointer 21.
        String times = "44 14 15 01 c6120001 000003e8 c6336407 000003ea";
        assertThat(text(new HeaderOptionLines("H: "), options(times)))
                .isEqualTo("reply\nH: TS: \t198.18.0.1\t1000 absolute\nH: \t198.51.100.7\t2\n\n");
    }

    @Test
    void whatItDoesNotKnowHasItsNumber() {
        assertThat(text(lines, options("94 04 0000"))).isEqualTo("reply\nunknown option 94\n");
        assertThat(text(lines, Ipv4Options.of(new Ipv4Option.Other(0x99, Octets.of((byte) 1, (byte) 2)))))
                .isEqualTo("reply\nunknown option 99\n");
    }
}
