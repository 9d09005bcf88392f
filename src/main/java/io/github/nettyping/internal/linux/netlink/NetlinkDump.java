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
 * Asks the kernel for all it has of a kind: routes, devices, neighbours, rules of the network namespace of the thread that
 * opens it. Confined to one thread. rtnetlink(7).
 */
public final class NetlinkDump implements AutoCloseable {

    /** The kernel writes at most 32 KiB at once, {@code netlink_dump} of {@code net/netlink/af_netlink.c}. */
    private static final int BUFFER_BYTES = 1 << 16;

    // struct nlmsghdr: netlink(7).
    public static final int NLMSG_LEN = 0;
    public static final int NLMSG_TYPE = 4;
    public static final int NLMSG_FLAGS = 6;
    public static final int NLMSG_SEQ = 8;
    public static final int HEADER_BYTES = 16;

    private final Syscalls syscalls;
    private final FileDescriptor socket;
    private final MmsgArray message = new MmsgArray(1, 0, 0);
    private final NativeMemory buffer = new NativeMemory(BUFFER_BYTES);
    private int sequence;

    /** What becomes of each message. */
    @FunctionalInterface
    public interface Receiver {

        /**
         * Takes a message of the wanted kind.
         *
         * @param bytes in the machine's byte order, valid during the call
         * @param begin where the structure behind the header begins
         * @param end   where the message ends
         * @return whether it can be read
         */
        boolean take(ByteBuffer bytes, int begin, int end);
    }

    private NetlinkDump(Syscalls syscalls, FileDescriptor socket) {
        this.syscalls = syscalls;
        this.socket = socket;
    }

    /** Opens a socket for {@link #NetlinkDump dumps}; returns it or a negated errno. socket(2). */
    public static int socket(Syscalls syscalls) {
        return syscalls.socket(
                SocketHeader.AF_NETLINK,
                SocketHeader.SOCK_RAW | SocketHeader.SOCK_NONBLOCK | SocketHeader.SOCK_CLOEXEC,
                NetlinkHeader.NETLINK_ROUTE);
    }

    /** Takes ownership of an open {@link #socket}. */
    public static NetlinkDump on(Syscalls syscalls, int socket) {
        return new NetlinkDump(syscalls, new FileDescriptor(socket));
    }

    /**
     * Asks for all of a kind and hands it over. After a failure the socket is of no further use.
     *
     * @param request     {@code RTM_GET*}
     * @param headerBytes size of the structure behind the message's header, whose first byte is the family
     * @param family      {@code AF_INET}, {@code AF_INET6}, or 0 for what has none
     * @param receiver    gets each message of the kind {@code RTM_NEW*} that answers the request
     * @return 0, or a negated errno: {@code EINTR} if something changed meanwhile, so that parts may be missing or have
     *         come twice; {@code EBADMSG} if a message could not be read
     */
    public int run(int request, int headerBytes, int family, Receiver receiver) {
        byte[] body = new byte[headerBytes];
        body[0] = (byte) family;
        return run(request, body, receiver);
    }

    /**
     * Asks for all of a kind, as {@link #run(int, int, int, Receiver)} does.
     *
     * @param body the structure behind the message's header, with attributes, in the machine's byte order
     */
    public int run(int request, byte[] body, Receiver receiver) {
        sequence++;
        int result = send(request, NetlinkHeader.NLM_F_DUMP, body);
        return result < 0 ? result : receive(answerTo(request), receiver, false);
    }

    /**
     * Asks for one thing. The socket can be used further, unless the answer cannot be read.
     *
     * @param body     as for {@link #run(int, byte[], Receiver)}: which one
     * @param receiver gets it
     * @return 0, or a negated errno: what the kernel says in place of an answer; {@code EBADMSG}
     */
    public int ask(int request, byte[] body, Receiver receiver) {
        sequence++;
        int result = send(request, 0, body);
        return result < 0 ? result : receive(answerTo(request), receiver, true);
    }

    // RTM_NEW* is the first of the four numbers of a kind, RTM_GET* the third: linux/rtnetlink.h.
    private static int answerTo(int request) {
        return request - 2;
    }

