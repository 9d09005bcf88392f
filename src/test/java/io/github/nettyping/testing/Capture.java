package io.github.nettyping.testing;

import io.github.nettyping.internal.linux.ControlMessages;
import io.github.nettyping.internal.linux.MmsgArray;
import io.github.nettyping.internal.linux.NativeMemory;
import io.github.nettyping.internal.linux.SocketHeader;
import io.github.nettyping.internal.linux.Syscalls;
import io.github.nettyping.internal.linux.TimestampingHeader;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What passes a network device, with the kernel's stamps, as packet capturing programs have it. Confined to one thread.
 *
 * <p>The kernel stamps what leaves right before it hands it to the device, and what arrives when it gets it from there.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</a>
 */
public final class Capture implements AutoCloseable {

    // bits/socket.h, linux/if_ether.h; the latter in network order
    private static final int AF_PACKET = 17;
    private static final int ETH_P_ALL = 0x0300;

    // struct sockaddr_ll of linux/if_packet.h
    private static final int SLL_PROTOCOL = 2;
    private static final int SLL_IFINDEX = 4;
    private static final int SOCKADDR_LL_BYTES = 20;

    private static final int BUFFER_BYTES = 32 << 20;
    private static final int BATCH = 64;
    private static final int PACKET_BYTES = 128;
    private static final int CONTROL_BYTES = 128;

    private final Syscalls syscalls;
    private final FileDescriptor fd;

    private Capture(Syscalls syscalls, FileDescriptor fd) {
        this.syscalls = syscalls;
        this.fd = fd;
    }

    /**
     * An ICMP message on its way.
     *
     * @param type       of ICMP or ICMPv6
     * @param identifier what stands where an echo message has it
     * @param sequence   likewise
     * @param nanos      {@code CLOCK_REALTIME} by the kernel
     */
    public record Message(int type, int identifier, int sequence, long nanos) {}

    /**
     * Begins to capture.
     *
     * @param namespace where
     * @param device    in that namespace
     * @return a capture that holds about ten thousand packets until they are {@link #read}
     * @throws Exception if a call fails
     */
    public static Capture open(Namespace namespace, String device) throws Exception {
        return namespace.call(() -> {
            Syscalls syscalls = Syscalls.ofThisMachine();
            int result = syscalls.socket(
                    AF_PACKET, SocketHeader.SOCK_DGRAM | SocketHeader.SOCK_NONBLOCK | SocketHeader.SOCK_CLOEXEC, 0);
            Capture capture = new Capture(syscalls, new FileDescriptor(check(result, "socket(AF_PACKET)")));
            capture.begin(NetworkInterface.getByName(device).getIndex());
            return capture;
        });
    }

    private void begin(int interfaceIndex) {
        set(SocketHeader.SO_RCVBUFFORCE, BUFFER_BYTES);
        set(
                SocketHeader.SO_TIMESTAMPING,
                TimestampingHeader.SOF_TIMESTAMPING_RX_SOFTWARE | TimestampingHeader.SOF_TIMESTAMPING_SOFTWARE);
        try (NativeMemory name = new NativeMemory(SOCKADDR_LL_BYTES)) {
            name.bytes().putShort(0, (short) AF_PACKET);
            name.bytes().putShort(SLL_PROTOCOL, (short) ETH_P_ALL);
            name.bytes().putInt(SLL_IFINDEX, interfaceIndex);
            check(syscalls.bind(fd.intValue(), name, SOCKADDR_LL_BYTES), "bind(AF_PACKET)");
        }
    }

    private void set(int option, int value) {
        try (NativeMemory memory = new NativeMemory(Integer.BYTES)) {
            memory.bytes().putInt(0, value);
            int result = syscalls.setsockopt(fd.intValue(), SocketHeader.SOL_SOCKET, option, memory, Integer.BYTES);
            check(result, "setsockopt(" + option + ')');
        }
    }

    private static int check(int result, String call) {
        if (result < 0) {
            throw new IllegalStateException(call + ": errno " + -result);
        }
        return result;
    }

    /**
     * Returns what has been captured since the last call.
     *
     * @return all stamped ICMP messages, in the order in which they passed
     */
    public List<Message> read() {
        List<Message> messages = new ArrayList<>();
        ControlMessages control = new ControlMessages();
        try (NativeMemory packets = new NativeMemory(BATCH * PACKET_BYTES);
                MmsgArray array = new MmsgArray(BATCH, 0, CONTROL_BYTES)) {
            for (int i = 0; i < BATCH; i++) {
                array.setBuffer(i, packets.address() + (long) i * PACKET_BYTES, PACKET_BYTES);
                array.resetForReceive(i);
            }
            int received = syscalls.recvmmsg(fd.intValue(), array, BATCH, SocketHeader.MSG_DONTWAIT);
            while (received > 0) {
                for (int i = 0; i < received; i++) {
                    control.parse(array.controlBytes(), array.controlOffset(i), array.controlLength(i));
                    add(messages, packets.bytes(), i * PACKET_BYTES, control.kernelNanos());
                    array.resetForReceive(i);
                }
                received = syscalls.recvmmsg(fd.intValue(), array, BATCH, SocketHeader.MSG_DONTWAIT);
            }
        }
        return messages;
    }

    private static void add(List<Message> messages, ByteBuffer packets, int at, long nanos) {
        boolean ipv4 = packets.get(at) >>> 4 == 4;
        int protocol = packets.get(at + (ipv4 ? 9 : 6));
        int icmp = at + (ipv4 ? (packets.get(at) & 0xf) * 4 : 40);
        if (nanos != 0 && protocol == (ipv4 ? Packets.ICMPV4 : Packets.ICMPV6)) {
            messages.add(
                    new Message(packets.get(icmp) & 0xff, half(packets, icmp + 4), half(packets, icmp + 6), nanos));
        }
    }

    private static int half(ByteBuffer in, int at) {
        return (in.get(at) & 0xff) << 8 | (in.get(at + 1) & 0xff);
    }

    @Override
    public void close() {
        try {
            fd.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
