package io.github.nettyping.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.format.Numbers;
import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.load.LoadSamples;
import io.github.nettyping.load.LoadSearch;
import io.github.nettyping.load.LoadSummary;
import java.io.StringReader;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.xml.sax.InputSource;

@Isolated("sets the JVM's locale")
class BenchReportTest {

    static BenchReport report(LoadSummary summary) {
        return new BenchReport(
                "127.0.0.1",
                summary,
                Optional.empty(),
                new BenchReport.Machine("0.1.0", "Some VM 17", "6.18.0", 2),
                "bench '<a&b>' \u00e4");
    }

    private static LoadSearch.Result found(OptionalLong rate, Optional<LoadSearch.Limit> limit) {
        return new LoadSearch.Result(rate, LoadSamples.plain(), limit, 9);
    }

    @Test
    void textHasTheFiguresInColumns() {
        assertThat(BenchText.of(report(LoadSamples.plain()), Colour.NONE)).isEqualTo("""
                        127.0.0.1: 10.000 s at 1000 probes per second (open loop), raw socket, 1 loop
                        sent 10000 (1000/s), received 10000 (1000/s), lost 0 (0%)

                        ms                 min      mean       p50       p90       p99     p99.9    p99.99       max
                        round trip       0.010     0.060     0.060     0.100     0.109     0.110     0.110     0.110
                        latency          0.015     0.090     0.090     0.150     0.164     0.165     0.165     0.165
                        send lag         0.005     0.030     0.030     0.050     0.055     0.055     0.055     0.055

                        jitter 0.001 ms; delay variation p50/p99/p99.9: to the minimum 0.050/0.099/0.100 ms, from probe to probe 0.060/0.109/0.110 ms
                        round trips by kernel_tx_rx; local drops 0; garbage collection 0 pauses, 0.000 ms; loop stalls 0, longest 0.300 ms

                        not measured, or measured differently than expected:
                          p99.99: rests on 1 sample beyond it
                        """);
    }

    @Test
    void textTellsEverythingOdd() {
        assertThat(BenchText.of(report(LoadSamples.odd()), Colour.NONE))
                .contains(
                        "lost 60 (6.25%)\n5 of the lost with an ICMP error, 30 dropped locally, 7 refused by the kernel,"
                                + " 8 due and never sent, 10 unfinished, 3 duplicates, 4 late, 2 reordered\n")
                .contains("round trips by user_clock 10, user_tx_kernel_rx 890; local drops 40; garbage collection 2"
                        + " pauses, 12.000 ms, longest 8.000 ms; loop stalls 3, longest 25.000 ms\n")
                .endsWith("""
                        not measured, or measured differently than expected:
                          duration: stopped early; 10 probes had no outcome yet
                          send_failed: the kernel refused 7 probes, first: sendmmsg: ENETUNREACH; add a route
                          latency: 8 probes were due and never sent, for lack of time or of --max-in-flight; the latencies shown are too low by theirs
                          latency: more this machine's own lateness than the network: the send lag's p99 exceeds the round trip's
                          interface: the carrier was lost or the MTU changed while probes were out: eth0; probes without reply of that time are dropped locally
                          local_drops: this host dropped 40 received packets; whether 30 probes were answered is not known; raise --rcvbuf or lower --rate
                          lost: 4 replies came after the timeout: their probes count as lost, their latencies not at all
                          targets: 1 of 3 never answered
                          rtt: somebody set the clock meanwhile; figures of that moment may be wrong
                          rtt: 10 replies had no usable receive stamp of the kernel; their round trips include the time they waited to be read
                          rtt: no transmit stamps: round trips begin right before the system call, and include this host's own way out
                          p99.9: 900 samples are too few (expected: 1000 at least)
                          p99.99: 900 samples are too few (expected: 10000 at least)
                        """);
    }

    @Test
    void jsonBeginsWithWhatIsPromised() {
        assertThat(BenchJson.of(report(LoadSamples.plain())))
                .startsWith("{\"offered_per_second\":1000,\"sent\":10000,\"received\":10000,\"lost\":0,"
                        + "\"rtt_ns\":{\"min\":10010,\"mean\":60005,\"p50\":60031,")
                .contains("\"jitter_ns\":1235,\"gc_pause_ns\":0,\"local_drops\":0,\"rtt_source\":\"kernel_tx_rx\","
                        + "\"loss_ratio\":0.000000000,\"sent_per_second\":1000.000,")
                .contains("\"find\":null,\"not_measured\":[{\"what\":\"p99.99\",\"why\":")
                .endsWith("\"targets\":1,\"silent_targets\":0,\"elapsed_ns\":10500000000,\"stopped\":false,"
                        + "\"max_in_flight\":10082,\"socket\":\"raw\",\"loops\":1,\"version\":\"0.1.0\","
                        + "\"command\":\"bench '<a&b>' \\u00E4\",\"started_at\":\"2026-01-01T00:00:00.500000000Z\","
                        + "\"kernel\":\"6.18.0\",\"jdk\":\"Some VM 17\",\"processors\":2}")
                .doesNotContain("\n");
    }

