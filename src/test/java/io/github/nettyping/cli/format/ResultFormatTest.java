package io.github.nettyping.cli.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.ProbeOutcome;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Golden lines: other programs parse them. */
@Isolated("sets the JVM's locale")
public class ResultFormatTest {

    private static final Map<IpAddress, String> NAMES = Map.of(
            SampleOutcomes.address("198.19.0.9"),
            "bücher.example",
            SampleOutcomes.address("198.19.0.8"),
            "a \"name\", with\u001b all");

    private static String print(Function<Output, ResultFormat> format, ProbeOutcome... outcomes) {
        return print(output -> {
            ResultFormat results = format.apply(output);
            for (ProbeOutcome outcome : outcomes) {
                results.write(outcome, NAMES.get(outcome.probe().target()));
            }
        });
    }

    /** Returns what somebody writes to an output. */
    public static String print(Consumer<Output> writer) {
        StringBuilder text = new StringBuilder();
        Output output = new Output(
                (bytes, position, limit) -> {
                    byte[] copy = new byte[limit - position];
                    bytes.get(position, copy);
                    text.append(new String(copy, StandardCharsets.UTF_8));
                    return copy.length;
                },
                task -> {},
                () -> {});
        writer.accept(output);
        output.flush();
        return text.toString();
    }

    private static ResultFormat json(Output output) {
        return new JsonLines(output)::target;
    }

    private static ResultFormat text(Output output) {
        return new TextFormat(output, Colour.NONE);
    }

    private static void assertJson(ProbeOutcome outcome, String line) {
        assertThat(print(ResultFormatTest::json, outcome)).isEqualTo(line + "\n");
    }

    @Test
    void textHasAddressAndRoundTrip() {
        assertThat(print(
                        ResultFormatTest::text,
                        SampleOutcomes.replied("127.0.0.1", 41_250),
                        SampleOutcomes.replied("2001:DB8:0:0:1:0:0:1", 12_345_678_900L)))
                .isEqualTo("127.0.0.1\t0.041 ms\n2001:db8::1:0:0:1\t12345.679 ms\n");
    }

    @Test
    void textHasTheStatusOfOthersAndWhatIsKnownOfTheReason() {
        assertThat(print(
                                ResultFormatTest::text,
                                SampleOutcomes.timedOut("192.0.2.1"),
                                SampleOutcomes.hostUnreachable("192.0.2.2", "192.0.2.3"),
                                SampleOutcomes.ttlExceededByNobody("192.0.2.4"),
                                SampleOutcomes.sourceQuench("192.0.2.5", "192.0.2.3"),
                                SampleOutcomes.refused("192.0.2.6"),
                                SampleOutcomes.droppedLocally("192.0.2.7"))
                        .lines())
                .containsExactly(
                        "192.0.2.1\ttimeout",
                        "192.0.2.2\tunreachable\thost_unreachable 3/1 from 192.0.2.3",
                        "192.0.2.4\tttl_exceeded\tttl_exceeded 11/0",
                        "192.0.2.5\ticmp_error\tsource_quench 4/0 from 192.0.2.3",
                        "192.0.2.6\tsend_failed\tENETUNREACH",
                        "192.0.2.7\tdropped_locally");
    }

    @Test
    void textSaysHowLongPacketsMayBe() {
        assertThat(print(
                        ResultFormatTest::text,
                        SampleOutcomes.fragmentationNeeded("192.0.2.1", "192.0.2.3"),
                        SampleOutcomes.packetTooBig("2001:db8::1", "2001:db8::3")))
                .hasLineCount(2)
                .startsWith("192.0.2.1\tunreachable\tfragmentation_needed 3/4 from 192.0.2.3 mtu 1400\n")
                .endsWith("\n2001:db8::1\ticmp_error\tpacket_too_big 2/0 from 2001:db8::3 mtu 1280\n");
    }

    @Test
    void textHasNamesInBracketsWithoutWhatControlsTerminals() {
        assertThat(print(
                        ResultFormatTest::text,
                        SampleOutcomes.replied("198.19.0.9", 1_000),
                        SampleOutcomes.timedOut("198.19.0.8")))
                .isEqualTo(
                        "198.19.0.9 (bücher.example)\t0.001 ms\n198.19.0.8 (a\\x20\"name\",\\x20with\\x1b\\x20all)\ttimeout\n");
    }

    @Test
    void colourIsForStatesAndRoundTripsAlone() {
        assertThat(print(
                        output -> new TextFormat(output, Colour.ofFile(Colour.Wish.ALWAYS)),
                        SampleOutcomes.replied("192.0.2.1", 1_000),
                        SampleOutcomes.timedOut("192.0.2.2"),
                        SampleOutcomes.hostUnreachable("192.0.2.3", "192.0.2.9")))
                .hasLineCount(3)
                .startsWith("192.0.2.1\t\u001b[32m0.001 ms\u001b[0m\n192.0.2.2\t\u001b[31mtimeout\u001b[0m\n")
                .endsWith("\n192.0.2.3\t\u001b[35munreachable\u001b[0m\thost_unreachable 3/1 from 192.0.2.9\n");
    }

