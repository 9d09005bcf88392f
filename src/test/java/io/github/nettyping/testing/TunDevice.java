package io.github.nettyping.testing;

import io.github.nettyping.packet.SystemCallException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A network device whose cable ends in this process. One thread reads; any thread may write or stop it.
 *
 * @see <a href="https://docs.kernel.org/networking/tuntap.html">Universal TUN/TAP device driver</a>
 */
final class TunDevice implements AutoCloseable {

    /** {@code _IOW('T', 202, int)}. {@code linux/if_tun.h}. */
    private static final long TUNSETIFF = 0x400454ca;

    /** IP packets, no Ethernet. {@code linux/if_tun.h}. */
    private static final short IFF_TUN = 1;

    /** No 4 bytes of flags and protocol before each packet. {@code linux/if_tun.h}. */
    private static final short IFF_NO_PI = 0x1000;

    /** {@code struct ifreq}: 16 bytes of name, then a union of 24; {@code linux/if.h}. */
    private static final int IFREQ_BYTES = 40;

    private static final int IFNAMSIZ = 16;

    /** Twice {@code struct pollfd}: int, two shorts; poll(2). */
    private static final int POLLFD_BYTES = 8;

    private final String name;
    private final int fd;
    private final int stopFd;
    private final ByteBuffer pollFds = Libc.allocate(2 * POLLFD_BYTES);
    private final long pollAddress = Libc.addressOf(pollFds);
    private volatile boolean stopped;

    private TunDevice(String name, int fd, int stopFd) {
        this.name = name;
        this.fd = fd;
        this.stopFd = stopFd;
        pollFds.putInt(0, fd).putShort(4, Libc.POLLIN);
        pollFds.putInt(POLLFD_BYTES, stopFd).putShort(POLLFD_BYTES + 4, Libc.POLLIN);
    }

    /** Makes a device in the namespace of the calling thread, down and without addresses. */
    static TunDevice open() throws SystemCallException {
        ByteBuffer request = Libc.allocate(IFREQ_BYTES);
        request.put(0, "tun%d".getBytes(StandardCharsets.US_ASCII)).putShort(IFNAMSIZ, (short) (IFF_TUN | IFF_NO_PI));
        int flags = Libc.O_RDWR | Libc.NONBLOCK | Libc.CLOEXEC;
        int fd = Libc.check(Libc.CALLS.open("/dev/net/tun", flags), "open(/dev/net/tun)");
        try {
            Libc.check(Libc.CALLS.ioctl(fd, TUNSETIFF, Libc.addressOf(request)), "ioctl(TUNSETIFF)");
            int stopFd = Libc.check(Libc.CALLS.eventfd(0, Libc.NONBLOCK | Libc.CLOEXEC), "eventfd");
            byte[] name = new byte[IFNAMSIZ];
            request.get(0, name);
            return new TunDevice(new String(name, StandardCharsets.US_ASCII).trim(), fd, stopFd);
        } catch (SystemCallException e) {
            Libc.CALLS.close(fd);
            throw e;
        }
    }

    String name() {
        return name;
    }

    /**
     * Waits for a packet.
     *
     * @param address of a buffer outside the heap
     * @param bytes   its length
     * @return the packet's length; 0 once stopped
     */
    int read(long address, int bytes) throws SystemCallException {
        while (!stopped) {
            long length = Libc.CALLS.read(fd, address, bytes);
            if (length > 0) {
                return (int) length;
            }
            int errno = length == 0 ? 0 : Libc.errno();
            if (errno != Libc.EAGAIN && errno != Libc.EINTR) {
                throw Libc.failure("read(" + name + ")", errno);
            }
            if (Libc.CALLS.poll(pollAddress, 2, -1) < 0 && Libc.errno() != Libc.EINTR) {
                throw Libc.failure("poll(" + name + ")", Libc.errno());
            }
        }
        return 0;
    }

    /** Hands a packet to the kernel as received by the device. */
    void write(long address, int bytes) throws SystemCallException {
        while (Libc.CALLS.write(fd, address, bytes) < 0) {
            int errno = Libc.errno();
            if (errno != Libc.EINTR) {
                throw Libc.failure("write(" + name + ", " + bytes + " bytes)", errno);
            }
        }
    }

    /** Makes the reader return at once, for good. */
    void stop() throws SystemCallException {
        stopped = true;
        ByteBuffer one = Libc.allocate(Long.BYTES).putLong(0, 1);
        if (Libc.CALLS.write(stopFd, Libc.addressOf(one), Long.BYTES) < 0) {
            throw Libc.failure("write(eventfd)", Libc.errno());
        }
    }

    /** Removes the device. Only when no thread reads or writes any more: its number may be another's at once. */
    @Override
    public void close() {
        Libc.CALLS.close(fd);
        Libc.CALLS.close(stopFd);
    }
}
