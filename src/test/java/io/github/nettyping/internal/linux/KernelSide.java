package io.github.nettyping.internal.linux;

import java.nio.ByteBuffer;

/** What the kernel reads of an {@link MmsgArray} and writes into it, for stand-ins of the kernel. Stateless. */
public final class KernelSide {

    private KernelSide() {}

    /** Returns the address that message {@code i}'s bytes were set to. */
    public static long bufferAddress(MmsgArray messages, int i) {
        return messages.controlBytes().getLong(iovec(messages, i) + MmsgArray.IOV_BASE);
    }

    /** Returns the length that message {@code i}'s bytes were set to. */
    public static int bufferLength(MmsgArray messages, int i) {
        return (int) messages.controlBytes().getLong(iovec(messages, i) + MmsgArray.IOV_LEN);
    }

    private static int iovec(MmsgArray messages, int i) {
        return messages.count() * MmsgArray.MMSGHDR_BYTES + i * MmsgArray.IOVEC_BYTES;
    }

    /** Returns the flow label of the destination of message {@code i}, 0 for IPv4. */
    public static int flowInfo(MmsgArray messages, int i) {
        ByteBuffer bytes = messages.controlBytes();
        int name = messages.nameOffset(i);
        return SockAddrs.isIpv4(bytes, name) ? 0 : SockAddrs.bigEndian(bytes.getInt(name + SockAddrs.SIN6_FLOWINFO));
    }

    /** Writes what a kernel would have written for a received message {@code i}. */
    public static void deliver(MmsgArray messages, int i, int length, int nameLength, int controlLength, int flags) {
        ByteBuffer bytes = messages.controlBytes();
        int header = i * MmsgArray.MMSGHDR_BYTES;
        bytes.putInt(header + MmsgArray.MSG_LEN, length);
        bytes.putInt(header + MmsgArray.MSG_NAMELEN, nameLength);
        bytes.putLong(header + MmsgArray.MSG_CONTROLLEN, controlLength);
        bytes.putInt(header + MmsgArray.MSG_FLAGS, flags);
    }
}
