package io.github.nettyping.internal.linux;

import java.nio.ByteBuffer;

/**
 * An array of {@code struct mmsghdr}, each with one {@code iovec}, one address and one control buffer. It is laid out
 * once; only fields are changed for a packet. The layout is that of 64-bit Linux. Confined to one thread.
 *
 * <p>Socket addresses are {@code struct sockaddr_in} or {@code sockaddr_in6}, written and read as the halves of
 * {@code IpAddress}: IPv4 in its mapped form.
 */
public final class MmsgArray implements AutoCloseable {

    // struct mmsghdr { struct msghdr msg_hdr; unsigned int msg_len; }: sendmmsg(2).
    private static final int MSG_NAME = 0;
    static final int MSG_NAMELEN = 8;
    private static final int MSG_IOV = 16;
    private static final int MSG_IOVLEN = 24;
    private static final int MSG_CONTROL = 32;
    static final int MSG_CONTROLLEN = 40;
    static final int MSG_FLAGS = 48;
    static final int MSG_LEN = 56;
    static final int MMSGHDR_BYTES = 64;

    // struct iovec { void *iov_base; size_t iov_len; }: readv(2).
    static final int IOV_BASE = 0;
    static final int IOV_LEN = 8;
    static final int IOVEC_BYTES = 16;

    private final int count;
    private final int nameBytes;
    private final int controlBytes;
    private final int iovecs;
    private final int names;
    private final int controls;
    private final NativeMemory memory;
    private final ByteBuffer bytes;

    /** Lays out {@code count} messages with addresses of {@code nameBytes} and control buffers of {@code controlBytes}. */
    public MmsgArray(int count, int nameBytes, int controlBytes) {
        this.count = count;
        this.nameBytes = align(nameBytes);
        this.controlBytes = align(controlBytes);
        this.iovecs = count * MMSGHDR_BYTES;
        this.names = iovecs + count * IOVEC_BYTES;
        this.controls = names + count * this.nameBytes;
        this.memory = new NativeMemory(controls + count * this.controlBytes);
        this.bytes = memory.bytes();
        for (int i = 0; i < count; i++) {
            int header = i * MMSGHDR_BYTES;
            bytes.putLong(header + MSG_NAME, memory.address() + nameOffset(i));
            bytes.putInt(header + MSG_NAMELEN, nameBytes);
            bytes.putLong(header + MSG_IOV, memory.address() + iovecs + (long) i * IOVEC_BYTES);
            bytes.putLong(header + MSG_IOVLEN, 1);
            if (controlBytes > 0) {
                bytes.putLong(header + MSG_CONTROL, memory.address() + controlOffset(i));
            }
        }
    }

    /** Lays out {@code count} messages for the socket addresses of a family, without or with control buffers. */
    public static MmsgArray forFamily(int count, boolean ipv6, int controlBytes) {
        MmsgArray array =
                new MmsgArray(count, ipv6 ? SockAddrs.SOCKADDR_IN6_BYTES : SockAddrs.SOCKADDR_IN_BYTES, controlBytes);
        for (int i = 0; i < count; i++) {
            array.bytes.putShort(array.nameOffset(i), (short) (ipv6 ? SocketHeader.AF_INET6 : SocketHeader.AF_INET));
            array.bytes.putInt(
                    i * MMSGHDR_BYTES + MSG_NAMELEN, ipv6 ? SockAddrs.SOCKADDR_IN6_BYTES : SockAddrs.SOCKADDR_IN_BYTES);
        }
        return array;
    }

    /** Returns the address of the first {@code mmsghdr}. */
    public long address() {
        return memory.address();
    }

    /** Returns the number of messages. */
    public int count() {
        return count;
    }

    /** Points message {@code i} at its bytes. */
    public void setBuffer(int i, long address, int length) {
        int iovec = iovecs + i * IOVEC_BYTES;
        bytes.putLong(iovec + IOV_BASE, address);
        bytes.putLong(iovec + IOV_LEN, length);
    }

    /** Copies any socket address into message {@code i}. */
    public void setName(int i, NativeMemory address, int length) {
        for (int j = 0; j < length; j++) {
            bytes.put(nameOffset(i) + j, address.bytes().get(j));
        }
        bytes.putInt(i * MMSGHDR_BYTES + MSG_NAMELEN, length);
    }

