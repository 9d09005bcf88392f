package io.github.nettyping.cli.trace;

import static io.github.nettyping.cli.trace.TraceSamples.hop;
import static io.github.nettyping.cli.trace.TraceSamples.lossy;
import static io.github.nettyping.cli.trace.TraceSamples.reached;
import static io.github.nettyping.cli.trace.TraceSamples.result;
import static io.github.nettyping.cli.trace.TraceSamples.silent;
import static io.github.nettyping.cli.trace.TraceSamples.withError;
import static io.github.nettyping.cli.trace.TraceSamples.withLabels;
import static io.github.nettyping.cli.trace.TraceSamples.withMtu;
import static io.github.nettyping.cli.trace.TraceSamples.withPathMtu;
import static io.github.nettyping.cli.trace.TraceSamples.withRefusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.format.SampleOutcomes;
import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.codec.MplsLabelStack.Label;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.trace.Hop;
import io.github.nettyping.trace.HopTimes;
import io.github.nettyping.trace.TraceResult;
import io.github.nettyping.trace.TraceResult.Ending;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Golden reports: the first three lines stand as mtr 0.95 printed them, but for the host behind HOST. */
class TraceTextTest {

    private static final String HEADING =
            "HOST: 198.51.100.7                Loss%   Snt   Last   Avg  Best  Wrst StDev\n";

    private final TraceText text = new TraceText(Map.of(), false, Colour.NONE);

    private static String print(TraceText text, TraceResult result, Map<IpAddress, String> names) {
        StringBuilder out = new StringBuilder();
        text.append(out, TraceReport.of(result), address -> Optional.ofNullable(names.get(address)));
        return out.toString();
    }

    private String print(TraceResult result) {
        return print(text, result, Map.of());
    }

    @Test
    void hopsStandInTheColumnsOfMtr() {
        assertThat(print(reached(hop(1, "198.18.0.2"), hop(2, "198.18.1.2"), hop(10, "198.51.100.7"))))
                .isEqualTo(HEADING
                        + "  1.|-- 198.18.0.2                 0.0%     3    0.2   0.2   0.2   0.3   0.0\n"
                        + "  2.|-- 198.18.1.2                 0.0%     3    0.2   0.2   0.2   0.3   0.0\n"
                        + " 10.|-- 198.51.100.7               0.0%     3    0.2   0.2   0.2   0.3   0.0\n");
    }

    @Test
    void silentHopIsThreeQuestionMarksAndAllLossLosesItsPercentSign() {
        assertThat(print(reached(silent(1), hop(2, "198.51.100.7"))))
                .contains("\n  1.|-- ???                       100.0     3    0.0   0.0   0.0   0.0   0.0\n");
    }

    @Test
    void longTimesLoseTheirDecimal() {
        assertThat(print(reached(lossy(1, "198.51.100.7"))))
                .contains("\n  1.|-- 198.51.100.7              66.7%     3   1235  1235  1235  1235   0.0\n");
    }

    @Test
    void longFiguresPushTheOthersAsideAndLoseNoDigit() {
        HopTimes times = new HopTimes(2, 999_960_000_000L, 0, 999_949_000, 3_600_000_000_000L, 0);
        Hop hop = new Hop(
                1,
                List.of(TraceSamples.TARGET),
                1_000_000,
                500_000,
                0,
                Optional.of(times),
                OptionalInt.empty(),
                List.of(),
                Optional.empty(),
                List.of());
        assertThat(print(reached(hop))).contains(" 50.0% 1000000  999960 999.9   0.0 3600000   0.0\n");
    }

    @Test
    void ofTheSilentHopsAtTheEndOneIsShown() {
        assertThat(print(result(Ending.MAX_HOPS, hop(1, "198.18.0.2"), silent(2), silent(3), silent(4)))
                        .lines())
                .hasSize(3)
                .last()
                .asString()
                .startsWith("  2.|-- ???  ");
    }

    @Test
    void silentHopsInTheMidstAreAllShown() {
        assertThat(print(reached(silent(1), silent(2), hop(3, "198.51.100.7"))).lines())
                .hasSize(4);
    }

    @Test
    void ifNobodyAnsweredOneHopIsShown() {
        assertThat(print(result(Ending.MAX_HOPS, silent(1), silent(2))).lines()).hasSize(2);
    }

    @Test
    void answerFromNobodyKnowsItsTime() {
        assertThat(print(reached(hop(1), hop(2, "198.51.100.7"))))
                .contains("\n  1.|-- ???                        0.0%     3    0.2   0.2   0.2   0.3   0.0\n");
    }

    @Test
    void furtherAddressesHaveLinesOfTheirOwn() {
        assertThat(print(reached(hop(1, "198.18.0.2", "198.18.0.6", "198.18.0.10"))))
                .isEqualTo(HEADING
                        + "  1.|-- 198.18.0.2                 0.0%     3    0.2   0.2   0.2   0.3   0.0\n"
                        + "    |  `|-- 198.18.0.6\n"
                        + "    |   |-- 198.18.0.10\n");
    }

