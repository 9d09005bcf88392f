package io.github.nettyping.cli.fping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresTun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What fping 5.5 does and 5.1 does not: lines by its documents, {@code doc/fping.pod}, {@code doc/fping-json.md} and
 * {@code CHANGELOG.md}, and by its sources. Where the machine's fping is 5.5, it must print the same.
 */
@RequiresNamespaces
@RequiresTun
class FpingGoldenIT {

    private static FpingLab lab;
    private static boolean comparable;

    @BeforeAll
    static void build() throws Exception {
        lab = new FpingLab();
        comparable = lab.theirsIs(FpingOptionsReader.VERSION);
    }

    @AfterAll
    static void tearDown() {
        lab.close();
    }

    private static FpingLab.Result run(String line) throws Exception {
        if (comparable) {
            assertThat(lab.difference(FpingLab.words(line), "")).isEmpty();
        }
        return runOurs(line);
    }

    private static FpingLab.Result runOurs(String line) throws Exception {
        return lab.ours(FpingLab.words(line), "").normalised();
    }

    private static void assertOut(String line, int code, String out) throws Exception {
        assertThat(run(line)).as(line).isEqualTo(new FpingLab.Result(code, out, ""));
    }

    private static void assertUsage(String line) throws Exception {
        assertThat(run(line))
                .as(line)
                .isEqualTo(new FpingLab.Result(1, "", "Usage: fping [options] [targets...]\n(help)\n"));
    }

    private static void assertRefused(String line, String message) throws Exception {
        assertThat(run(line)).as(line).isEqualTo(new FpingLab.Result(1, "", message + '\n'));
    }

    @Test
    void theVersionIsTheOneItStandsInFor() throws Exception {
        assertOut("-v", 0, "fping: Version 5.5\n");
        assertOut("-a --version -z", 0, "fping: Version 5.5\n");
        assertThat(lab.ours("fping6", FpingLab.words("-v"), "").out()).isEqualTo("fping6: Version 5.5\n");
    }

    @Test
    void fping6MeansIpv6() throws Exception {
        assertThat(lab.ours("fping6", FpingLab.words("::1"), ""))
                .isEqualTo(new FpingLab.Result(0, "::1 is alive\n", ""));
        assertThat(lab.ours("fping6", FpingLab.words("127.0.0.1"), ""))
                .isEqualTo(new FpingLab.Result(2, "", "127.0.0.1: Address family for hostname not supported\n"));
        assertThat(lab.ours("fping6", FpingLab.words("-4"), "").err())
                .isEqualTo("fping6: can't specify both -4 and -6\n");
    }

    @Test
    void numbersAreNumbersToTheirEnd() throws Exception {
        for (String option : FpingLab.words("-c -C -b -H -r -x -X -k")) {
            for (String value : FpingLab.words("1x xxx -2 1.5 0x10 99999999999999999999")) {
                assertUsage(option + ' ' + value + " 127.0.0.1");
            }
        }
        for (String option : FpingLab.words("-B -i -p -t -Q --seqmap-timeout")) {
            for (String value : FpingLab.words("1x xxx -2 1,5,x")) {
                if (!(option + value).equals("-Q1,5,x")) {
                    assertUsage(option + ' ' + value + " 127.0.0.1");
                }
            }
        }
        assertUsage("-O 256 127.0.0.1");
        assertUsage("-O 0x100 127.0.0.1");
        assertUsage("-O 1x 127.0.0.1");
    }

    @Test
    void countsOverrideAliveAndUnreachable() throws Exception {
        for (String option : FpingLab.words("-a -u")) {
            assertThat(run(option + " -c 1 -t 40 127.0.0.1"))
                    .isEqualTo(new FpingLab.Result(
                            0,
                            "127.0.0.1 : [0], 64 bytes, T ms (T avg, 0% loss)\n",
                            "\n127.0.0.1 : xmt/rcv/%loss = 1/1/0%, min/avg/max = T/T/T\n"));
        }
    }

