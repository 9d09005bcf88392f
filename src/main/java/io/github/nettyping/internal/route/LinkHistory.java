package io.github.nettyping.internal.route;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.internal.linux.SocketHeader;
import io.github.nettyping.internal.linux.Syscalls;
import io.github.nettyping.internal.linux.netlink.IfLinkHeader;
import io.github.nettyping.internal.linux.netlink.LinkMessage;
import io.github.nettyping.internal.linux.netlink.NetlinkDump;
import io.github.nettyping.internal.linux.netlink.NetlinkEvents;
import io.github.nettyping.internal.linux.netlink.RouteMessage;
import io.github.nettyping.internal.linux.netlink.RtnetlinkHeader;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the network interfaces went through since it was begun, as far as it explains why no reply came: carrier gained or
 * lost, operational state and MTU changed. Silence of that time says nothing about the host that was asked.
 *
 * <p>The kernel is asked when somebody wants to know: it may tell subscribers of a lost carrier a second late
 * ({@code net/core/link_watch.c}), while its counters change at once. No counter tells of an MTU that was lowered and raised
 * again between two looks. Subscribers are told of that at once, so what was told is read in each look, too. A change is as
 * old as the last look before it at most, so it may excuse probes that were sent after it; that costs a packet, never a
 * verdict.
 *
 * <p>Belongs to the network namespace of the thread that begins it. Confined to one thread at a time.
 */
public final class LinkHistory implements AutoCloseable {

    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(LinkHistory.class);

    /**
     * After a carrier has come, each end asks for the other's link-layer address again. What it asked before was lost, and it
     * repeats that after a second ({@code retrans_time_ms}); packets wait for so long, at each end.
     */
    static final long SETTLING_NANOS = 2_000_000_000;

    /** A look is good for so long, or for a part of the timeout if that is less. */
    private static final long FRESH_NANOS = 10_000_000;

    private static final int TIMEOUT_PARTS = 8;

    /** A look is also good for so many times what it took: many interfaces shall not cost more than a twentieth. */
    private static final int COST_FACTOR = 20;

    private static final int LOOPBACK_NETWORK = 127;

    private static final byte[] ALL_LINKS = allLinks();

    private final Map<Integer, State> links = new HashMap<>();
    private final Set<String> disturbed = new TreeSet<>();
    private @Nullable NetlinkDump netlink;
    private final @Nullable NetlinkEvents events;
    private long look;
    private long lookedNanos;
    private long costNanos;

    /** An interface. */
    private static final class State {

        private LinkMessage last;
        /** The look in which it was last seen. */
        private long look;
        /** Meaningful if it has been disturbed. */
        private long disturbedUntilNanos;

        private boolean disturbed;

        State(LinkMessage first) {
            this.last = first;
        }

        void disturb(long now) {
            disturbed = true;
            disturbedUntilNanos = now;
        }

        /** Tells whether a probe that was sent then may have suffered. */
        boolean wasDisturbedSince(long sentNanos) {
            return disturbed && disturbedUntilNanos + SETTLING_NANOS - sentNanos >= 0;
        }
    }

    private LinkHistory(NetlinkDump netlink, @Nullable NetlinkEvents events) {
        this.netlink = netlink;
        this.events = events;
    }

    /**
     * Looks for the first time.
     *
     * @return the history; empty, with a word in the log, if the kernel does not tell
     */
    public static Optional<LinkHistory> begin() {
        return begin(Syscalls.ofThisMachine(), System.nanoTime());
    }

    static Optional<LinkHistory> begin(Syscalls syscalls, long now) {
        int socket = NetlinkDump.socket(syscalls);
        if (socket < 0) {
            tell("socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE)", socket);
            return Optional.empty();
        }
        // Subscribed before the first look, so that nothing is between the two.
        LinkHistory history = new LinkHistory(NetlinkDump.on(syscalls, socket), subscribe(syscalls));
        history.look(now);
        return history.netlink == null ? Optional.empty() : Optional.of(history);
    }

