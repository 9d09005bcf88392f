package io.github.nettyping.cli.trace;

import io.github.nettyping.cli.output.Output;
import io.github.nettyping.cli.target.PeerNames;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.trace.Hop;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Reports on their way out as text: one that waits for names lets others pass. Confined to the event loop.
 *
 * <p>A resolver may be slow and targets may be many: if too many reports wait, the oldest is printed with those names that
 * are known.
 */
final class TraceLines implements TraceFormat {

    /** Each takes a few kilobytes. */
    static final int MOST_WAITING = 256;

    private record Waiting(TraceReport report, Map<IpAddress, PeerNames.Lookup> lookups) {

        boolean isReady() {
            return lookups.values().stream().allMatch(PeerNames.Lookup::isOver);
        }

        Optional<String> name(IpAddress address) {
            return Optional.ofNullable(lookups.get(address)).flatMap(PeerNames.Lookup::name);
        }
    }

    private final Output output;
    private final TraceLayout text;
    private final Optional<PeerNames> names;
    private final StringBuilder lines = new StringBuilder();
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    /** So that each calls back once, whatever the number of reports. */
    private final Set<PeerNames.Lookup> awaited = new HashSet<>();

    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private boolean ending;

    /** Without names, hosts stand as numbers. */
    TraceLines(Output output, TraceLayout text, Optional<PeerNames> names) {
        this.output = output;
        this.text = text;
        this.names = names;
    }

    @Override
    public void expect(Hop hop) {
        names.ifPresent(known -> hop.from().forEach(known::of));
    }

    @Override
    public void write(TraceReport report) {
        Waiting entry = new Waiting(report, lookups(report));
        if (entry.isReady()) {
            print(entry);
            return;
        }
        waiting.add(entry);
        entry.lookups().values().forEach(this::await);
        if (waiting.size() > MOST_WAITING) {
            print(waiting.remove());
        }
    }

    @Override
    public CompletableFuture<Void> over() {
        ending = true;
        completeIfOver();
        return over;
    }

    private Map<IpAddress, PeerNames.Lookup> lookups(TraceReport report) {
        Map<IpAddress, PeerNames.Lookup> lookups = new HashMap<>();
        names.ifPresent(known -> {
            for (Hop hop : report.hops()) {
                hop.from().forEach(address -> lookups.computeIfAbsent(address, known::of));
            }
        });
        return lookups;
    }

    private void await(PeerNames.Lookup lookup) {
        if (!lookup.isOver() && awaited.add(lookup)) {
            lookup.whenOver(() -> {
                awaited.remove(lookup);
                printReady();
            });
        }
    }

    private void printReady() {
        for (Iterator<Waiting> entries = waiting.iterator(); entries.hasNext(); ) {
            Waiting entry = entries.next();
            if (entry.isReady()) {
                entries.remove();
                print(entry);
            }
        }
        completeIfOver();
    }

    private void print(Waiting entry) {
        lines.setLength(0);
        text.append(lines, entry.report(), entry::name);
        output.append(lines);
    }

    private void completeIfOver() {
        if (ending && waiting.isEmpty()) {
            over.complete(null);
        }
    }
}