    @Test
    void scopeIsTheNameOfTheInterface() {
        // Every Linux has its loopback device at index 1.
        assertThat(print(ResultFormatTest::text, SampleOutcomes.replied("fe80::1%1", 0)))
                .isEqualTo("fe80::1%lo\t0.000 ms\n");
        assertThat(print(ResultFormatTest::text, SampleOutcomes.replied("fe80::1%99999999", 0)))
                .isEqualTo("fe80::1%99999999\t0.000 ms\n");
    }

    @Test
    void noLocaleChangesALine() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            textHasAddressAndRoundTrip();
            jsonOfAReplyIsTheContractsExample();
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void jsonOfAReplyIsTheContractsExample() {
        assertJson(
                SampleOutcomes.replied("198.19.0.1", 41_250),
                "{\"target\":\"198.19.0.1\",\"status\":\"alive\",\"rtt_ns\":41250,\"from\":\"198.19.0.1\",\"ttl\":64,"
                        + "\"bytes\":64,\"attempt\":1,\"sent_at\":\"2026-01-01T00:00:00.000000001Z\",\"error\":null,"
                        + "\"rtt_source\":\"user_tx_kernel_rx\",\"flags\":[],\"name\":null}");
    }

    @Test
    void jsonOfAnOddReplyHasItsOwnTryAndFlags() {
        assertJson(
                SampleOutcomes.oddReply("198.19.0.1"),
                "{\"target\":\"198.19.0.1\",\"status\":\"alive\",\"rtt_ns\":1,\"from\":\"192.0.2.9\",\"ttl\":null,"
                        + "\"bytes\":24,\"attempt\":2,\"sent_at\":\"2026-01-01T00:00:00.000000001Z\",\"error\":null,"
                        + "\"rtt_source\":\"user_clock\",\"flags\":[\"damaged\",\"other_source\"],\"name\":null}");
    }

    @Test
    void jsonOfSilenceHasNullsAndTheLastTry() {
        String nulls = "\"rtt_ns\":null,\"from\":null,\"ttl\":null,\"bytes\":null,\"attempt\":2,"
                + "\"sent_at\":\"2026-01-01T00:00:00.000000001Z\",\"error\":null,\"rtt_source\":null,\"flags\":[],"
                + "\"name\":null}";
        assertJson(SampleOutcomes.timedOut("198.19.0.1"), "{\"target\":\"198.19.0.1\",\"status\":\"timeout\"," + nulls);
        assertJson(
                SampleOutcomes.droppedLocally("198.19.0.1"),
                "{\"target\":\"198.19.0.1\",\"status\":\"dropped_locally\"," + nulls);
    }

    @Test
    void jsonOfAnIcmpErrorSaysWhatAndByWhom() {
        assertJson(
                SampleOutcomes.hostUnreachable("198.19.0.1", "198.18.0.6"),
                "{\"target\":\"198.19.0.1\",\"status\":\"unreachable\",\"rtt_ns\":null,\"from\":null,\"ttl\":null,"
                        + "\"bytes\":null,\"attempt\":1,\"sent_at\":\"2026-01-01T00:00:00.000000001Z\","
                        + "\"error\":{\"name\":\"host_unreachable\",\"type\":3,\"code\":1,\"from\":\"198.18.0.6\"},"
                        + "\"rtt_source\":null,\"flags\":[],\"name\":null}");
    }

    @Test
    void jsonOfAnIcmpErrorHasTheMtuWhereToldAndNullForAnUnknownSender() {
        assertThat(print(ResultFormatTest::json, SampleOutcomes.fragmentationNeeded("198.19.0.1", "198.18.0.6")))
                .contains("\"error\":{\"name\":\"fragmentation_needed\",\"type\":3,\"code\":4,\"from\":\"198.18.0.6\","
                        + "\"mtu\":1400}");
        assertThat(print(ResultFormatTest::json, SampleOutcomes.packetTooBig("fd00:19::1", "fd00:18::6")))
                .contains("\"status\":\"icmp_error\"")
                .contains("\"error\":{\"name\":\"packet_too_big\",\"type\":2,\"code\":0,\"from\":\"fd00:18::6\","
                        + "\"mtu\":1280}");
        assertThat(print(ResultFormatTest::json, SampleOutcomes.ttlExceededByNobody("198.19.0.1")))
                .contains("\"status\":\"ttl_exceeded\"")
                .contains("\"error\":{\"name\":\"ttl_exceeded\",\"type\":11,\"code\":0,\"from\":null}");
    }

