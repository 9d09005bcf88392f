package io.github.nettyping.testing;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.internal.linux.ErrqueueHeader;
import io.github.nettyping.internal.linux.InHeader;
import io.github.nettyping.internal.linux.KernelSide;
import io.github.nettyping.internal.linux.MmsgArray;
import io.github.nettyping.internal.linux.NativeMemory;
import io.github.nettyping.internal.linux.SockAddrs;
import io.github.nettyping.internal.linux.SockDiagHeader;
import io.github.nettyping.internal.linux.SocketHeader;
import io.github.nettyping.internal.linux.Syscalls;
import io.github.nettyping.internal.linux.TimestampingHeader;
import io.github.nettyping.packet.IpAddress;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A kernel that does what a test's script says: each call takes the next entry of its script and, when that is empty,
 * does the ordinary thing (takes all packets, has none to deliver). Errors are those of IPv4. Descriptors are real, of
 * /dev/null, so that closing them is harmless.
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes as they were; nobody compares these records.
public final class FakeSyscalls implements Syscalls {

    /** A packet taken by {@code sendmmsg}, its destination with {@code sin6_flowinfo}, and the control messages. */
    public record Sent(int fd, IpAddress to, int flowInfo, byte[] bytes, byte[] control) {}

    /** What one receive gives: an errno, or packets. */
    private record Delivery(int errno, List<Incoming> packets) {}

    /** A packet to deliver, and the control messages beside it. */
    private record Incoming(IpAddress from, byte[] bytes, byte[] control) {}

    private static final int IDENTIFIER = 0x1234;

    private final Deque<Integer> sendScript = new ArrayDeque<>();
    private final Deque<Delivery> receiveScript = new ArrayDeque<>();
    private final Deque<Delivery> errorScript = new ArrayDeque<>();
    /** Of sockets that were asked for stamps of what they send. */
    private final Deque<Delivery> stampScript = new ArrayDeque<>();

    private final Set<Integer> stamped = new HashSet<>();
    private final List<Integer> sockets = new ArrayList<>();
    private final Map<List<Integer>, Integer> optionsBySocket = new HashMap<>();
    private final Map<Long, Integer> options = new HashMap<>();
    private final List<Sent> sent = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private final Set<Integer> refusedTypes = new HashSet<>();
    private final Map<Long, Integer> refusedOptions = new HashMap<>();
    private final Map<Long, byte[]> byteOptions = new HashMap<>();
    private boolean ipv6;
    private int socketErrno;
    private int stampErrno;
    private int drops;

    /** Makes {@code socket} fail for {@code SOCK_DGRAM} or {@code SOCK_RAW}. */
    public FakeSyscalls refuseSocket(int type, int errno) {
        refusedTypes.add(type);
        socketErrno = errno;
        return this;
    }

    /** Makes {@code setsockopt} fail for an option. */
    public FakeSyscalls refuseOption(int level, int option, int errno) {
        refusedOptions.put(key(level, option), errno);
        return this;
    }

    /** Adds results of {@code sendmmsg}: how many packets it takes at most, or a negated errno. */
    public FakeSyscalls onSend(int... results) {
        for (int result : results) {
            sendScript.add(result);
        }
        return this;
    }

    /** Adds a failing receive. */
    public FakeSyscalls onReceiveErrno(int errno) {
        receiveScript.add(new Delivery(errno, List.of()));
        return this;
    }

    /** Adds a receive that brings packets from one source. */
    public FakeSyscalls onReceive(IpAddress from, byte[]... packets) {
        List<Incoming> incoming = new ArrayList<>();
        for (byte[] packet : packets) {
            incoming.add(new Incoming(from, packet, new byte[0]));
        }
        receiveScript.add(new Delivery(0, incoming));
        return this;
    }

    /** Adds an entry of the error queue: a quoted message, its destination and who reported what. */
    public FakeSyscalls onError(IpAddress destination, byte[] quote, int errno, int type, int code, IpAddress by) {
        return onError(destination, quote, errno, type, code, by, 0);
    }

    /** As above, with {@code ee_data} as the kernel's memory has it. */
    public FakeSyscalls onError(
            IpAddress destination, byte[] quote, int errno, int type, int code, IpAddress by, int data) {
        return onErrorControl(destination, quote, error(errno, type, code, by, data));
    }

    /** Adds an entry of the error queue with any control messages. */
    public FakeSyscalls onErrorControl(IpAddress destination, byte[] quote, byte... control) {
        errorScript.add(new Delivery(0, List.of(new Incoming(destination, quote, control))));
        return this;
    }

    /** Makes {@code setsockopt} fail if it asks for stamps of what is sent. */
    public FakeSyscalls refuseStamps(int errno) {
        stampErrno = errno;
        return this;
    }

