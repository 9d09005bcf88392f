package io.github.nettyping.cli.trace;

import static io.github.nettyping.cli.trace.TraceSamples.hop;
import static io.github.nettyping.cli.trace.TraceSamples.reached;
import static io.github.nettyping.cli.trace.TraceSamples.result;
import static io.github.nettyping.cli.trace.TraceSamples.silent;
import static io.github.nettyping.cli.trace.TraceSamples.withError;
import static io.github.nettyping.cli.trace.TraceSamples.withLabels;
import static io.github.nettyping.cli.trace.TraceSamples.withMtu;
import static io.github.nettyping.cli.trace.TraceSamples.withPathMtu;
import static io.github.nettyping.cli.trace.TraceSamples.withRefusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.output.Output;
import io.github.nettyping.cli.ping.PingSamples;
import io.github.nettyping.codec.MplsLabelStack.Label;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.trace.TraceResult;
import io.github.nettyping.trace.TraceResult.Ending;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Golden lines: other programs parse them. */
class TraceJsonTest {

    private static final String UNKNOWN_TIMES =
            "\"rtt_ns\":{\"min\":null,\"mean\":null,\"max\":null,\"stdev\":null},\"mtu\":null,\"mpls\":[],";

    private static String print(TraceResult result) {
        StringBuilder printed = new StringBuilder();
        Output output = PingSamples.output(printed);
        TraceJson json = new TraceJson(output);
        json.write(TraceReport.of(result));
        assertThat(json.over()).isCompleted();
        output.flush();
        return printed.toString();
    }

    @Test
    void hopHasItsObject() {
        assertThat(print(reached(hop(3, "198.18.2.2", "198.18.2.6"))))
                .isEqualTo("{\"target\":\"198.51.100.7\",\"hop\":3,\"from\":[\"198.18.2.2\",\"198.18.2.6\"],"
                        + "\"sent\":3,\"received\":3,"
                        + "\"rtt_ns\":{\"min\":160000,\"mean\":213333,\"max\":260000,\"stdev\":38587},"
                        + "\"mtu\":null,\"mpls\":[],\"error\":null}\n");
    }

    @Test
    void silentHopHasNulls() {
        assertThat(print(result(Ending.MAX_HOPS, silent(1))))
                .isEqualTo("{\"target\":\"198.51.100.7\",\"hop\":1,\"from\":[],\"sent\":3,\"received\":0,"
                        + UNKNOWN_TIMES + "\"error\":null}\n");
    }

    @Test
    void everyHopHasALineInItsOrder() {
        assertThat(print(result(Ending.MAX_HOPS, hop(1, "198.18.0.2"), silent(2), silent(3)))
                        .lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"hop\":1,"),
                        line -> assertThat(line).contains("\"hop\":2,"),
                        line -> assertThat(line).contains("\"hop\":3,"));
    }

    @Test
    void labelsAreObjects() {
        assertThat(print(reached(withLabels(
                        hop(1, "198.18.0.2"), new Label(16, 5, false, 1), new Label(1_048_575, 0, true, 255)))))
                .contains("\"mpls\":[{\"label\":16,\"tc\":5,\"bottom\":false,\"ttl\":1},"
                        + "{\"label\":1048575,\"tc\":0,\"bottom\":true,\"ttl\":255}],");
    }

    @Test
    void errorHasTheFieldsOfASweeps() {
        assertThat(print(result(Ending.UNREACHABLE, withError(hop(1, "198.18.1.2"), TraceSamples.hostUnreachable()))))
                .endsWith("\"error\":{\"name\":\"host_unreachable\",\"type\":3,\"code\":1,\"from\":\"198.18.1.2\"}}\n");
        assertThat(print(result(
                        Ending.UNREACHABLE, withError(hop(1, "198.18.1.2"), TraceSamples.fragmentationNeeded(1_400)))))
                .endsWith("\"error\":{\"name\":\"fragmentation_needed\",\"type\":3,\"code\":4,\"from\":\"198.18.1.2\","
                        + "\"mtu\":1400}}\n");
    }

    @Test
    void mtuIsWhatTheRouterToldAndOfTheTargetThePathMtu() {
        TraceResult result =
                reached(hop(1, "198.18.0.2"), withMtu(hop(2, "198.18.1.2"), 1_400), hop(3, "198.51.100.7"));
        assertThat(print(withPathMtu(result, 1_400)).lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"mtu\":null,"),
                        line -> assertThat(line).contains("\"mtu\":1400,"),
                        line -> assertThat(line).contains("\"mtu\":1400,"));
        assertThat(print(result).lines()).last().asString().contains("\"mtu\":null,");
    }

    @Test
    void targetToWhichNothingWasSentHasALineWithoutAHop() {
        assertThat(print(withRefusal(result(Ending.NOT_SENT), TraceSamples.NO_ROUTE)))
                .isEqualTo("{\"target\":\"198.51.100.7\",\"hop\":null,\"from\":[],\"sent\":0,\"received\":0,"
                        + UNKNOWN_TIMES + "\"error\":{\"name\":\"ENETUNREACH\",\"errno\":101}}\n");
    }

    @Test
    void reasonWithoutSystemCallHasNoNumber() {
        TraceResult.Refusal closed = new TraceResult.Refusal(NotSent.Reason.CHANNEL_CLOSED, Optional.empty());
        assertThat(print(withRefusal(result(Ending.NOT_SENT), closed)))
                .endsWith("\"error\":{\"name\":\"channel_closed\",\"errno\":null}}\n");
    }
}
