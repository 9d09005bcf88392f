package io.github.nettyping.internal.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A network device as the kernel tells it: {@code struct ifinfomsg} and its attributes. Immutable. rtnetlink(7).
 *
 * @param index its number, 1 or more
 * @param flags {@code IFF_*}
 * @param name  its name
 */
public record LinkMessage(int index, int flags, String name) {

    /** {@code struct ifinfomsg}. */
    public static final int HEADER_BYTES = 16;

    public static final int IFI_INDEX = 4;
    public static final int IFI_FLAGS = 8;

    /** Reads a device from the bytes {@code begin} to {@code end - 1}; empty if they are malformed. */
    public static Optional<LinkMessage> parse(ByteBuffer bytes, int begin, int end) {
        if (end - begin < HEADER_BYTES) {
            return Optional.empty();
        }
        NetlinkAttributes attributes = new NetlinkAttributes(bytes, begin + HEADER_BYTES, end);
        String name = "";
        while (attributes.next()) {
            if (attributes.type() == IfLinkHeader.IFLA_IFNAME) {
                name = text(bytes, attributes.value(), attributes.length());
            }
        }
        int index = bytes.getInt(begin + IFI_INDEX);
        return attributes.isMalformed() || index <= 0 || name.isEmpty()
                ? Optional.empty()
                : Optional.of(new LinkMessage(index, bytes.getInt(begin + IFI_FLAGS), name));
    }

    private static String text(ByteBuffer bytes, int at, int length) {
        byte[] text = new byte[length];
        bytes.get(at, text);
        int end = 0;
        while (end < length && text[end] != 0) {
            end++;
        }
        return new String(text, 0, end, StandardCharsets.UTF_8);
    }
}
