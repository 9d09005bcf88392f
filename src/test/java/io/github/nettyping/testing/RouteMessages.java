package io.github.nettyping.testing;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Netlink messages as a kernel writes them, laid out by hand: {@code struct nlmsghdr}, the structure of the kind, attributes.
 * Stateless. rtnetlink(7).
 */
public final class RouteMessages {

    private RouteMessages() {}

    /** Returns a message with its header, padded; the sequence number is that of whoever delivers it. */
    public static byte[] message(int type, int flags, byte[]... parts) {
        byte[] body = join(parts);
        return padded(bytes(16 + body.length)
                .putInt(16 + body.length)
                .putShort((short) type)
                .putShort((short) flags)
                .putInt(0)
                .putInt(0)
                .put(body)
                .array());
    }

    /** Returns {@code struct rtmsg} and a destination, if it is longer than nothing. */
    public static byte[] route(String prefix, int table, int type, byte[]... attributes) {
        InetAddress address = Packets.address(prefix.substring(0, prefix.indexOf('/')));
        int length = Integer.parseInt(prefix.substring(prefix.indexOf('/') + 1));
        byte[] raw = address.getAddress();
        byte[] header = new byte[12];
        header[0] = (byte) (raw.length == 4 ? 2 : 10);
        header[1] = (byte) length;
        header[4] = (byte) table;
        header[7] = (byte) type;
        byte[] rest = join(attributes);
        return length == 0 ? join(header, rest) : join(header, attribute(1, raw), rest);
    }

    /** Returns {@code struct ifinfomsg} and a name. */
    public static byte[] link(int index, int flags, String name) {
        byte[] header = bytes(16).putInt(4, index).putInt(8, flags).array();
        return join(header, attribute(3, (name + '\0').getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns {@code struct ifinfomsg} with a name, an MTU, an operational state, a carrier, and the counts of its changes. */
    public static byte[] link(
            int index, int flags, String name, int mtu, int operState, int carrier, int ups, int downs) {
        return join(
                link(index, flags, name),
                attribute(4, mtu),
                attribute(16, new byte[] {(byte) operState}),
                attribute(33, new byte[] {(byte) carrier}),
                attribute(47, ups),
                attribute(48, downs));
    }

    /** Returns {@code struct ndmsg}. */
    public static byte[] neighbour(int family, int state, int flags) {
        return bytes(12)
                .put(0, (byte) family)
                .putShort(8, (short) state)
                .put(10, (byte) flags)
                .array();
    }

    /** Returns {@code struct fib_rule_hdr} and a priority. */
    public static byte[] rule(int family, int priority) {
        byte[] header = bytes(12).put(0, (byte) family).array();
        return priority == 0 ? header : join(header, attribute(6, priority));
    }

    /** Returns a next hop of several, {@code struct rtnexthop}. */
    public static byte[] hop(int interfaceIndex, int flags, byte[]... attributes) {
        byte[] rest = join(attributes);
        return bytes(8 + rest.length)
                .putShort((short) (8 + rest.length))
                .put((byte) flags)
                .put((byte) 0)
                .putInt(interfaceIndex)
                .put(rest)
                .array();
    }

    /** Returns an attribute with a number. */
    public static byte[] attribute(int type, int value) {
        return attribute(type, bytes(4).putInt(value).array());
    }

    /** Returns an attribute, padded. */
    public static byte[] attribute(int type, byte[] value) {
        return padded(bytes(4 + value.length)
                .putShort((short) (4 + value.length))
                .putShort((short) type)
                .put(value)
                .array());
    }

    /** Returns one after the other. */
    public static byte[] join(byte[]... parts) {
        byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static byte[] padded(byte[] bytes) {
        return Arrays.copyOf(bytes, (bytes.length + 3) & ~3);
    }

    private static ByteBuffer bytes(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
    }
}
