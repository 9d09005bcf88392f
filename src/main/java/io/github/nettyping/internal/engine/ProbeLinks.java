package io.github.nettyping.internal.engine;

import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.channel.SocketSettings;
import io.github.nettyping.correlation.LinkExcuse;
import io.github.nettyping.internal.route.LinkHistory;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SendOptions;
import io.github.nettyping.probe.Probe;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the interfaces went through that the probes of a channel leave by. Begun in the thread that opens the sockets; confined
 * to the channel's event loop from then on.
 */
final class ProbeLinks implements LinkExcuse {

    private final @Nullable LinkHistory history;
    private final Optional<String> device;
    private final OptionalInt mark;

    private ProbeLinks(@Nullable LinkHistory history, SocketSettings sockets) {
        this.history = history;
        this.device = Optional.ofNullable((String) sockets.channelOptions().get(IcmpChannelOption.INTERFACE));
        Integer socketMark = (Integer) sockets.channelOptions().get(IcmpChannelOption.MARK);
        this.mark = socketMark == null ? OptionalInt.empty() : OptionalInt.of(socketMark);
    }

    /** Begins, if there is anything to learn; where the kernel does not tell, nothing is excused. */
    static ProbeLinks begin(SocketSettings sockets, boolean wanted) {
        return new ProbeLinks(wanted ? LinkHistory.begin().orElse(null) : null, sockets);
    }

    @Override
    public Optional<String> disturbedLink(Probe probe, long sentNanos, long timeoutNanos, long now) {
        if (history == null) {
            return Optional.empty();
        }
        SendOptions options = probe.options().sendOptions();
        OptionalInt index = options.interfaceIndex();
        if (index.isEmpty() && device.isPresent()) {
            index = history.index(device.get());
        }
        return history.disturbance(
                probe.target(),
                index,
                options.mark().isPresent() ? options.mark() : mark,
                sentNanos,
                timeoutNanos,
                now);
    }

    @Override
    public boolean isThisHost(IpAddress address) {
        return history != null && history.isThisHost(address);
    }

    /** Returns the names of the interfaces that have been an excuse. */
    Set<String> disturbed() {
        return history == null ? Set.of() : history.disturbed();
    }

    void close() {
        if (history != null) {
            history.close();
        }
    }
}
