package io.github.nettyping.cli.ping;

import io.github.nettyping.cli.format.AddressText;
import io.github.nettyping.cli.output.ExitCode;
import io.github.nettyping.cli.ping.iputils.PingStatisticsText;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.ProbeObserver;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** All hosts of a run, in the order of the command line. Confined to the event loop. */
final class PingSessions implements ProbeObserver {

    private final Map<IpAddress, PingSession> sessions = new LinkedHashMap<>();
    private boolean interrupted;

    void add(PingSession session) {
        sessions.put(session.host().address(), session);
        if (interrupted) {
            session.interrupt();
        }
    }

    Collection<PingSession> all() {
        return sessions.values();
    }

    @Override
    public void onRejected(Rejection reason, IpAddress from) {
        PingSession session = sessions.get(from);
        if (reason == Rejection.CHECKSUM && session != null) {
            session.onCorrupted();
        }
    }

    /** Ends all of them at once, also those that are yet to be added. */
    void interrupt() {
        interrupted = true;
        sessions.values().forEach(PingSession::interrupt);
    }

    CompletableFuture<Void> over() {
        return CompletableFuture.allOf(
                sessions.values().stream().map(PingSession::over).toArray(CompletableFuture<?>[]::new));
    }

    /** Tells whether a series broke off although nobody wanted it to. */
    boolean isCutOff() {
        return sessions.values().stream().anyMatch(PingSession::isCutOff);
    }

    ExitCode answered() {
        boolean all = sessions.values().stream()
                .allMatch(session -> session.plan().isAnswered(session.tally().received()));
        return all ? ExitCode.OK : ExitCode.UNANSWERED;
    }

    /** Prints the closing lines, with their ends. */
    void printStatistics(Consumer<String> out) {
        for (PingSession session : sessions.values()) {
            String lead = lead(session.host(), sessions.size());
            for (String line : PingStatisticsText.of(session.figures())) {
                out.accept((line.isEmpty() ? "" : lead + line) + '\n');
            }
        }
    }

    /** Returns what each line about one of several hosts begins with. */
    static String lead(PingHost host, int hosts) {
        return hosts == 1 ? "" : AddressText.of(host.address()) + ": ";
    }
}
