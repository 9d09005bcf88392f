package io.github.nettyping.internal.engine;

import io.github.nettyping.channel.IcmpUnavailableException;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.ProbeObserver;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiFunction;

/** The channels of a pinger, one for each family whose socket can be had. Made and opened by one thread, see {@link ProbeChannel}. */
public final class PingerChannels {

    /** A channel and the dispatcher that feeds it. */
    private record Member(ProbeChannel channel, Dispatcher dispatcher) {}

    private final PingerCore core;
    private final List<Member> members = new ArrayList<>();

    /**
     * Opens the sockets, and gives the core a sender for each family.
     *
     * @param families at least one
     * @param opener   makes the channel of a family
     * @param observer is not to throw
     * @param inFlight counts the probes of all channels of the observer
     * @throws IcmpUnavailableException      if the kernel refuses the sockets of all families
     * @throws UnsupportedOperationException if this machine cannot run nettyping at all
     */
    public PingerChannels(
            PingerCore core,
            Set<IpFamily> families,
            BiFunction<IpFamily, ProbeObserver, ProbeChannel> opener,
            int maxWaiting,
            ProbeObserver observer,
            SharedObserver.InFlight inFlight) {
        this.core = core;
        List<IcmpUnavailableException> refusals = new ArrayList<>();
        try {
            for (IpFamily family : families) {
                try {
                    ProbeChannel channel = opener.apply(family, new RequestObserver(observer, inFlight));
                    Dispatcher.Limits limits =
                            new Dispatcher.Limits(channel.receiveBufferBytes(), channel.maxInFlight(), maxWaiting);
                    Dispatcher dispatcher = new Dispatcher(core.loop(), channel, limits, observer, core::close);
                    members.add(new Member(channel, dispatcher));
                    core.sender(family, dispatcher);
                } catch (IcmpUnavailableException e) {
                    refusals.add(e);
                    core.sender(family, new RefusedFamily(refusal(e), observer));
                }
            }
        } catch (RuntimeException e) {
            closeAll();
            throw e;
        }
        if (members.isEmpty()) {
            IcmpUnavailableException first = refusals.get(0);
            refusals.subList(1, refusals.size()).forEach(first::addSuppressed);
            throw first;
        }
    }

    /** Returns what the kernel said when it refused a socket. */
    public static SystemCallException refusal(IcmpUnavailableException e) {
        if (e.getCause() instanceof SystemCallException cause) {
            return cause;
        }
        throw e;
    }

    /**
     * Enters the event loop.
     *
     * @param wait whether to wait until probes can be sent, unless this is its thread
     * @throws RuntimeException if that fails; all is closed then
     */
    public void open(boolean wait) {
        List<ChannelFuture> opening = new ArrayList<>(members.size());
        for (Member member : members) {
            opening.add(member.channel().open(core.loop(), member.dispatcher()));
        }
        if (core.loop().inEventLoop()) {
            listen(opening);
        } else {
            // There: a future that is complete could not tell a listener from here if the loop's queue were full.
            core.execute(() -> listen(opening), this::closeAll);
            if (wait) {
                opening.forEach(this::await);
            }
        }
    }

    /** Closes the sockets before {@link #open}. */
    public void abandon() {
        closeAll();
    }

    private void listen(List<ChannelFuture> opening) {
        for (int i = 0; i < opening.size(); i++) {
            Dispatcher dispatcher = members.get(i).dispatcher();
            opening.get(i).addListener(future -> {
                if (future.isSuccess()) {
                    dispatcher.opened();
                } else {
                    ClosedChannelException cause = new ClosedChannelException();
                    cause.initCause(future.cause());
                    core.close(cause);
                }
            });
        }
    }

    private void await(ChannelFuture opening) {
        Throwable cause = opening.awaitUninterruptibly().cause();
        if (cause == null) {
            return;
        }
        core.execute(() -> core.close(new ClosedChannelException()), () -> {
            closeAll();
            core.over();
        });
        // The sockets are gone when the caller learns of it.
        core.end().join();
        throw cause instanceof RuntimeException e ? e : new ChannelException(cause.getMessage(), cause);
    }

    private void closeAll() {
        members.forEach(member -> member.channel().close());
    }

    /** Returns the identifier of a family's echo requests, once open. From any thread. */
    public OptionalInt identifier(IpFamily family) {
        for (Member member : members) {
            if (member.channel().family() == family) {
                return member.channel().identifier();
            }
        }
        return OptionalInt.empty();
    }

    /** Returns the sums of what the channels have counted; on the event loop. */
    public CorrelatorStatistics statistics() {
        return members.stream()
                .map(member -> member.channel().statistics())
                .reduce(CorrelatorStatistics.EMPTY, CorrelatorStatistics::plus);
    }
}