    /** Without a subscription the looks have to do. */
    private static @Nullable NetlinkEvents subscribe(Syscalls syscalls) {
        int socket = NetlinkDump.socket(syscalls);
        if (socket < 0) {
            tell("socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE)", socket);
            return null;
        }
        NetlinkEvents events = NetlinkEvents.on(syscalls, socket);
        int result = NetlinkEvents.join(syscalls, socket, RtnetlinkHeader.RTMGRP_LINK);
        if (result < 0) {
            tell("bind(RTMGRP_LINK)", result);
            events.close();
            return null;
        }
        return events;
    }

    private static void tell(String call, int result) {
        LOGGER.debug(
                "What interfaces go through is not known.",
                new SystemCallException(call, -result, Errno.name(-result), ""));
    }

    /**
     * Returns the interface that a probe left by, if it was disturbed between its sending and now.
     *
     * @param target         to whom it was sent
     * @param interfaceIndex the interface it had to leave by; empty if its route decided
     * @param mark           the mark of its packet
     * @param sentNanos      when, as {@link System#nanoTime()}
     * @param timeoutNanos   how long it waited
     * @param now            as {@link System#nanoTime()}
     * @return its name; empty if it was not disturbed, or is not known
     */
    public Optional<String> disturbance(
            IpAddress target,
            OptionalInt interfaceIndex,
            OptionalInt mark,
            long sentNanos,
            long timeoutNanos,
            long now) {
        if (netlink == null || isLoopback(target)) {
            return Optional.empty();
        }
        long fresh = Math.max(Math.min(FRESH_NANOS, timeoutNanos / TIMEOUT_PARTS), COST_FACTOR * costNanos);
        if (now - lookedNanos >= fresh) {
            look(now);
        }
        if (!isAnyDisturbedSince(sentNanos)) {
            return Optional.empty();
        }
        int index = target.scopeId() != 0 ? target.scopeId() : interfaceIndex.orElse(0);
        Optional<State> left = index != 0 ? Optional.ofNullable(links.get(index)) : outgoing(target, mark, sentNanos);
        Optional<String> name =
                left.filter(state -> state.wasDisturbedSince(sentNanos)).map(state -> state.last.name());
        name.ifPresent(disturbed::add);
        return name;
    }

    /** Returns the index of an interface; empty if there was none of that name at the last look. */
    public OptionalInt index(String name) {
        return links.values().stream()
                .map(state -> state.last)
                .filter(link -> link.name().equals(name))
                .mapToInt(LinkMessage::index)
                .findFirst();
    }

    /** Returns the names of the interfaces that have been an answer to {@link #disturbance}. */
    public Set<String> disturbed() {
        return Set.copyOf(disturbed);
    }

    private static boolean isLoopback(IpAddress target) {
        return target.family() == IpFamily.IPV4
                ? target.ipv4Bits() >>> 24 == LOOPBACK_NETWORK
                : target.high() == 0 && target.low() == 1;
    }

    private boolean isAnyDisturbedSince(long sentNanos) {
        for (State state : links.values()) {
            if (state.wasDisturbedSince(sentNanos)) {
                return true;
            }
        }
        return false;
    }

    private void look(long now) {
        NetlinkDump socket = netlink;
        if (socket == null) {
            return;
        }
        long begin = System.nanoTime();
        look++;
        if (events != null) {
            events.read(RtnetlinkHeader.RTM_NEWLINK, (bytes, at, end) -> {
                Optional<LinkMessage> link = LinkMessage.parse(bytes, at, end);
                link.ifPresent(found -> told(found, now));
                return link.isPresent();
            });
        }
        // Something that changes meanwhile is no trouble: what was missed is seen in the next look.
        int result = socket.run(RtnetlinkHeader.RTM_GETLINK, ALL_LINKS, (bytes, at, end) -> {
            Optional<LinkMessage> link = LinkMessage.parse(bytes, at, end);
            link.ifPresent(found -> seen(found, now));
            return link.isPresent();
        });
        if (result < 0 && result != -Errno.EINTR) {
            tell("netlink(RTM_GETLINK)", result);
            close();
            return;
        }
        for (State state : links.values()) {
            // After its first trouble, it goes on for as long as nothing passes; an interface that is gone included.
            boolean gone = result == 0 && state.look != look;
            if (gone || (state.disturbed && !state.last.isRunning())) {
                state.disturb(now);
            }
        }
        lookedNanos = now;
        costNanos = System.nanoTime() - begin;
    }