    /** Adds stamps to the error queue of the socket that was asked for them, to come by one receive: packets by number. */
    public FakeSyscalls onStamps(long nanos, int... numbers) {
        List<Incoming> stamps = new ArrayList<>();
        for (int number : numbers) {
            stamps.add(new Incoming(IpAddress.ofIpv4(0), new byte[0], stamp(nanos, number)));
        }
        stampScript.add(new Delivery(0, stamps));
        return this;
    }

    /** Adds an ICMP error to that queue. */
    public FakeSyscalls onErrorAmongStamps(int errno, int type, int code, IpAddress by) {
        stampScript.add(new Delivery(0, List.of(new Incoming(by, new byte[8], error(errno, type, code, by, 0)))));
        return this;
    }

    /** Returns the control messages beside the stamp of a packet, by its number. */
    // struct scm_timestamping, then struct sock_extended_err and an empty address:
    // Documentation/networking/timestamping.rst.
    public static byte[] stamp(long nanos, int number) {
        ByteBuffer out = ByteBuffer.allocate(64 + 48).order(ByteOrder.nativeOrder());
        out.putLong(0, 64).putInt(8, SocketHeader.SOL_SOCKET).putInt(12, SocketHeader.SO_TIMESTAMPING);
        out.putLong(16, nanos / 1_000_000_000).putLong(24, nanos % 1_000_000_000);
        out.putLong(64, 48).putInt(72, InHeader.IPPROTO_IP).putInt(76, InHeader.IP_RECVERR);
        out.putInt(80, 42).put(84, (byte) ErrqueueHeader.SO_EE_ORIGIN_TIMESTAMPING);
        out.putInt(88, ErrqueueHeader.SCM_TSTAMP_SND).putInt(92, number);
        return out.array();
    }

    /** Returns how many sockets were opened. */
    public int socketCount() {
        return sockets.size();
    }

    /** Returns the value an option was last set to on the socket that was opened as the given one, from 0. */
    public Integer option(int socket, int level, int option) {
        return optionsBySocket.get(List.of(sockets.get(socket), level, option));
    }

    /** Sets the counter of dropped packets. */
    public void drops(int count) {
        drops = count;
    }

    /** Returns the packets taken so far. */
    public List<Sent> sent() {
        return sent;
    }

    /** Returns the names of all calls made so far, sends with their descriptor's role left out. */
    public List<String> calls() {
        return calls;
    }

    /** Returns the value an option was last set to on any socket. */
    public Integer option(int level, int option) {
        return options.get(key(level, option));
    }

    /** Returns the bytes an option that is no {@code int} was last set to on any socket. */
    public byte[] byteOption(int level, int option) {
        return byteOptions.get(key(level, option));
    }

    private static long key(int level, int option) {
        return (long) level << 32 | option;
    }

