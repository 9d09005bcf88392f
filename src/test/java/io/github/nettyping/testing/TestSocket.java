package io.github.nettyping.testing;

import io.github.nettyping.packet.SystemCallException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * An ICMP socket without the code under test, to see what is on the wire. One thread at a time.
 *
 * <p>There is none in the machine's own namespace: each is opened inside a {@link Namespace} and stays there.
 */
public final class TestSocket implements AutoCloseable {

    // linux/socket.h
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int AF_PACKET = 17;
    /** All protocols, in network order. {@code linux/if_ether.h}. */
    private static final int ETH_P_ALL = 0x0300;

    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_RAW = 3;

    // linux/in.h, linux/in6.h: level and option "report ICMP errors"
    private static final int IPPROTO_IP = 0;
    private static final int IP_RECVERR = 11;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_RECVERR = 25;

    // linux/in.h, linux/in6.h: time to live, hop limit and path MTU discovery of what is sent
    private static final int IP_TTL = 2;
    private static final int IP_MTU_DISCOVER = 10;
    private static final int IPV6_UNICAST_HOPS = 16;
    private static final int IPV6_MTU_DISCOVER = 23;
    /** Never cut, whatever is known of the path. */
    private static final int PMTUDISC_PROBE = 3;

    private static final int BUFFER_BYTES = 65_536;

    private final int fd;
    private final boolean ipv6;
    private final ByteBuffer buffer = Libc.allocate(BUFFER_BYTES);
    private final long address = Libc.addressOf(buffer);
    private final ByteBuffer pollFd = Libc.allocate(8);

    private TestSocket(int fd, boolean ipv6) {
        this.fd = fd;
        this.ipv6 = ipv6;
        pollFd.putInt(0, fd).putShort(4, Libc.POLLIN);
    }