    @Test
    void jsonOfARefusedPacketHasTheErrno() {
        assertJson(
                SampleOutcomes.refused("198.19.0.1"),
                "{\"target\":\"198.19.0.1\",\"status\":\"send_failed\",\"rtt_ns\":null,\"from\":null,\"ttl\":null,"
                        + "\"bytes\":null,\"attempt\":1,\"sent_at\":null,"
                        + "\"error\":{\"name\":\"ENETUNREACH\",\"errno\":101},"
                        + "\"rtt_source\":null,\"flags\":[],\"name\":null}");
        assertThat(print(ResultFormatTest::json, SampleOutcomes.noFreeSlot("198.19.0.1")))
                .contains("\"attempt\":null")
                .contains("\"error\":{\"name\":\"no_free_slot\",\"errno\":null}");
    }

    @Test
    void jsonHasTheNameThatLedToTheTarget() {
        assertThat(print(ResultFormatTest::json, SampleOutcomes.timedOut("198.19.0.9")))
                .startsWith("{\"target\":\"198.19.0.9\",")
                .endsWith(",\"name\":\"bücher.example\"}\n");
    }

    @Test
    void jsonObjectsStandOneALine() {
        assertThat(print(
                                ResultFormatTest::json,
                                SampleOutcomes.timedOut("198.19.0.1"),
                                SampleOutcomes.timedOut("198.19.0.2"))
                        .split("\n", -1))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("{\"target\":\"198.19.0.1\"")
                                .endsWith("}"),
                        line -> assertThat(line)
                                .startsWith("{\"target\":\"198.19.0.2\"")
                                .endsWith("}"),
                        line -> assertThat(line).isEmpty());
    }

    private static void assertCsv(ProbeOutcome outcome, String line) {
        assertThat(print(CsvFormat::new, outcome)).isEqualTo(line + "\n");
        assertThat(line.chars().filter(c -> c == ',')).hasSize(16);
    }

    @Test
    void csvHeaderNamesTheColumnsOfTheContractInTheOrderOfTheObject() {
        assertThat(print(output -> new CsvFormat(output).writeHeader()))
                .isEqualTo("target,status,rtt_ns,from,ttl,bytes,attempt,sent_at,error_name,error_type,error_code,"
                        + "error_from,error_errno,error_mtu,rtt_source,flags,name\n");
    }

    @Test
    void csvOfRepliesHasEmptyColumnsForErrors() {
        assertCsv(
                SampleOutcomes.replied("198.19.0.1", 41_250),
                "198.19.0.1,alive,41250,198.19.0.1,64,64,1,2026-01-01T00:00:00.000000001Z,,,,,,,user_tx_kernel_rx,,");
        assertCsv(
                SampleOutcomes.replied("198.19.0.9", 41_250),
                "198.19.0.9,alive,41250,198.19.0.9,64,64,1,2026-01-01T00:00:00.000000001Z,,,,,,,user_tx_kernel_rx,,"
                        + "bücher.example");
    }

    @Test
    void csvOfAnOddReplyHasItsFlagsInOneColumn() {
        assertCsv(
                SampleOutcomes.oddReply("198.19.0.1"),
                "198.19.0.1,alive,1,192.0.2.9,,24,2,2026-01-01T00:00:00.000000001Z,,,,,,,user_clock,"
                        + "damaged other_source,");
    }

    @Test
    void csvOfSilenceHasTheLastTry() {
        assertThat(print(CsvFormat::new, SampleOutcomes.timedOut("192.0.2.1")))
                .matches("192\\.0\\.2\\.1,timeout,,,,,[0-9],2026-01-01T00:00:00\\.000000001Z,,,,,,,,,\n");
        assertThat(print(CsvFormat::new, SampleOutcomes.droppedLocally("192.0.2.1")))
                .matches("192\\.0\\.2\\.1,dropped_locally,,,,,[0-9],2026-01-01T00:00:00\\.000000001Z,,,,,,,,,\n");
    }

    @Test
    void csvOfAnErrorHasItsNameNumbersAndSender() {
        assertThat(print(CsvFormat::new, SampleOutcomes.hostUnreachable("192.0.2.2", "192.0.2.3")))
                .startsWith("192.0.2.2,unreachable,,,,,")
                .endsWith(",host_unreachable,3,1,192.0.2.3,,,,,\n");
        assertThat(print(CsvFormat::new, SampleOutcomes.ttlExceededByNobody("192.0.2.4")))
                .startsWith("192.0.2.4,ttl_exceeded,,,,,")
                .endsWith(",ttl_exceeded,11,0,,,,,,\n");
    }

    @Test
    void csvOfAProbeThatWasNotSentHasTheErrnoIfThereIsOne() {
        assertCsv(SampleOutcomes.refused("192.0.2.6"), "192.0.2.6,send_failed,,,,,1,,ENETUNREACH,,,,101,,,,");
        assertCsv(SampleOutcomes.noFreeSlot("192.0.2.6"), "192.0.2.6,send_failed,,,,,,,no_free_slot,,,,,,,,");
    }

    @Test
    void csvQuotesWhatWouldBreakTheLine() {
        assertThat(print(CsvFormat::new, SampleOutcomes.timedOut("198.19.0.8")))
                .endsWith(",\"a \"\"name\"\", with\\x1b all\"\n");
    }
}
