package io.github.nettyping.cli.ping;

import io.github.nettyping.cli.format.AddressText;
import io.github.nettyping.cli.format.JsonObject;
import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.cli.output.ExitCode;
import io.github.nettyping.cli.ping.iputils.PingStatisticsText;
import io.github.nettyping.internal.VisibleText;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.ProbeObserver;
import io.netty.channel.EventLoop;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** All hosts of a run, in the order of the command line. Confined to the event loop. */
final class PingSessions implements ProbeObserver {

    /** After so many hosts that answer for others, the next ones are no news. */
    private static final int MOST_FOREIGNERS = 8;

    private final EventLoop loop;
    private final Consumer<IpAddress> foreigner;
    private final Map<IpAddress, PingSession> sessions = new LinkedHashMap<>();
    private final Set<IpAddress> foreigners = new HashSet<>();
    private boolean interrupted;

    /**
     * Without any hosts yet.
     *
     * @param foreigner takes each source that a reply was not accepted from, once, on the event loop
     */
    PingSessions(EventLoop loop, Consumer<IpAddress> foreigner) {
        this.loop = loop;
        this.foreigner = foreigner;
    }

    void add(PingSession session) {
        sessions.put(session.host().address(), session);
        if (interrupted) {
            session.interrupt();
        }
    }

    Collection<PingSession> all() {
        return sessions.values();
    }

    /** Called by the event loop of any of the hosts. */
    @Override
    public void onRejected(Rejection reason, IpAddress from) {
        if (reason == Rejection.CHECKSUM || reason == Rejection.WRONG_SOURCE) {
            if (loop.inEventLoop()) {
                rejected(reason, from);
            } else {
                loop.execute(() -> rejected(reason, from));
            }
        }
    }

    private void rejected(Rejection reason, IpAddress from) {
        if (reason == Rejection.WRONG_SOURCE) {
            if (foreigners.size() < MOST_FOREIGNERS && foreigners.add(from)) {
                foreigner.accept(from);
            }
        } else if (sessions.containsKey(from)) {
            sessions.get(from).onCorrupted();
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

    /** Prints the closing lines, with their ends; {@code brief}: one for each of several hosts. */
    void printStatistics(boolean brief, Colour colour, Consumer<String> out) {
        for (PingSession session : sessions.values()) {
            PingHost host = session.host();
            if (brief && sessions.size() > 1) {
                String name = host.isNamed() ? " (" + VisibleText.of(host.word()) + "): " : ": ";
                out.accept(AddressText.of(host.address())
                        + name
                        + PingStatisticsText.lineOf(session.figures(), colour)
                        + '\n');
                continue;
            }
            String lead = lead(host, sessions.size());
            for (String line : PingStatisticsText.of(session.figures(), colour)) {
                out.accept((line.isEmpty() ? "" : lead + line) + '\n');
            }
        }
    }

    /** Hands over an object for each host. */
    void statistics(Consumer<JsonObject> out) {
        sessions.values().forEach(session -> out.accept(PingStatisticsJson.of(session.host(), session.tally())));
    }

    /** Returns what each line about one of several hosts begins with. */
    static String lead(PingHost host, int hosts) {
        return hosts == 1 ? "" : AddressText.of(host.address()) + ": ";
    }
}
