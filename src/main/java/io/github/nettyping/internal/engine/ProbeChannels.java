package io.github.nettyping.internal.engine;

import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The channels of one event loop, one for each family, that share what may be in flight. Opened in the constructor's
 * thread; confined to the event loop but for {@link #open}, {@link #kinds} and {@link #maxInFlight}.
 */
public final class ProbeChannels {

    private final Map<IpFamily, ProbeChannel> byFamily = new EnumMap<>(IpFamily.class);
    private final ProbeChannel[] all;
    private final Set<SocketKind> kinds = EnumSet.noneOf(SocketKind.class);
    private final int maxInFlight;

    /**
     * Opens the sockets.
     *
     * @param maxInFlight what all of them may have in flight together; lowered to what the receive buffer of each holds
     * @param opener      makes the channel of a family
     */
    public ProbeChannels(Set<IpFamily> families, int maxInFlight, Function<IpFamily, ProbeChannel> opener) {
        int window = maxInFlight;
        try {
            for (IpFamily family : families) {
                ProbeChannel channel = opener.apply(family);
                byFamily.put(family, channel);
                kinds.add(channel.kind());
                window = Math.min(window, channel.maxInFlight());
            }
        } catch (RuntimeException e) {
            byFamily.values().forEach(ProbeChannel::close);
            throw e;
        }
        this.all = byFamily.values().toArray(ProbeChannel[]::new);
        this.maxInFlight = window;
    }

    public Set<SocketKind> kinds() {
        return kinds;
    }

    public int maxInFlight() {
        return maxInFlight;
    }

    /**
     * Enters the event loop.
     *
     * @param whenOpen run there when probes can be written
     * @param failed   told there, or in any thread if the loop has ended, why they cannot
     */
    public void open(EventLoop loop, ProbeChannelOwner owner, Runnable whenOpen, Consumer<Throwable> failed) {
        List<ChannelFuture> opening = new ArrayList<>(all.length);
        for (ProbeChannel channel : all) {
            opening.add(channel.open(loop, owner));
        }
        LoopTasks.execute(
                loop,
                () -> await(loop, opening, 0, whenOpen, failed),
                () -> failed.accept(new ClosedChannelException()));
    }

    private static void await(
            EventLoop loop, List<ChannelFuture> opening, int index, Runnable whenOpen, Consumer<Throwable> failed) {
        if (index == opening.size()) {
            whenOpen.run();
            return;
        }
        opening.get(index).addListener(future -> {
            if (future.isSuccess()) {
                await(loop, opening, index + 1, whenOpen, failed);
            } else {
                LoopTasks.runOn(loop, () -> failed.accept(future.cause()));
            }
        });
    }

    /** Returns the channel for probes to an address. */
    public ProbeChannel of(IpAddress target) {
        ProbeChannel channel = byFamily.get(target.family());
        if (channel == null) {
            throw new IllegalStateException("a target of a family the set does not have: " + target);
        }
        return channel;
    }

    /** Makes room for replies to probes with so long a payload. */
    public void fit(int payloadBytes) {
        for (ProbeChannel channel : all) {
            channel.fit(payloadBytes);
        }
    }

    public void flush() {
        for (ProbeChannel channel : all) {
            channel.flush();
        }
    }

    /** Returns how many further tries wait to be written, if they are written on demand. */
    public int triesDue() {
        int due = 0;
        for (ProbeChannel channel : all) {
            due += channel.triesDue();
        }
        return due;
    }

    /** Writes up to so many of them, and does not flush; returns how many. The observer may end everything meanwhile. */
    public int writeTries(int max) {
        int written = 0;
        for (ProbeChannel channel : all) {
            written += channel.writeTries(max - written);
        }
        return written;
    }

    /** Returns the sums of what was counted. */
    public CorrelatorStatistics statistics() {
        return Arrays.stream(all)
                .map(ProbeChannel::statistics)
                .reduce(CorrelatorStatistics.EMPTY, CorrelatorStatistics::plus);
    }

    /** Returns how many packets this host has received and dropped. */
    public long drops() {
        return Arrays.stream(all).mapToLong(ProbeChannel::drops).sum();
    }

    /** Returns the interfaces that lost their carrier, or changed state or MTU, while probes by them waited. */
    public Set<String> interfacesLost() {
        Set<String> names = new TreeSet<>();
        for (ProbeChannel channel : all) {
            names.addAll(channel.interfacesLost());
        }
        return names;
    }

    /** Returns how often a packet had to wait, for this host could not send it at once. */
    public long sendWaits() {
        return Arrays.stream(all).mapToLong(ProbeChannel::sendWaits).sum();
    }

    /** Closes them, also before {@link #open}. */
    public void close() {
        for (ProbeChannel channel : all) {
            channel.close();
        }
    }
}
