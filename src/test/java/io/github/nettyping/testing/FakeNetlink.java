package io.github.nettyping.testing;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.internal.linux.KernelSide;
import io.github.nettyping.internal.linux.MmsgArray;
import io.github.nettyping.internal.linux.NativeMemory;
import io.github.nettyping.internal.linux.SocketHeader;
import io.github.nettyping.internal.linux.Syscalls;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Buffer;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A kernel that answers netlink requests by script: each request takes the next answer written for its type and family, the
 * last one for good. Descriptors are of /dev/null.
 */
public final class FakeNetlink implements Syscalls {

    private static final int EINTR_TO_RECEIVE = -Errno.EINTR;
    private static final byte[] INTERRUPTED = new byte[0];

    /** The end of an answer: {@code NLMSG_DONE} with 0. */
    public static final byte[] DONE = RouteMessages.message(3, 2, new byte[4]);

    static {
        // Before any native of FileDescriptor.
        Epoll.ensureAvailability();
    }

    private final Map<List<Integer>, Deque<List<byte[]>>> answers = new HashMap<>();
    private final List<Integer> requests = new ArrayList<>();
    private final Deque<byte[]> delivering = new ArrayDeque<>();
    private final Deque<byte[]> events = new ArrayDeque<>();
    private int subscriber = -1;
    private int sequence;
    private int socketErrno;
    private int flags;

    /** Adds an answer to a request: datagrams as they come, messages with their headers in each. */
    public FakeNetlink answer(int request, int family, byte[]... datagrams) {
        answers.computeIfAbsent(List.of(request, family), key -> new ArrayDeque<>())
                .add(List.of(datagrams));
        return this;
    }

    /** Tells subscribers of something: a datagram, or an {@link #interruption}. */
    public FakeNetlink event(byte[] datagram) {
        events.add(datagram);
        return this;
    }

    /** Returns what stands for a receive that a signal interrupts. */
    public static byte[] interruption() {
        return INTERRUPTED;
    }

    /** Makes {@code socket} fail. */
    public FakeNetlink refuseSocket(int errno) {
        socketErrno = errno;
        return this;
    }

    /** Sets the flags of all datagrams, {@code MSG_*}. */
    public FakeNetlink flags(int newFlags) {
        flags = newFlags;
        return this;
    }

    /** Returns the types of all requests so far. */
    public List<Integer> requests() {
        return requests;
    }

    @Override
    public int socket(int domain, int type, int protocol) {
        if (socketErrno != 0) {
            return -socketErrno;
        }
        if (domain != SocketHeader.AF_NETLINK || (type & 0xf) != SocketHeader.SOCK_RAW || protocol != 0) {
            return -Errno.EPROTONOSUPPORT;
        }
        try {
            delivering.clear();
            return FileDescriptor.from("/dev/null").intValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int sendmmsg(int fd, MmsgArray messages, int count, int sendFlags) {
        ByteBuffer request = Buffer.wrapMemoryAddressWithNativeOrder(
                KernelSide.bufferAddress(messages, 0), KernelSide.bufferLength(messages, 0));
        // NLM_F_REQUEST, alone or with NLM_F_DUMP.
        boolean known = request.getShort(6) == 0x301 || request.getShort(6) == 0x1;
        if (request.getInt(0) != KernelSide.bufferLength(messages, 0) || !known) {
            return -Errno.EINVAL;
        }
        int type = request.getShort(4);
        sequence = request.getInt(8);
        requests.add(type);
        Deque<List<byte[]>> scripted = answers.get(List.of(type, (int) request.get(16)));
        if (scripted == null) {
            delivering.add(DONE);
        } else {
            delivering.addAll(scripted.size() > 1 ? scripted.remove() : scripted.element());
        }
        return 1;
    }

    @Override
    public int recvmmsg(int fd, MmsgArray messages, int count, int receiveFlags) {
        byte[] datagram = (fd == subscriber ? events : delivering).poll();
        if (datagram == null) {
            return -Errno.EAGAIN;
        }
        if (datagram == INTERRUPTED) {
            return EINTR_TO_RECEIVE;
        }
        Buffer.wrapMemoryAddressWithNativeOrder(
                        KernelSide.bufferAddress(messages, 0), KernelSide.bufferLength(messages, 0))
                .put(numbered(datagram));
        KernelSide.deliver(messages, 0, datagram.length, 0, 0, flags);
        return 1;
    }

    /** Puts the request's number where none is; a message with a number of its own answers something else. */
    private byte[] numbered(byte[] datagram) {
        ByteBuffer copy = ByteBuffer.wrap(datagram.clone()).order(ByteOrder.nativeOrder());
        int size;
        for (int at = 0; copy.capacity() - at >= 16; at += (size + 3) & ~3) {
            if (copy.getInt(at + 8) == 0) {
                copy.putInt(at + 8, sequence);
            }
            size = copy.getInt(at);
            if (size < 16 || size > copy.capacity() - at) {
                break;
            }
        }
        return copy.array();
    }

    @Override
    public int bind(int fd, NativeMemory address, int length) {
        // struct sockaddr_nl with RTMGRP_LINK.
        if (length != 12
                || address.bytes().getShort(0) != SocketHeader.AF_NETLINK
                || address.bytes().getInt(8) != 1) {
            return -Errno.EINVAL;
        }
        subscriber = fd;
        return 0;
    }

    @Override
    public int connect(int fd, NativeMemory address, int length) {
        return -Errno.EINVAL;
    }

    @Override
    public int getsockname(int fd, NativeMemory address) {
        return -Errno.EINVAL;
    }

    @Override
    public int setsockopt(int fd, int level, int option, NativeMemory value, int length) {
        return -Errno.EINVAL;
    }

    @Override
    public int ioctl(int fd, long request, NativeMemory argument) {
        return -Errno.EINVAL;
    }

    @Override
    public int getsockopt(int fd, int level, int option, NativeMemory value) {
        return -Errno.EINVAL;
    }
}