    /**
     * Opens a ping socket that talks to one host and reports the ICMP errors about it.
     *
     * @param namespace where
     * @param peer      the host
     * @return the socket, connected; the kernel sets identifier and checksum
     * @throws Exception if a call fails
     */
    public static TestSocket ping(Namespace namespace, InetAddress peer) throws Exception {
        boolean ipv6 = peer.getAddress().length == 16;
        TestSocket socket = open(namespace, ipv6, SOCK_DGRAM);
        try {
            socket.connect(peer);
            socket.set(IP_RECVERR, IPV6_RECVERR, 1);
            return socket;
        } catch (SystemCallException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Opens a raw socket, which gets a copy of every ICMP packet that reaches the namespace.
     *
     * @param namespace where
     * @param ipv6      the family
     * @return the socket; IPv4 packets come with their IP header, IPv6 packets without
     * @throws Exception if a call fails
     */
    public static TestSocket raw(Namespace namespace, boolean ipv6) throws Exception {
        return open(namespace, ipv6, SOCK_RAW);
    }

    /**
     * Opens a raw socket that sends to one host and cuts nothing.
     *
     * @param namespace where
     * @param peer      the host
     * @return the socket, connected: it receives only what this host sends
     * @throws Exception if a call fails
     */
    public static TestSocket raw(Namespace namespace, InetAddress peer) throws Exception {
        TestSocket socket = open(namespace, peer.getAddress().length == 16, SOCK_RAW);
        try {
            socket.connect(peer);
            socket.set(IP_MTU_DISCOVER, IPV6_MTU_DISCOVER, PMTUDISC_PROBE);
            return socket;
        } catch (SystemCallException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Opens a socket that gets a copy of every packet that enters or leaves the namespace, IP header first.
     *
     * @param namespace where
     * @return the socket, for both families; what goes over loopback comes twice
     * @throws Exception if a call fails
     */
    public static TestSocket wire(Namespace namespace) throws Exception {
        return namespace.call(() -> {
            int fd = Libc.CALLS.socket(AF_PACKET, SOCK_DGRAM | Libc.NONBLOCK | Libc.CLOEXEC, ETH_P_ALL);
            return new TestSocket(Libc.check(fd, "socket(AF_PACKET, SOCK_DGRAM, ETH_P_ALL)"), false);
        });
    }

    private static TestSocket open(Namespace namespace, boolean ipv6, int type) throws Exception {
        int domain = ipv6 ? AF_INET6 : AF_INET;
        int flags = type | Libc.NONBLOCK | Libc.CLOEXEC;
        int protocol = ipv6 ? Packets.ICMPV6 : Packets.ICMPV4;
        return namespace.call(() -> {
            int fd = Libc.CALLS.socket(domain, flags, protocol);
            return new TestSocket(Libc.check(fd, "socket(" + domain + ", " + flags + ", " + protocol + ")"), ipv6);
        });
    }

    private void connect(InetAddress peer) throws SystemCallException {
        byte[] bytes = peer.getAddress();
        boolean ipv6 = bytes.length == 16;
        // struct sockaddr_in and sockaddr_in6: family, port, [flow information,] address[, scope]; ip(7), ipv6(7)
        ByteBuffer name = Libc.allocate(28);
        name.putShort(0, (short) (ipv6 ? AF_INET6 : AF_INET)).put(ipv6 ? 8 : 4, bytes);
        Libc.check(Libc.CALLS.connect(fd, Libc.addressOf(name), ipv6 ? 28 : 16), "connect(" + peer + ")");
    }

    private void set(int ipv4Option, int ipv6Option, int value) throws SystemCallException {
        ByteBuffer bytes = Libc.allocate(Integer.BYTES).putInt(0, value);
        int level = ipv6 ? IPPROTO_IPV6 : IPPROTO_IP;
        int option = ipv6 ? ipv6Option : ipv4Option;
        int result = Libc.CALLS.setsockopt(fd, level, option, Libc.addressOf(bytes), Integer.BYTES);
        Libc.check(result, "setsockopt(" + level + ", " + option + ", " + value + ")");
    }

    /**
     * Lets what is sent from now on go so far.
     *
     * @param hops 1 to 255
     * @throws SystemCallException if the call fails
     */
    public void hopLimit(int hops) throws SystemCallException {
        set(IP_TTL, IPV6_UNICAST_HOPS, hops);
    }

    /**
     * Sends an ICMP message to the peer.
     *
     * @param message such as {@link Packets#echoRequest}
     * @throws SystemCallException if the kernel does not take it, also for an error that an earlier one caused
     */
    public void send(byte... message) throws SystemCallException {
        buffer.put(0, message);
        if (Libc.CALLS.write(fd, address, message.length) < 0) {
            throw Libc.failure("write", Libc.errno());
        }
    }

    /**
     * Receives a packet.
     *
     * @param limit how long to wait for it
     * @return the packet, or empty if there was none
     * @throws SystemCallException if an ICMP error came instead
     */
    public Optional<byte[]> receive(Duration limit) throws SystemCallException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            long length = Libc.CALLS.read(fd, address, BUFFER_BYTES);
            if (length >= 0) {
                byte[] packet = new byte[(int) length];
                buffer.get(0, packet);
                return Optional.of(packet);
            }
            int errno = Libc.errno();
            if (errno != Libc.EAGAIN && errno != Libc.EINTR) {
                throw Libc.failure("read", errno);
            }
            int millis = (int) Math.min((deadline - System.nanoTime() + 999_999) / 1_000_000, 60_000);
            if (millis <= 0) {
                return Optional.empty();
            }
            Libc.CALLS.poll(Libc.addressOf(pollFd), 1, millis);
        }
    }

    /**
     * Sends an echo request to the peer and looks for its echo.
     *
     * @param sequence 0 to 65,535
     * @param limit    how long to wait for each packet
     * @param payload  what to send
     * @return whether an echo reply with this sequence and payload came
     * @throws SystemCallException if an ICMP error came
     */
    public boolean ping(int sequence, Duration limit, byte... payload) throws SystemCallException {
        send(Packets.echoRequest(ipv6, 0, sequence, payload));
        for (Optional<byte[]> reply = receive(limit); reply.isPresent(); reply = receive(limit)) {
            ByteBuffer message = ByteBuffer.wrap(reply.get());
            byte[] data = Arrays.copyOfRange(message.array(), Packets.ICMP_HEADER_BYTES, message.limit());
            if (message.getShort(0) == (short) (ipv6 ? 129 << 8 : 0)
                    && (message.getShort(6) & 0xffff) == sequence
                    && Arrays.equals(data, payload)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        Libc.CALLS.close(fd);
    }
}
