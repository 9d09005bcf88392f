package io.github.nettyping.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.codec.DestinationUnreachableMessage;
import io.github.nettyping.codec.PacketTooBigMessage;
import io.github.nettyping.codec.ParameterProblemMessage;
import io.github.nettyping.packet.IpFamily;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As traceroute(8) lists them under "Description" and its source names the codes. */
class TracerouteWordsTest {

    @ParameterizedTest
    @CsvSource({
        "0, !N",
        "1, !H",
        "2, !P",
        "3, !<3>",
        "5, !S",
        "6, !N",
        "7, !H",
        "8, !N",
        "9, !X",
        "10, !X",
        "11, !N",
        "12, !H",
        "13, !X",
        "14, !V",
        "15, !C",
        "16, !<16>"
    })
    void codeOfIpv4HasItsMark(int code, String mark) {
        assertThat(TracerouteWords.of(new DestinationUnreachableMessage(
                        TraceSamples.error(IpFamily.IPV4, 3, code), OptionalInt.empty())))
                .isEqualTo(mark);
    }

    @ParameterizedTest
    @CsvSource({"0, !N", "1, !X", "2, !H", "3, !H", "4, !<4>", "5, !<5>"})
    void codeOfIpv6HasItsMark(int code, String mark) {
        assertThat(TracerouteWords.of(new DestinationUnreachableMessage(
                        TraceSamples.error(IpFamily.IPV6, 1, code), OptionalInt.empty())))
                .isEqualTo(mark);
    }

    @Test
    void packetThatIsTooLongHasTheMtu() {
        assertThat(TracerouteWords.of(TraceSamples.fragmentationNeeded(1_400))).isEqualTo("!F-1400");
        assertThat(TracerouteWords.of(new DestinationUnreachableMessage(
                        TraceSamples.error(IpFamily.IPV4, 3, 4), OptionalInt.empty())))
                .isEqualTo("!F-0");
        assertThat(TracerouteWords.of(new PacketTooBigMessage(TraceSamples.error(IpFamily.IPV6, 2, 0), 1_280)))
                .isEqualTo("!F-1280");
    }

    @Test
    void otherErrorsHaveTheirNumbers() {
        assertThat(TracerouteWords.of(new ParameterProblemMessage(TraceSamples.error(IpFamily.IPV4, 12, 1), 20)))
                .isEqualTo("!<12-1>");
    }
}