    @Test
    void labelsHaveLinesOfTheirOwn() {
        Hop hop = withLabels(hop(1, "198.18.0.2", "198.18.0.6"), new Label(16, 5, false, 1), new Label(17, 0, true, 2));
        assertThat(print(reached(hop))).endsWith("""
                     0.3   0.0
                      [MPLS: Lbl 16 TC 5 S 0 TTL 1]
                      [MPLS: Lbl 17 TC 0 S 1 TTL 2]
                      |  `|-- 198.18.0.6
                  """);
    }

    @Test
    void verdictStandsBehindItsHop() {
        Hop end = withError(hop(2, "198.18.1.2"), TraceSamples.hostUnreachable());
        assertThat(print(result(Ending.UNREACHABLE, hop(1, "198.18.0.2"), end))).endsWith("   0.3   0.0 !H\n");
    }

    @Test
    void mtuThatARouterToldStandsBehindItsHop() {
        assertThat(print(reached(withMtu(hop(1, "198.18.0.2"), 1_280), hop(2, "198.51.100.7"))))
                .contains("   0.3   0.0 F=1280\n");
    }

    @Test
    void verdictHasTheMtuItself() {
        Hop hop = withMtu(withError(hop(1, "198.18.0.2"), TraceSamples.fragmentationNeeded(1_400)), 1_400);
        assertThat(print(result(Ending.UNREACHABLE, hop))).endsWith("   0.0 !F-1400\n");
    }

    @Test
    void pathMtuClosesTheReportIfItWasAskedFor() {
        TraceResult result = reached(hop(1, "198.51.100.7"));
        TraceText asked = new TraceText(Map.of(), true, Colour.NONE);
        assertThat(print(asked, withPathMtu(result, 1_400), Map.of())).endsWith("   0.0\nPath MTU: 1400\n");
        assertThat(print(asked, result, Map.of())).endsWith("   0.0\nPath MTU: unknown\n");
        assertThat(print(result)).doesNotContain("MTU");
    }

    @Test
    void targetToWhichNothingWasSentHasTheReason() {
        assertThat(print(
                        new TraceText(Map.of(), true, Colour.NONE),
                        withRefusal(result(Ending.NOT_SENT), TraceSamples.NO_ROUTE),
                        Map.of()))
                .isEqualTo(HEADING + "Not sent: sendmmsg: ENETUNREACH; this machine has no route there\n");
    }

    @Test
    void reasonWithoutSystemCallIsInWords() {
        TraceResult.Refusal full = new TraceResult.Refusal(NotSent.Reason.NO_FREE_SLOT, Optional.empty());
        assertThat(print(withRefusal(reached(hop(1, "198.51.100.7")), full)))
                .endsWith("   0.0\nNot all sent: no free slot\n");
    }

    @Test
    void hostsStandByTheirNames() {
        Map<IpAddress, String> names = Map.of(
                SampleOutcomes.address("198.18.0.2"), "near.example",
                SampleOutcomes.address("198.18.0.6"), "other.example");
        assertThat(print(text, reached(hop(1, "198.18.0.2", "198.18.0.6"), hop(2, "198.51.100.7")), names))
                .isEqualTo(HEADING
                        + "  1.|-- near.example               0.0%     3    0.2   0.2   0.2   0.3   0.0\n"
                        + "    |  `|-- other.example\n"
                        + "  2.|-- 198.51.100.7               0.0%     3    0.2   0.2   0.2   0.3   0.0\n");
    }

    @Test
    void longNameMovesTheFiguresOfItsReport() {
        Map<IpAddress, String> names = Map.of(SampleOutcomes.address("198.18.0.2"), "xe-0-0-1.core.somewhere.example");
        assertThat(print(text, reached(hop(1, "198.18.0.2"), hop(2, "198.51.100.7")), names))
                .isEqualTo("""
                        HOST: 198.51.100.7                      Loss%   Snt   Last   Avg  Best  Wrst StDev
                          1.|-- xe-0-0-1.core.somewhere.example  0.0%     3    0.2   0.2   0.2   0.3   0.0
                          2.|-- 198.51.100.7                     0.0%     3    0.2   0.2   0.2   0.3   0.0
                        """);
    }

    @Test
    void nameCanNeitherControlTheTerminalNorPassForTwoColumns() {
        Map<IpAddress, String> names = Map.of(TraceSamples.TARGET, "a\u001b[2J\n b\u00a0c.example");
        assertThat(print(text, reached(hop(1, "198.51.100.7")), names))
                .contains("  1.|-- a\\x1b[2J\\x0a\\x20b\\xa0c.example  ");
    }

    @Test
    void typedNameLeadsTheReport() {
        TraceText named = new TraceText(Map.of(TraceSamples.TARGET, "host.example"), false, Colour.NONE);
        assertThat(print(named, reached(hop(1, "198.51.100.7")), Map.of()))
                .startsWith("HOST: host.example (198.51.100.7)");
    }
}