    @Test
    void limitsHaveTheirMessages() throws Exception {
        assertRefused("-b 65508 127.0.0.1", "fping: data size 65508 not valid, must not be larger than 65507");
        assertRefused("-J 127.0.0.1", "fping: option -J, --json requires -c, -C, or -l");
        assertRefused("--icmp-timestamp -b 12 127.0.0.1", "fping: cannot change ICMP Timestamp size");
        assertRefused("-6 --icmp-timestamp ::1", "fping: ICMP Timestamp is IPv4 only");
        assertRefused("--icmp-timestamp -6 ::1", "fping: can't specify both -4 and -6");
        assertRefused("-I nosuch 127.0.0.1", "binding to specific interface (SO_BINDTODEVICE): No such device");
        assertUsage("--timestamp-format=epoch 127.0.0.1");
    }

    /** Of the development version. */
    @Test
    void theDestinationOfAnAnswerIsToldWhereItIsKnown() throws Exception {
        assertThat(runOurs("--print-reply-dst --print-ttl 127.0.0.1").out())
                .isEqualTo("127.0.0.1 is alive (Reply-DST unknown) (TTL 64)\n");
        assertThat(runOurs("--print-reply-dst -S 127.0.0.3 127.0.0.1").out())
                .isEqualTo("127.0.0.1 is alive (Reply-DST 127.0.0.3)\n");
        assertThat(runOurs("-J --print-reply-dst -c 1 ::1").out()).contains(", \"replyDst\": \"not supported\"}}\n");
    }

    /** Of the development version. */
    @Test
    void theInterfaceToSendByIsAnOptionOfItsOwn() throws Exception {
        assertThat(runOurs("--oiface lo -c 1 -q 127.0.0.1").code()).isZero();
        assertThat(runOurs("-I lo --oiface lo 127.0.0.1").err())
                .isEqualTo("fping: specify only --oiface or -I, --iface\n");
        assertThat(runOurs("--oiface nosuch 127.0.0.1").err()).isEqualTo("fping: unknown interface 'nosuch'\n");
    }

    @Test
    void rangesMayBeIpv6() throws Exception {
        assertOut("-g fd00:19::/126 -a -i 1", 0, "fd00:19::\nfd00:19::1\nfd00:19::2\nfd00:19::3\n");
        assertOut("-g fd00:19::e fd00:19::11 -a -i 1", 0, "fd00:19::e\nfd00:19::f\nfd00:19::10\nfd00:19::11\n");
        assertOut("-g ::1 ::1", 0, "::1 is alive\n");
        assertRefused("-g fd00:19::/64", "fping: netmask must be between 65 and 128 (is: 64)");
        assertRefused("-g fd00:19::/129", "fping: netmask must be between 65 and 128 (is: 129)");
        assertRefused("-g fd00:19::/110", "fping: -g parameter generates too many addresses");
        assertRefused("-g fd00::1 fd01::1", "fping: -g parameter generates too many addresses");
        assertRefused("-g 10.0.0.0 10.2.0.0", "fping: -g parameter generates too many addresses");
        assertRefused("-g fe80::1%lo fe80::2", "fping: different scopes for start and end addresses");
        assertRefused("-g fe80::/120%lo", "fping: address scope must precede prefix length");
        assertRefused("-g 127.0.0.1 ::1", "fping: can't parse address ::1: Address family for hostname not supported");
    }

    @Test
    void longWordsOfFilesAreRefusedAndLongLinesAreNot() throws Exception {
        String word = "a".repeat(256);
        assertThat(lab.ours(FpingLab.words("-a"), word + '\n'))
                .isEqualTo(new FpingLab.Result(1, "", "fping: target name too long\n"));
        assertThat(lab.ours(FpingLab.words("-a"), "127.0.0.1 " + word + word + "\n#" + word + word + "\n127.0.0.2"))
                .isEqualTo(new FpingLab.Result(0, "127.0.0.1\n127.0.0.2\n", ""));
    }

    @Test
    void errorsOfIpv6AreTold() throws Exception {
        String tail = " from fd00:19::fe for ICMPv6 Echo Request sent to fd00:19::3";
        assertThat(run("-r0 -t 40 fd00:19::30").err())
                .isEqualTo("ICMPv6 Destination Unreachable (Address unreachable)" + tail + "0\n");
        assertThat(run("-r0 -t 40 fd00:19::31").err())
                .isEqualTo("ICMPv6 Time Exceeded (Hop limit exceeded in transit)" + tail + "1\n");
        assertThat(run("-r0 -t 40 fd00:19::32").err())
                .isEqualTo("ICMPv6 Destination Unreachable (Error in P-Route)" + tail + "2\n");
    }