    @Test
    void jsonSaysNullForWhatIsNotKnown() {
        String none = "{\"min\":null,\"mean\":null,\"p50\":null,\"p90\":null,\"p99\":null,\"p99.9\":null,"
                + "\"p99.99\":null,\"max\":null}";
        assertThat(BenchJson.of(report(LoadSamples.silent())))
                .startsWith("{\"offered_per_second\":null,\"sent\":64,\"received\":0,\"lost\":64,\"rtt_ns\":" + none
                        + ",\"latency_ns\":" + none + ",\"send_lag_ns\":" + none
                        + ",\"jitter_ns\":null,\"gc_pause_ns\":0,\"local_drops\":0,\"rtt_source\":null,");
    }

    @Test
    void localeChangesNoNumber() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            BenchReport report = report(LoadSamples.odd());
            assertThat(BenchText.of(report, Colour.NONE) + BenchJson.of(report) + BenchPage.of(report))
                    .doesNotContainPattern("[\u0660-\u0669\u066b]");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void searchTellsWhatItEndedOn() {
        assertThat(BenchText.found(found(OptionalLong.of(4_000), Optional.of(LoadSearch.Limit.LOSS))))
                .isEqualTo("highest rate without loss: 4000/s, confirmed, after 9 trials; beyond it replies are lost");
        assertThat(BenchText.found(found(OptionalLong.of(4_000), Optional.of(LoadSearch.Limit.SENDER))))
                .endsWith("; beyond it this machine, not the network, is too slow");
        assertThat(BenchText.found(found(OptionalLong.of(4_000), Optional.empty())))
                .endsWith("; no higher rate was tried: raise --find-to");
        assertThat(BenchText.found(found(OptionalLong.empty(), Optional.of(LoadSearch.Limit.LOSS))))
                .isEqualTo("no rate without loss was found in 9 trials");
    }

    @Test
    void aSearchThatWasStoppedFoundNothing() {
        assertThat(BenchText.found(new LoadSearch.Result(OptionalLong.empty(), LoadSamples.odd(), Optional.empty(), 3)))
                .isEqualTo("the search was stopped before a rate was confirmed");
    }

    @Test
    void trialHasALine() {
        assertThat(BenchText.of(new LoadSearch.Trial(3, false, LoadSamples.odd(), Optional.of(LoadSearch.Limit.LOSS))))
                .isEqualTo("trial 3: 1000/s for 10.000 s, lost 60 of 1000, p99 0.436 ms");
        assertThat(BenchText.of(new LoadSearch.Trial(4, true, LoadSamples.plain(), Optional.empty())))
                .isEqualTo("confirmation: 1000/s for 10.000 s, no loss, p99 0.164 ms");
    }

    @Test
    void aLossIsNeverRoundedToNothing() {
        assertThat(Numbers.percent(1e-9)).isEqualTo("0.0001%");
        assertThat(Numbers.percent(0.0005)).isEqualTo("0.0500%");
        assertThat(Numbers.percent(0.123456)).isEqualTo("12.35%");
        assertThat(Numbers.percent(0.9999999)).isEqualTo("99.9999%");
        assertThat(Numbers.percent(1)).isEqualTo("100%");
    }

    @Test
    void pageNeedsNothingElseAndEscapesWhatItQuotes() {
        String page = BenchPage.of(report(LoadSamples.odd()));

        assertThat(page)
                .startsWith("<!DOCTYPE html>\n")
                .doesNotContain("http:", "https:", "<script", "@import", "url(", "<a&b>")
                .contains("bench &#39;&lt;a&amp;b&gt;&#39; \u00e4")
                .contains("class=\"curve p50\"", "class=\"curve p99\"", "class=\"curve max\"", "class=\"curve lag\"")
                .contains("class=\"lost\"")
                .contains("<b>6.25%</b><span>loss, 60</span>")
                .contains("ENETUNREACH", "Some VM 17", "6.18.0");
    }

    /** The gap where nothing came back splits each line. */
    @Test
    void picturesAreWellFormedAndHaveGaps() throws Exception {
        String chart = BenchCharts.overTime(LoadSamples.odd());

        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(chart)));
        assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(6);
        assertThat(chart).doesNotContain("NaN", "Infinity");
        assertThat(BenchCharts.percentiles(LoadSamples.odd())).doesNotContain("NaN", "Infinity");
    }

    @Test
    void pageOfSilenceSaysSo() {
        assertThat(BenchPage.of(report(LoadSamples.silent())))
                .contains("Nothing came back: there is nothing to draw.")
                .doesNotContain("<svg");
    }
}
