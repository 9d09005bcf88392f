package io.github.nettyping.internal.route;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.internal.linux.Syscalls;
import io.github.nettyping.internal.linux.netlink.LinkMessage;
import io.github.nettyping.internal.linux.netlink.NeighbourMessage;
import io.github.nettyping.internal.linux.netlink.NetlinkDump;
import io.github.nettyping.internal.linux.netlink.RouteMessage;
import io.github.nettyping.internal.linux.netlink.RtnetlinkHeader;
import io.github.nettyping.internal.linux.netlink.RuleMessage;
import io.github.nettyping.packet.SystemCallException;

/** Asks the kernel for all objects of a kind, and asks again if something changed meanwhile. Confined to one thread. */
final class Dumps {

    /** Routes may change a thousand times a second, but rarely during five tries in a row. */
    private static final int TRIES = 5;

    /** What the kernel can be asked for. */
    enum Kind {
        LINKS("RTM_GETLINK", RtnetlinkHeader.RTM_GETLINK, LinkMessage.HEADER_BYTES),
        RULES("RTM_GETRULE", RtnetlinkHeader.RTM_GETRULE, RuleMessage.HEADER_BYTES),
        ROUTES("RTM_GETROUTE", RtnetlinkHeader.RTM_GETROUTE, RouteMessage.HEADER_BYTES),
        NEIGHBOURS("RTM_GETNEIGH", RtnetlinkHeader.RTM_GETNEIGH, NeighbourMessage.HEADER_BYTES);

        private final String call;
        private final int request;
        private final int headerBytes;

        Kind(String name, int request, int headerBytes) {
            this.call = "netlink(" + name + ')';
            this.request = request;
            this.headerBytes = headerBytes;
        }
    }

    private final Syscalls syscalls;

    Dumps(Syscalls syscalls) {
        this.syscalls = syscalls;
    }

    /**
     * Asks.
     *
     * @param family   {@code AF_*}, 0 for none
     * @param reset    called before each try: what was received before is invalid
     * @param receiver gets the messages
     * @throws SystemCallException if the kernel refuses, if what it says cannot be read ({@code EBADMSG}), or if it changed
     *                             during every try ({@code EINTR})
     */
    void run(Kind kind, int family, Runnable reset, NetlinkDump.Receiver receiver) throws SystemCallException {
        check(tries(kind, family, reset, receiver), kind.call);
    }

    /** As {@link #run}, but returns nothing for a family that this kernel was built or booted without. */
    void runIfSupported(Kind kind, int family, Runnable reset, NetlinkDump.Receiver receiver)
            throws SystemCallException {
        int result = tries(kind, family, reset, receiver);
        if (result != -Errno.EOPNOTSUPP && result != -Errno.EAFNOSUPPORT) {
            check(result, kind.call);
        }
    }

    private int tries(Kind kind, int family, Runnable reset, NetlinkDump.Receiver receiver) throws SystemCallException {
        int result = -Errno.EINTR;
        for (int i = 0; i < TRIES && result == -Errno.EINTR; i++) {
            int fd = NetlinkDump.socket(syscalls);
            check(fd, "socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE)");
            try (NetlinkDump dump = NetlinkDump.on(syscalls, fd)) {
                reset.run();
                result = dump.run(kind.request, kind.headerBytes, family, receiver);
            }
        }
        return result;
    }

    private static void check(int result, String call) throws SystemCallException {
        if (result < 0) {
            throw new SystemCallException(call, -result, Errno.name(-result), "");
        }
    }
}
