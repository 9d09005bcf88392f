package io.github.nettyping.internal.linux.netlink;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.internal.linux.MmsgArray;
import io.github.nettyping.internal.linux.NativeMemory;
import io.github.nettyping.internal.linux.SocketHeader;
import io.github.nettyping.internal.linux.Syscalls;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * What the kernel tells of its own accord of one kind of thing in the network namespace of the thread that opens it. It is
 * kept in the socket's buffer until somebody reads it; what that does not hold is lost. Confined to one thread. netlink(7).
 */
public final class NetlinkEvents implements AutoCloseable {

    // struct sockaddr_nl: netlink(7).
    public static final int SOCKADDR_NL_BYTES = 12;
    public static final int NL_GROUPS = 8;

    private static final int BUFFER_BYTES = 1 << 14;

    /** No more at once: a machine that makes devices faster than they are read shall not hold a loop. */
    private static final int MOST_AT_ONCE = 1_024;

    private final Syscalls syscalls;
    private final FileDescriptor socket;
    private final MmsgArray message = new MmsgArray(1, 0, 0);
    private final NativeMemory buffer = new NativeMemory(BUFFER_BYTES);

    private NetlinkEvents(Syscalls syscalls, FileDescriptor socket) {
        this.syscalls = syscalls;
        this.socket = socket;
    }

    /**
     * Has a socket told of what happens, from now on.
     *
     * @param groups {@code RTMGRP_*}
     * @return 0 or a negated errno. netlink(7)
     */
    public static int join(Syscalls syscalls, int socket, int groups) {
        try (NativeMemory address = new NativeMemory(SOCKADDR_NL_BYTES)) {
            // The rest, padding and port, is 0: the kernel chooses the port.
            address.bytes().putShort(0, (short) SocketHeader.AF_NETLINK).putInt(NL_GROUPS, groups);
            return syscalls.bind(socket, address, SOCKADDR_NL_BYTES);
        }
    }

    /** Takes ownership of an open {@link NetlinkDump#socket} that has {@link #join joined} a group. */
    public static NetlinkEvents on(Syscalls syscalls, int socket) {
        return new NetlinkEvents(syscalls, new FileDescriptor(socket));
    }

    /**
     * Hands over what has been told since the last call. Does not wait.
     *
     * @param kind     {@code RTM_NEW*} or {@code RTM_DEL*}; others are dropped
     * @param receiver gets each message of that kind; one that it cannot read is dropped
     */
    public void read(int kind, NetlinkDump.Receiver receiver) {
        for (int i = 0; i < MOST_AT_ONCE; i++) {
            message.setBuffer(0, buffer.address(), BUFFER_BYTES);
            message.resetForReceive(0);
            int received = syscalls.recvmmsg(socket.intValue(), message, 1, 0);
            if (received > 0) {
                // What is longer than the buffer is dropped below.
                handOver(buffer.bytes(), Math.min(message.length(0), BUFFER_BYTES), kind, receiver);
            } else if (received != -Errno.EINTR && received != -Errno.ENOBUFS) {
                return;
            }
        }
    }

    private static void handOver(ByteBuffer bytes, int length, int kind, NetlinkDump.Receiver receiver) {
        int at = 0;
        while (length - at >= NetlinkDump.HEADER_BYTES) {
            int size = bytes.getInt(at + NetlinkDump.NLMSG_LEN);
            if (size < NetlinkDump.HEADER_BYTES || size > length - at) {
                return;
            }
            if (Short.toUnsignedInt(bytes.getShort(at + NetlinkDump.NLMSG_TYPE)) == kind) {
                receiver.take(bytes, at + NetlinkDump.HEADER_BYTES, at + size);
            }
            at += NetlinkAttributes.align(size);
        }
    }

    /** Closes the socket. */
    @Override
    public void close() {
        message.close();
        buffer.close();
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("close(2) of a netlink socket", e);
        }
    }
}