    @Test
    void answersTellTheirHeaders() throws Exception {
        assertOut("--print-ttl --print-tos 127.0.0.1", 0, "127.0.0.1 is alive (TOS 0) (TTL 64)\n");
        assertOut("-a -e --print-ttl ::1", 0, "::1 (TTL 64) (T ms)\n");
        assertThat(run("-O 32 --print-tos -c 1 127.0.0.1").out())
                .isEqualTo("127.0.0.1 : [0], 64 bytes, T ms (T avg, 0% loss) (TOS 32)\n");
    }

    @Test
    void otherSourcesCanBeRefused() throws Exception {
        assertThat(run("-r0 -t 40 198.19.0.41"))
                .isEqualTo(new FpingLab.Result(0, "198.19.0.41 is alive\n", " [<- 198.19.0.201]"));
        assertOut("-r0 -t 40 --check-source 198.19.0.41", 1, "198.19.0.41 is unreachable\n");
    }

    @Test
    void theFirstAnswersMayBeEnough() throws Exception {
        assertOut(
                "-X 1 -t 60000 -r 0 127.0.0.1 198.19.0.20", 0, "Enough hosts reachable (required: 1, reachable: 1)\n");
        assertOut(
                "-X 2 -t 40 -r 0 127.0.0.1 198.19.0.20", 1, "Not enough hosts reachable (required: 2, reachable: 1)\n");
    }

    @Test
    void jsonIsThatOfTheDocument() throws Exception {
        assertOut("-J -c 1 -o -s --print-ttl --print-tos 127.0.0.1", 0, """
                        {"resp": {"host": "127.0.0.1", "seq": 0, "size": 64, "rtt": T, "tos": 0, "ttl": 64}}
                        {"summary": {"host": "127.0.0.1", "xmt": 1, "rcv": 1, "loss": 0, "outage(ms)": 0, \
                        "rttMin": T, "rttAvg": T, "rttMax": T}}
                        {"stats": {"targets": 1, "alive": 1, "unreachable": 0, "unknownAddresses": 0, "timeouts": 0, \
                        "icmpEchosSent": 1, "icmpEchoRepliesReceived": 1, "otherIcmpReceived": 0, \
                        "rttMin": T, "rttAvg": T, "rttMax": T, "elapsed": SECONDS}}
                        """);
        assertOut("-J -C 2 -p 35 198.19.0.20", 1, """
                {"timeout": {"host": "198.19.0.20", "seq": 0}}
                {"timeout": {"host": "198.19.0.20", "seq": 1}}
                {"vSum": {"host": "198.19.0.20", "values": [null, null]}}
                """);
        assertThat(run("-J -c 2 -p 400 -t 50 -Q 0.3 -o 198.19.0.20")
                        .out()
                        .lines()
                        .findFirst()
                        .orElseThrow())
                .matches("\\{\"intSum\": \\{\"time\": SECONDS,\"host\": \"198\\.19\\.0\\.20\", \"xmt\": 1, \"rcv\": 0,"
                        + " \"loss\": 100, \"outage\\(ms\\)\": 400}}");
    }

    @Test
    void jsonTellsOfNamesThatAreNotFound() throws Exception {
        String warning = "{\"warning\": {\"host\": \"-\", \"message\": \"Name or service not known\"}}\n";
        assertThat(run("-J -c 1 -")).isEqualTo(new FpingLab.Result(2, warning, "-: Name or service not known\n"));
        assertOut("-J -c 1 -q -", 2, warning);
        // fping itself leaves the quotation mark as it is.
        assertThat(runOurs("-J -c 1 -q a\"b").out()).startsWith("{\"warning\": {\"host\": \"a\\\"b\", ");
    }