    @Override
    public int socket(int domain, int type, int protocol) {
        calls.add("socket");
        ipv6 = domain == SocketHeader.AF_INET6;
        if (refusedTypes.contains(type & 0xf)) {
            return -socketErrno;
        }
        try {
            int fd = FileDescriptor.from("/dev/null").intValue();
            sockets.add(fd);
            return fd;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int bind(int fd, NativeMemory address, int length) {
        calls.add("bind");
        return 0;
    }

    @Override
    public int connect(int fd, NativeMemory address, int length) {
        calls.add("connect");
        return 0;
    }

    @Override
    public int getsockname(int fd, NativeMemory address) {
        return ipv6
                ? SockAddrs.putIpv6(address.bytes(), 0, 0, 0, 0, IDENTIFIER)
                : SockAddrs.putIpv4(address.bytes(), 0, 0, IDENTIFIER);
    }

    @Override
    public int setsockopt(int fd, int level, int option, NativeMemory value, int length) {
        Integer refusal = refusedOptions.get(key(level, option));
        if (refusal != null) {
            return -refusal;
        }
        if (length == Integer.BYTES) {
            int number = value.bytes().getInt(0);
            if (level == SocketHeader.SOL_SOCKET && option == SocketHeader.SO_TIMESTAMPING) {
                boolean transmit = (number & TimestampingHeader.SOF_TIMESTAMPING_TX_SOFTWARE) != 0;
                if (transmit && stampErrno != 0) {
                    return -stampErrno;
                }
                if (transmit) {
                    stamped.add(fd);
                    boolean counted = (number & TimestampingHeader.SOF_TIMESTAMPING_OPT_ID) != 0;
                    calls.add(counted ? "stamps, counted" : "stamps");
                }
            }
            if (level == SocketHeader.SOL_SOCKET && option == SocketHeader.SO_RCVBUFFORCE) {
                options.put(key(level, SocketHeader.SO_RCVBUF), number);
            }
            options.put(key(level, option), number);
            optionsBySocket.put(List.of(fd, level, option), number);
        } else {
            byte[] bytes = new byte[length];
            value.bytes().get(0, bytes);
            byteOptions.put(key(level, option), bytes);
        }
        return 0;
    }

    @Override
    public int ioctl(int fd, long request, NativeMemory argument) {
        return -Errno.EINVAL;
    }

    @Override
    public int getsockopt(int fd, int level, int option, NativeMemory value) {
        if (option == SocketHeader.SO_MEMINFO) {
            value.bytes().putInt(SockDiagHeader.SK_MEMINFO_DROPS * Integer.BYTES, drops);
            return SockDiagHeader.SK_MEMINFO_VARS * Integer.BYTES;
        }
        calls.add(option == SocketHeader.SO_ERROR ? "getsockopt(SO_ERROR)" : "getsockopt");
        value.bytes().putInt(0, options.getOrDefault(key(level, option), 0));
        return Integer.BYTES;
    }

    @Override
    public int sendmmsg(int fd, MmsgArray messages, int count, int flags) {
        calls.add("sendmmsg");
        Integer scripted = sendScript.poll();
        if (scripted != null && scripted < 0) {
            return scripted;
        }
        int taken = scripted == null ? count : Math.min(scripted, count);
        for (int i = 0; i < taken; i++) {
            byte[] bytes = new byte[KernelSide.bufferLength(messages, i)];
            memory(KernelSide.bufferAddress(messages, i), bytes.length).get(bytes);
            byte[] control = new byte[messages.controlLength(i)];
            messages.controlBytes().get(messages.controlOffset(i), control);
            IpAddress to = new IpAddress(messages.peerHigh(i), messages.peerLow(i), 0);
            sent.add(new Sent(fd, to, KernelSide.flowInfo(messages, i), bytes, control));
        }
        return taken;
    }

    @Override
    public int recvmmsg(int fd, MmsgArray messages, int count, int flags) {
        boolean errorQueue = (flags & SocketHeader.MSG_ERRQUEUE) != 0;
        boolean stamps = errorQueue && stamped.contains(fd);
        calls.add(stamps ? "recvmmsg(stamps)" : errorQueue ? "recvmmsg(MSG_ERRQUEUE)" : "recvmmsg");
        Delivery delivery = (stamps ? stampScript : errorQueue ? errorScript : receiveScript).poll();
        if (delivery == null) {
            return -Errno.EAGAIN;
        }
        if (delivery.errno() != 0) {
            return -delivery.errno();
        }
        int i = 0;
        for (Incoming packet : delivery.packets()) {
            if (stamps) {
                // Whoever reads these has room for what stands beside the packet, and for nothing else.
                messages.controlBytes().put(messages.controlOffset(i), packet.control());
                KernelSide.deliver(messages, i++, 0, 0, packet.control().length, SocketHeader.MSG_TRUNC);
            } else {
                deliver(messages, i++, packet);
            }
        }
        return i;
    }

    private void deliver(MmsgArray messages, int i, Incoming packet) {
        int length = Math.min(packet.bytes().length, KernelSide.bufferLength(messages, i));
        memory(KernelSide.bufferAddress(messages, i), length).put(packet.bytes(), 0, length);
        if (ipv6) {
            messages.setIpv6(
                    i, packet.from().high(), packet.from().low(), packet.from().scopeId());
        } else {
            messages.setIpv4(i, packet.from().ipv4Bits());
        }
        messages.controlBytes().put(messages.controlOffset(i), packet.control());
        int flags = length < packet.bytes().length ? SocketHeader.MSG_TRUNC : 0;
        int nameLength = ipv6 ? SockAddrs.SOCKADDR_IN6_BYTES : SockAddrs.SOCKADDR_IN_BYTES;
        KernelSide.deliver(messages, i, length, nameLength, packet.control().length, flags);
    }

    // struct cmsghdr, struct sock_extended_err, struct sockaddr_in, as cmsg(3) and ip(7) have them.
    private static byte[] error(int errno, int type, int code, IpAddress by, int data) {
        ByteBuffer out = ByteBuffer.allocate(16 + 16 + 16).order(ByteOrder.nativeOrder());
        out.putLong(0, out.capacity()).putInt(8, InHeader.IPPROTO_IP).putInt(12, InHeader.IP_RECVERR);
        out.putInt(16, errno);
        out.put(20, (byte) ErrqueueHeader.SO_EE_ORIGIN_ICMP);
        out.put(21, (byte) type);
        out.put(22, (byte) code);
        out.putInt(24, 0).putInt(28, data);
        SockAddrs.putIpv4(out, 32, by.ipv4Bits(), 0);
        return out.array();
    }

    private static ByteBuffer memory(long address, int length) {
        return Buffer.wrapMemoryAddressWithNativeOrder(address, length);
    }
}
