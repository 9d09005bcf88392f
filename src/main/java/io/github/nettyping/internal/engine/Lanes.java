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

/** The lanes of a pinger, one for each family whose socket can be had. Made and opened by one thread, see {@link Lane}. */
public final class Lanes {

    /** A lane and the dispatcher that feeds it. */
    private record Road(Lane lane, Dispatcher dispatcher) {}

    private final PingerCore core;
    private final List<Road> roads = new ArrayList<>();

    /** Opens the sockets of a pinger that has no others. */
    public Lanes(
            PingerCore core,
            Set<IpFamily> families,
            BiFunction<IpFamily, ProbeObserver, Lane> opener,
            int maxWaiting,
            ProbeObserver observer) {
        this(core, families, opener, maxWaiting, observer, new LaneObserver.InFlight());
    }

    /**
     * Opens the sockets, and gives the core a sender for each family.
     *
     * @param families at least one
     * @param opener   makes the lane of a family
     * @param observer is not to throw
     * @param inFlight counts the probes of all lanes of the observer
     * @throws IcmpUnavailableException      if the kernel refuses the sockets of all families
     * @throws UnsupportedOperationException if this machine cannot run nettyping at all
     */
    public Lanes(
            PingerCore core,
            Set<IpFamily> families,
            BiFunction<IpFamily, ProbeObserver, Lane> opener,
            int maxWaiting,
            ProbeObserver observer,
            LaneObserver.InFlight inFlight) {
        this.core = core;
        List<IcmpUnavailableException> refusals = new ArrayList<>();
        try {
            for (IpFamily family : families) {
                try {
                    Lane lane = opener.apply(family, new RequestObserver(observer, inFlight));
                    Dispatcher.Limits limits =
                            new Dispatcher.Limits(lane.receiveBufferBytes(), lane.maxInFlight(), maxWaiting);
                    Dispatcher dispatcher = new Dispatcher(core.loop(), lane, limits, observer, core::close);
                    roads.add(new Road(lane, dispatcher));
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
        if (roads.isEmpty()) {
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
     * Enters the event loop, and waits until probes can be sent, unless this is its thread.
     *
     * @throws RuntimeException if that fails; all is closed then
     */
    public void open() {
        open(true);
    }

    /** As {@link #open()}; {@code wait} tells whether to wait. */
    public void open(boolean wait) {
        List<ChannelFuture> opening = new ArrayList<>(roads.size());
        for (Road road : roads) {
            opening.add(road.lane().open(core.loop(), road.dispatcher()));
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

    /** Closes the sockets before {@link #open()}. */
    public void abandon() {
        closeAll();
    }

    private void listen(List<ChannelFuture> opening) {
        for (int i = 0; i < opening.size(); i++) {
            Dispatcher dispatcher = roads.get(i).dispatcher();
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
        roads.forEach(road -> road.lane().close());
    }

    /** Returns the identifier of a family's echo requests, once open. From any thread. */
    public OptionalInt identifier(IpFamily family) {
        for (Road road : roads) {
            if (road.lane().family() == family) {
                return road.lane().identifier();
            }
        }
        return OptionalInt.empty();
    }

    /** Returns the sums of what the lanes have counted; on the event loop. */
    public CorrelatorStatistics statistics() {
        CorrelatorStatistics sum = CorrelatorStatistics.EMPTY;
        for (Road road : roads) {
            sum = sum.plus(road.lane().statistics());
        }
        return sum;
    }
}