    /** Sets the IPv4 destination of message {@code i} of an array made {@link #forFamily for IPv4}. */
    public void setIpv4(int i, int address) {
        bytes.putInt(nameOffset(i) + SockAddrs.SIN_ADDR, SockAddrs.bigEndian(address));
    }

    /** Sets the IPv6 destination of message {@code i} of an array made {@link #forFamily for IPv6}. */
    public void setIpv6(int i, long high, long low, int scopeId) {
        int name = nameOffset(i);
        bytes.putLong(name + SockAddrs.SIN6_ADDR, SockAddrs.bigEndian(high));
        bytes.putLong(name + SockAddrs.SIN6_ADDR + 8, SockAddrs.bigEndian(low));
        bytes.putInt(name + SockAddrs.SIN6_SCOPE_ID, scopeId);
    }

    /** Sets the flow label of all destinations of an array made {@link #forFamily for IPv6}; 0 for none. */
    public void setFlowLabel(int label) {
        for (int i = 0; i < count; i++) {
            bytes.putInt(nameOffset(i) + SockAddrs.SIN6_FLOWINFO, SockAddrs.bigEndian(label));
        }
    }

    /** Sets how many bytes of control data go out with message {@code i}: those from {@link #controlOffset} on. */
    public void setControlLength(int i, int length) {
        bytes.putLong(i * MMSGHDR_BYTES + MSG_CONTROLLEN, length);
    }

    /**
     * Restores what {@code recvmmsg} overwrote in message {@code i}: the lengths of address and control data, and the
     * flags. Without this the second call would find no room. recvmsg(2).
     */
    public void resetForReceive(int i) {
        int header = i * MMSGHDR_BYTES;
        bytes.putInt(header + MSG_NAMELEN, nameBytes);
        bytes.putLong(header + MSG_CONTROLLEN, controlBytes);
        bytes.putInt(header + MSG_FLAGS, 0);
    }

    /** Gives message {@code i}, which is to be sent, one control message with a 32-bit value. cmsg(3). */
    public void setControl(int i, int level, int type, int value) {
        int start = controlOffset(i);
        setControlLength(i, ControlWriter.putInt(bytes, start, level, type, value) - start);
    }

    /** Returns how many bytes message {@code i} brought. */
    public int length(int i) {
        return bytes.getInt(i * MMSGHDR_BYTES + MSG_LEN);
    }

    /** Returns the flags message {@code i} came with. */
    public int flags(int i) {
        return bytes.getInt(i * MMSGHDR_BYTES + MSG_FLAGS);
    }

    /** Tells whether message {@code i} came with the address of its peer. */
    public boolean hasPeer(int i) {
        int length = bytes.getInt(i * MMSGHDR_BYTES + MSG_NAMELEN);
        return SockAddrs.isInternet(bytes, nameOffset(i), length);
    }

    /** Returns the upper half of the peer's address of message {@code i}. */
    public long peerHigh(int i) {
        return SockAddrs.high(bytes, nameOffset(i));
    }

    /** Returns the lower half of the peer's address of message {@code i}. */
    public long peerLow(int i) {
        return SockAddrs.low(bytes, nameOffset(i));
    }

    /** Returns the scope of the peer's address of message {@code i}. */
    public int peerScopeId(int i) {
        return SockAddrs.scopeId(bytes, nameOffset(i));
    }

    /** Returns the memory that holds the control data of all messages. */
    public ByteBuffer controlBytes() {
        return bytes;
    }

    /** Returns where in {@link #controlBytes()} the control data of message {@code i} begins. */
    public int controlOffset(int i) {
        return controls + i * controlBytes;
    }

    /** Returns how much control data message {@code i} brought, or goes out with. */
    public int controlLength(int i) {
        return (int) bytes.getLong(i * MMSGHDR_BYTES + MSG_CONTROLLEN);
    }

    @Override
    public void close() {
        memory.close();
    }

    int nameOffset(int i) {
        return names + i * nameBytes;
    }

    private static int align(int size) {
        return (size + 7) & ~7;
    }
}