    private int send(int request, int flags, byte[] body) {
        ByteBuffer bytes = buffer.bytes();
        int length = HEADER_BYTES + body.length;
        for (int i = 0; i < HEADER_BYTES; i++) {
            bytes.put(i, (byte) 0);
        }
        bytes.putInt(NLMSG_LEN, length);
        bytes.putShort(NLMSG_TYPE, (short) request);
        bytes.putShort(NLMSG_FLAGS, (short) (NetlinkHeader.NLM_F_REQUEST | flags));
        bytes.putInt(NLMSG_SEQ, sequence);
        bytes.put(HEADER_BYTES, body);
        message.setBuffer(0, buffer.address(), length);
        // Without an address it goes to the kernel.
        message.resetForReceive(0);
        int sent;
        do {
            sent = syscalls.sendmmsg(socket.intValue(), message, 1, 0);
        } while (sent == -Errno.EINTR);
        return Math.min(sent, 0);
    }

    private int receive(int kind, Receiver receiver, boolean single) {
        boolean interrupted = false;
        while (true) {
            message.setBuffer(0, buffer.address(), BUFFER_BYTES);
            message.resetForReceive(0);
            // Does not wait: the kernel wrote the first part when it was asked, and writes another when one is read.
            int received = syscalls.recvmmsg(socket.intValue(), message, 1, 0);
            if (received == -Errno.EINTR) {
                continue;
            }
            if (received < 0) {
                return received;
            }
            if ((message.flags(0) & SocketHeader.MSG_TRUNC) != 0) {
                return -Errno.EBADMSG;
            }
            Part part = read(message.length(0), kind, receiver);
            interrupted |= part.interrupted;
            if (part.result < 0) {
                return part.result;
            }
            if (part.last || single) {
                return interrupted ? -Errno.EINTR : 0;
            }
        }
    }

    private record Part(int result, boolean last, boolean interrupted) {}

    private Part read(int length, int kind, Receiver receiver) {
        return read(buffer.bytes(), Math.min(length, BUFFER_BYTES), sequence, kind, receiver);
    }

    private static Part read(ByteBuffer bytes, int length, int sequence, int kind, Receiver receiver) {
        boolean interrupted = false;
        int at = 0;
        while (at < length) {
            int size = length - at < HEADER_BYTES ? 0 : bytes.getInt(at + NLMSG_LEN);
            if (size < HEADER_BYTES || size > length - at) {
                return new Part(-Errno.EBADMSG, true, interrupted);
            }
            int begin = at + HEADER_BYTES;
            int end = at + size;
            if (bytes.getInt(at + NLMSG_SEQ) == sequence) {
                int type = Short.toUnsignedInt(bytes.getShort(at + NLMSG_TYPE));
                interrupted |= (bytes.getShort(at + NLMSG_FLAGS) & NetlinkHeader.NLM_F_DUMP_INTR) != 0;
                if (type == NetlinkHeader.NLMSG_DONE || type == NetlinkHeader.NLMSG_ERROR) {
                    return new Part(errno(bytes, type, begin, end), true, interrupted);
                }
                if (type == NetlinkHeader.NLMSG_OVERRUN) {
                    return new Part(-Errno.ENOBUFS, true, interrupted);
                }
                if (type == kind && !receiver.take(bytes, begin, end)) {
                    return new Part(-Errno.EBADMSG, true, interrupted);
                }
            }
            at += NetlinkAttributes.align(size);
        }
        return new Part(0, false, interrupted);
    }

    private static int errno(ByteBuffer bytes, int type, int begin, int end) {
        if (end - begin < Integer.BYTES) {
            return type == NetlinkHeader.NLMSG_ERROR ? -Errno.EBADMSG : 0;
        }
        int error = bytes.getInt(begin);
        // An error of 0 would confirm the request, and nobody asked for that.
        return error > 0 || (error == 0 && type == NetlinkHeader.NLMSG_ERROR) ? -Errno.EBADMSG : error;
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
