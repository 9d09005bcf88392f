package io.github.nettyping.testing;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What routers append to ICMP errors, built without the code under test. Safe for use by many threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4884">RFC 4884</a>, RFC 4950 (MPLS), RFC 5837 (interfaces)
 */
public final class ExtensionStructure {

    private static final int VERSION_2 = 0x20;
    private static final int HEADER_BYTES = 4;

    // Class numbers of IANA's "ICMP Extension Object Classes".
    private static final int MPLS_LABEL_STACK = 1;
    private static final int INTERFACE_INFORMATION = 2;

    // RFC 5837, section 4.1: bits of the C-Type.
    private static final int HAS_INDEX = 8;
    private static final int HAS_ADDRESS = 4;
    private static final int HAS_NAME = 2;
    private static final int HAS_MTU = 1;

    private ExtensionStructure() {}

    /**
     * Returns a structure with the right checksum.
     *
     * @param objects in their order
     * @return to be given to {@link IcmpError#extended}
     */
    public static byte[] of(byte[]... objects) {
        int length = HEADER_BYTES;
        for (byte[] object : objects) {
            length += object.length;
        }
        ByteBuffer structure = ByteBuffer.allocate(length).putInt(VERSION_2 << 24);
        for (byte[] object : objects) {
            structure.put(object);
        }
        structure.putShort(2, (short) Packets.checksum(structure, 0, length, 0));
        return structure.array();
    }

    /**
     * Returns any object.
     *
     * @param classNumber 0 to 255
     * @param type        the C-Type, 0 to 255
     * @param payload     a multiple of 4 bytes, if it shall be right
     * @return the object with its header
     */
    public static byte[] object(int classNumber, int type, byte... payload) {
        return ByteBuffer.allocate(HEADER_BYTES + payload.length)
                .putShort((short) (HEADER_BYTES + payload.length))
                .put((byte) classNumber)
                .put((byte) type)
                .put(payload)
                .array();
    }

    /**
     * Returns an MPLS label stack of one entry, the bottom (RFC 3032, section 2.1).
     *
     * @param label        0 to 1,048,575
     * @param trafficClass 0 to 7
     * @param timeToLive   0 to 255
     * @return the object
     */
    public static byte[] mpls(int label, int trafficClass, int timeToLive) {
        int entry = label << 12 | trafficClass << 9 | 1 << 8 | timeToLive;
        return object(
                MPLS_LABEL_STACK,
                1,
                ByteBuffer.allocate(Integer.BYTES).putInt(entry).array());
    }

    /**
     * Returns all that can be said of an interface.
     *
     * @param role    0 incoming, 1 sub-IP component of it, 2 outgoing, 3 next hop
     * @param index   {@code ifIndex}
     * @param address either family
     * @param name    up to 62 bytes of ASCII
     * @param mtu     in bytes
     * @return the object
     */
    public static byte[] interfaceInformation(int role, int index, InetAddress address, String name, int mtu) {
        byte[] ip = address.getAddress();
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        // The length counts itself; the whole is padded to a multiple of 4. RFC 5837, section 4.3.
        int nameBytes = (1 + text.length + 3) / 4 * 4;
        ByteBuffer payload = ByteBuffer.allocate(4 + 4 + ip.length + nameBytes + 4);
        payload.putInt(index)
                .putShort((short) (ip.length == 16 ? 2 : 1)) // address family numbers: IPv6, IPv4
                .putShort((short) 0)
                .put(ip)
                .put((byte) nameBytes)
                .put(text)
                .putInt(payload.capacity() - 4, mtu);
        int type = role << 6 | HAS_INDEX | HAS_ADDRESS | HAS_NAME | HAS_MTU;
        return object(INTERFACE_INFORMATION, type, payload.array());
    }
}
