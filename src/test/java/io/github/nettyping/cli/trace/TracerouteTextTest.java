package io.github.nettyping.cli.trace;

import static io.github.nettyping.cli.trace.TraceSamples.hop;
import static io.github.nettyping.cli.trace.TraceSamples.lossy;
import static io.github.nettyping.cli.trace.TraceSamples.silent;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.format.SampleOutcomes;
import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.trace.Hop;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Lines as of traceroute 2.1 of Linux, which other programs parse. */
class TracerouteTextTest {

    private static final IpAddress NAMED = SampleOutcomes.address("198.18.0.2");

    private static String print(boolean numeric, Colour colour, Hop... hops) {
        StringBuilder out = new StringBuilder();
        new TracerouteText(Map.of(TraceSamples.TARGET, "host.example"), 30, OptionalInt.of(32), numeric, colour)
                .append(
                        out,
                        TraceReport.unfinished(TraceSamples.TARGET, List.of(hops)),
                        address -> address.equals(NAMED) ? Optional.of("gw\u001b.example") : Optional.empty());
        return out.toString();
    }

    @Test
    void everyHopIsALineWithAllItsProbes() {
        assertThat(print(false, Colour.NONE, hop(1, "198.18.0.2"), silent(2), lossy(10, "198.51.100.7")))
                .isEqualTo("""
                        traceroute to host.example (198.51.100.7), 30 hops max, 60 byte packets
                         1  gw\\x1b.example (198.18.0.2)  0.160 ms  0.210 ms  0.260 ms
                         2  * * *
                        10  * 198.51.100.7 (198.51.100.7)  1234.560 ms *
                        """);
    }

    @Test
    void whoAnswersNextIsNamedOnce() {
        assertThat(print(true, Colour.NONE, hop(3, "198.18.0.2", "198.18.0.6")))
                .endsWith("\n 3  198.18.0.2  0.160 ms 198.18.0.6  0.210 ms  0.260 ms\n");
    }

    @Test
    void errorsAreMarkedBehindTheAnswersThatToldThem() {
        Hop barred = TraceSamples.withError(hop(2, "198.18.1.2"), TraceSamples.hostUnreachable());
        assertThat(print(true, Colour.NONE, TraceSamples.withMtu(barred, 1_400)))
                .endsWith("\n 2  198.18.1.2  0.160 ms !H  0.210 ms !H  0.260 ms !H F=1400\n");
    }

    @Test
    void colourIsForLossAndMarks() {
        assertThat(print(true, Colour.ofFile(Colour.Wish.ALWAYS), silent(2)))
                .endsWith("\n 2  \u001b[31m*\u001b[0m \u001b[31m*\u001b[0m \u001b[31m*\u001b[0m\n");
    }
}
