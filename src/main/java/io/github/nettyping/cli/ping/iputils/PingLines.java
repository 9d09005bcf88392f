package io.github.nettyping.cli.ping.iputils;

import io.github.nettyping.cli.format.AddressText;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.cli.target.PeerNames;
import io.github.nettyping.internal.VisibleText;
import io.github.nettyping.packet.IpAddress;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The lines about one host on their way out, in order: one that waits for a name holds back those behind it. Confined to
 * the event loop.
 */
public final class PingLines {

    private final Output output;
    private final Optional<PeerNames> names;
    private final AddressText addresses = new AddressText();
    private final StringBuilder text = new StringBuilder();
    private final Queue<PingLine> queue = new ArrayDeque<>();
    private PeerNames.@Nullable Lookup awaited;
    private boolean hurried;
    private Runnable onEmpty = () -> {};

    /** Without names, hosts stand as numbers. */
    public PingLines(Output output, Optional<PeerNames> names) {
        this.output = output;
        this.names = names;
    }

    public void add(PingLine line) {
        // Asked for now, not when its turn comes: so no line waits for more than one name.
        line.hosts().forEach(this::lookup);
        queue.add(line);
        drain();
    }

    /** Prints all that waits and whatever follows without waiting; hosts whose names are not known yet as numbers. */
    public void hurry() {
        hurried = true;
        drain();
    }

    public void whenEmpty(Runnable action) {
        onEmpty = action;
        drain();
    }

    private Optional<PeerNames.Lookup> lookup(IpAddress host) {
        return names.map(known -> known.of(host));
    }

    private void drain() {
        for (PingLine line = queue.peek(); line != null; line = queue.peek()) {
            Optional<PeerNames.Lookup> unknown = line.hosts().stream()
                    .flatMap(host -> lookup(host).stream())
                    .filter(lookup -> !lookup.isOver())
                    .findFirst();
            if (unknown.isPresent() && !hurried) {
                await(unknown.get());
                return;
            }
            queue.remove();
            print(line);
        }
        Runnable action = onEmpty;
        onEmpty = () -> {};
        action.run();
    }

    private void await(PeerNames.Lookup lookup) {
        if (awaited != lookup) {
            awaited = lookup;
            lookup.whenOver(this::drain);
        }
    }

    private void print(PingLine line) {
        text.setLength(0);
        text.append(line.texts().get(0));
        for (int i = 0; i < line.hosts().size(); i++) {
            appendHost(line.hosts().get(i));
            text.append(line.texts().get(i + 1));
        }
        output.append(text.append('\n'));
    }

    private void appendHost(IpAddress host) {
        Optional<String> name = lookup(host).flatMap(PeerNames.Lookup::name);
        if (name.isPresent()) {
            appendVisible(name.get());
            addresses.append(text.append(" ("), host);
            text.append(')');
        } else {
            addresses.append(text, host);
        }
    }

    /** Prints part of a line, between whole ones. */
    public void mark(String part) {
        output.append(part);
    }

    /** Whoever owns an address chooses its name. */
    private void appendVisible(String name) {
        text.append(VisibleText.of(name));
    }
}