    /** Only the MTU: parts of the kernel that tell of an interface leave out what others tell, such as its carrier. */
    private void told(LinkMessage link, long now) {
        State state = links.get(link.index());
        if (state != null && link.mtuBytes() != 0 && link.mtuBytes() != state.last.mtuBytes()) {
            state.disturb(now);
        }
    }

    private void seen(LinkMessage link, long now) {
        State state = links.computeIfAbsent(link.index(), index -> new State(link));
        if (link.isDisturbedSince(state.last)) {
            state.disturb(now);
        }
        state.last = link;
        state.look = look;
    }

    /**
     * Returns the interface the kernel would send by now; or, if there is no route any more, one that was disturbed: routes
     * go with their interface.
     */
    private Optional<State> outgoing(IpAddress target, OptionalInt mark, long sentNanos) {
        List<RouteMessage> routes = new ArrayList<>(1);
        int result = ask(target, mark, routes);
        if (result == 0) {
            return routes.stream()
                    .flatMap(route -> route.hops().stream())
                    .findFirst()
                    .flatMap(hop -> Optional.ofNullable(links.get(hop.interfaceIndex())));
        }
        if (result == -Errno.ENETUNREACH || result == -Errno.EHOSTUNREACH) {
            return links.values().stream()
                    .filter(state -> state.wasDisturbedSince(sentNanos))
                    .findFirst();
        }
        tell("netlink(RTM_GETROUTE)", result);
        return Optional.empty();
    }

    /** Tells whether the kernel delivers packets to an address here. */
    public boolean isThisHost(IpAddress address) {
        List<RouteMessage> routes = new ArrayList<>(1);
        ask(address, OptionalInt.empty(), routes);
        return routes.stream().anyMatch(route -> route.type() == RtnetlinkHeader.RTN_LOCAL);
    }

    /** Asks for the route that a packet would take now; returns 0 or a negated errno. */
    private int ask(IpAddress target, OptionalInt mark, List<RouteMessage> routes) {
        NetlinkDump socket = netlink;
        if (socket == null) {
            return -Errno.EBADF;
        }
        return socket.ask(RtnetlinkHeader.RTM_GETROUTE, routeTo(target, mark), (bytes, at, end) -> {
            Optional<RouteMessage> route = RouteMessage.parse(bytes, at, end);
            route.ifPresent(routes::add);
            return route.isPresent();
        });
    }

    // struct ifinfomsg, then IFLA_EXT_MASK.
    private static byte[] allLinks() {
        return ByteBuffer.allocate(LinkMessage.HEADER_BYTES + 8)
                .order(ByteOrder.nativeOrder())
                .position(LinkMessage.HEADER_BYTES)
                .putShort((short) 8)
                .putShort((short) IfLinkHeader.IFLA_EXT_MASK)
                .putInt(RtnetlinkHeader.RTEXT_FILTER_SKIP_STATS)
                .array();
    }

    // struct rtmsg, then RTA_DST, and RTA_MARK if there is a mark.
    private static byte[] routeTo(IpAddress target, OptionalInt mark) {
        byte[] address = target.toInetAddress().getAddress();
        int length = RouteMessage.HEADER_BYTES + 4 + address.length + (mark.isPresent() ? 8 : 0);
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
        bytes.put(0, (byte) (target.family() == IpFamily.IPV4 ? SocketHeader.AF_INET : SocketHeader.AF_INET6));
        bytes.put(RouteMessage.RTM_DST_LEN, (byte) (address.length * Byte.SIZE));
        bytes.position(RouteMessage.HEADER_BYTES)
                .putShort((short) (4 + address.length))
                .putShort((short) RtnetlinkHeader.RTA_DST)
                .put(address);
        if (mark.isPresent()) {
            bytes.putShort((short) 8).putShort((short) RtnetlinkHeader.RTA_MARK).putInt(mark.getAsInt());
        }
        return bytes.array();
    }

    @Override
    public void close() {
        NetlinkDump socket = netlink;
        if (socket != null) {
            netlink = null;
            socket.close();
            if (events != null) {
                events.close();
            }
        }
    }
}