    @Test
    void onlyAddressesOfALinkHaveAnInterfaceForAScope() throws Exception {
        assertThat(run("::1%lo")).isEqualTo(new FpingLab.Result(2, "", "::1%lo: Name or service not known\n"));
        assertThat(run("fd00:19::1%lo").code()).isEqualTo(2);
        assertThat(run("-r0 -t 30 ff02::1%lo").out()).isEqualTo("ff02::1%lo is unreachable\n");
    }

    @Test
    void anAnswerMayBeTooLateHoweverEarlyItIs() throws Exception {
        assertOut("-t 0 -r 1 127.0.0.1", 1, "127.0.0.1 is unreachable\n");
        assertOut("-J -t 0 -c 1 127.0.0.1", 1, """
                {"timeout": {"host": "127.0.0.1", "seq": 0}}
                {"summary": {"host": "127.0.0.1", "xmt": 1, "rcv": 0, "loss": 100}}
                """);
    }

    @Test
    void timesHaveThreeFormats() throws Exception {
        String rest = "127.0.0.1 : [0], 64 bytes, ";
        assertThat(run("-D -c 1 127.0.0.1").out()).startsWith("[TIME] " + rest);
        assertThat(run("-D --timestamp-format=ctime -c 1 127.0.0.1").out())
                .matches("(?s)\\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ 1-3][0-9] [0-9:]{8} [0-9]{4}\\] 127.*");
        assertThat(run("-D --timestamp-format iso -c 1 127.0.0.1").out())
                .matches("(?s)\\[[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}[+-][0-9]{4}\\] 127.*");
        assertThat(run("-D --timestamp-format=rfc3339 -c 1 127.0.0.1").out())
                .matches("(?s)\\[[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}\\] 127.*");
    }

    @Test
    void reportsMayBeCumulative() throws Exception {
        assertThat(run("-c 3 -p 1000 -t 100 -Q 0.8,cumulative 198.19.0.20").err())
                .isEqualTo("""
                        [CLOCK]
                        198.19.0.20 : xmt/rcv/%loss = 1/0/100%
                        [CLOCK]
                        198.19.0.20 : xmt/rcv/%loss = 2/0/100%
                        198.19.0.20 : xmt/rcv/%loss = 3/0/100%
                        """);
    }

    @Test
    void netdataHasNoHostsInTitles() throws Exception {
        assertThat(run("-c 2 -p 100 -N -Q 0.05 127.0.0.1").out()).startsWith("""
                        CHART fping.127_0_0_1_packets '' 'FPing Packets' packets '127.0.0.1' fping.packets line 110020 0
                        DIMENSION xmt sent absolute 1 1
                        DIMENSION rcv received absolute 1 1
                        BEGIN fping.127_0_0_1_packets
                        SET xmt = 1
                        SET rcv = 1
                        END
                        CHART fping.127_0_0_1_quality '' 'FPing Quality' percentage '127.0.0.1' fping.quality area 110010 0
                        """);
    }

    @Test
    void clocksOfHostsCanBeAsked() throws Exception {
        assertThat(run("--icmp-timestamp -c 1 127.0.0.1").out())
                .matches("127\\.0\\.0\\.1 : \\[0\\], 20 bytes, T ms \\(T avg, 0% loss\\), timestamps:"
                        + " Originate=T Receive=T Transmit=T Localreceive=T\n");
        assertThat(run("--icmp-timestamp -a 127.0.0.1").out())
                .matches("127\\.0\\.0\\.1 timestamps: Originate=T Receive=T Transmit=T Localreceive=T\n");
        assertOut("--icmp-timestamp -r 1 -t 30 198.19.0.1", 1, "198.19.0.1 is unreachable\n");
    }

    // Where fping is wrong.

    @Test
    void aCopyIsNoSecondProbe() throws Exception {
        assertThat(runOurs("-c 2 -p 60 -q 198.19.0.40").err())
                .isEqualTo("198.19.0.40 : xmt/rcv/%loss = 2/2/0%, min/avg/max = T/T/T\n");
    }

    @Test
    void moreThan65536AreAskedAtOnce() throws Exception {
        lab.namespace().answerAll("10.0.0.0/8");
        FpingLab.Result result = lab.ours(FpingLab.words("-g 10.0.0.0 10.1.255.255 -a -q -i0 -r0 -t2000"), "");
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines().distinct().count()).isEqualTo(131_072);
    }
}
