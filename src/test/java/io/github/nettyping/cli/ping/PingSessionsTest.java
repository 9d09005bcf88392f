package io.github.nettyping.cli.ping;

import static io.github.nettyping.cli.ping.PingSamples.ENDLESS;
import static io.github.nettyping.cli.ping.PingSamples.TEXT;
import static io.github.nettyping.cli.ping.PingSamples.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.PingResult;
import io.github.nettyping.cli.format.SampleOutcomes;
import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.cli.output.ExitCode;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.cli.ping.iputils.PingLines;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.ProbeObserver.Rejection;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PingSessionsTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final StringBuilder printed = new StringBuilder();
    private final Output output = PingSamples.output(printed);
    private final List<IpAddress> foreigners = new ArrayList<>();
    private final PingSessions sessions = new PingSessions(channel.eventLoop(), foreigners::add);
    private final AtomicInteger starts = new AtomicInteger();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private IputilsPing add(String address, PingPlan plan) {
        PingLines lines = new PingLines(output, Optional.empty());
        IputilsPing.Console console = PingSamples.console(lines, new PrintWriter(new StringWriter()));
        IputilsPing session =
                new IputilsPing(channel.eventLoop(), PingSamples.host(address, address), plan, TEXT, console, 2);
        sessions.add(session);
        return session;
    }

    private void start(IputilsPing session) {
        session.start(any -> {
            starts.incrementAndGet();
            return new PingSession.Running(new CompletableFuture<>(), () -> {});
        });
    }

    private void answer(IputilsPing session, int probes) {
        for (int i = 1; i <= probes; i++) {
            session.onSent(i, 1, 0);
            session.onResult(new PingResult(i, reply(session.host().address().toString(), 1_000_000)));
        }
    }

    @Test
    void runIsOverWhenEachHostIs() {
        IputilsPing one = add("192.0.2.1", PingSamples.count(1));
        IputilsPing other = add("192.0.2.2", PingSamples.count(1));
        start(one);
        start(other);
        answer(one, 1);
        assertThat(sessions.over()).isNotDone();
        answer(other, 1);
        assertThat(sessions.over()).isDone();
    }

    @Test
    void everyHostMustAnswer() {
        IputilsPing one = add("192.0.2.1", ENDLESS);
        IputilsPing other = add("192.0.2.2", ENDLESS);
        start(one);
        start(other);
        answer(one, 1);
        assertThat(sessions.answered()).isEqualTo(ExitCode.UNANSWERED);
        answer(other, 1);
        assertThat(sessions.answered()).isEqualTo(ExitCode.OK);
    }

    @Test
    void withADeadlineSoManyTimesAsItIsCounted() {
        IputilsPing session = add("192.0.2.1", PingSamples.withDeadline(PingSamples.count(2), Duration.ofSeconds(9)));
        start(session);
        answer(session, 1);
        assertThat(sessions.answered()).isEqualTo(ExitCode.UNANSWERED);
        session.onSent(2, 1, 0);
        session.onResult(new PingResult(2, reply("192.0.2.1", 1)));
        assertThat(sessions.answered()).isEqualTo(ExitCode.OK);
    }

    @Test
    void interruptionReachesHostsThatAreYetToStart() {
        sessions.interrupt();
        IputilsPing late = add("192.0.2.1", ENDLESS);
        start(late);
        assertThat(sessions.over()).isDone();
        assertThat(starts).hasValue(0);
    }

    @Test
    void statisticsOfSeveralAreLedByTheirAddressesInTheOrderOfTheHosts() {
        start(add("2001:db8::1", ENDLESS));
        start(add("192.0.2.1", ENDLESS));
        StringBuilder text = new StringBuilder();
        sessions.printStatistics(false, Colour.NONE, text::append);
        assertThat(text.toString().lines())
                .containsExactly(
                        "",
                        "2001:db8::1: --- 2001:db8::1 ping statistics ---",
                        "2001:db8::1: 0 packets transmitted, 0 received",
                        "",
                        "",
                        "192.0.2.1: --- 192.0.2.1 ping statistics ---",
                        "192.0.2.1: 0 packets transmitted, 0 received",
                        "");
    }

    @Test
    void briefStatisticsOfSeveralAreALineForEach() {
        IputilsPing one = add("192.0.2.1", ENDLESS);
        start(one);
        start(add("192.0.2.2", ENDLESS));
        answer(one, 1);
        StringBuilder text = new StringBuilder();
        sessions.printStatistics(true, Colour.NONE, text::append);
        assertThat(text.toString().lines())
                .containsExactly(
                        "192.0.2.1: 1 packets transmitted, 1 received, 0% packet loss, time 0ms,"
                                + " rtt min/avg/max/mdev = 1.000/1.000/1.000/0.000 ms",
                        "192.0.2.2: 0 packets transmitted, 0 received");
    }

    @Test
    void whoAnswersForOthersIsToldOnceEachAndNotForEver() {
        for (int i = 1; i <= 20; i++) {
            sessions.onRejected(Rejection.WRONG_SOURCE, SampleOutcomes.address("192.0.2." + i));
            sessions.onRejected(Rejection.WRONG_SOURCE, SampleOutcomes.address("192.0.2." + i));
        }
        assertThat(foreigners).hasSize(8).startsWith(SampleOutcomes.address("192.0.2.1"));
    }

    @Test
    void packetWithAWrongChecksumIsCountedForItsHost() {
        IputilsPing one = add("192.0.2.1", ENDLESS);
        IputilsPing other = add("192.0.2.2", ENDLESS);
        sessions.onRejected(Rejection.CHECKSUM, SampleOutcomes.address("192.0.2.1"));
        sessions.onRejected(Rejection.TOKEN, SampleOutcomes.address("192.0.2.2"));
        sessions.onRejected(Rejection.CHECKSUM, SampleOutcomes.address("192.0.2.3"));
        assertThat(one.figures().corrupted()).isEqualTo(1);
        assertThat(other.figures().corrupted()).isZero();
    }
}
