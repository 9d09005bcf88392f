package io.github.nettyping.internal.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A network device as the kernel tells it: {@code struct ifinfomsg} and its attributes. Immutable. rtnetlink(7).
 *
 * @param index          its number, 1 or more
 * @param flags          {@code IFF_*}
 * @param name           its name
 * @param mtuBytes       longest packet it carries; 0 if not told
 * @param operState      {@code IF_OPER_*}; 0, unknown, if not told
 * @param carrier        whether there is a carrier; so it is if not told
 * @param carrierChanges how often the carrier came or went; only differences mean something
 */
public record LinkMessage(
        int index, int flags, String name, int mtuBytes, int operState, boolean carrier, int carrierChanges) {

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
        int mtuBytes = 0;
        int operState = 0;
        boolean carrier = true;
        int carrierChanges = 0;
        while (attributes.next()) {
            switch (attributes.type()) {
                case IfLinkHeader.IFLA_IFNAME -> name = text(bytes, attributes.value(), attributes.length());
                case IfLinkHeader.IFLA_MTU -> mtuBytes = attributes.intValue();
                case IfLinkHeader.IFLA_OPERSTATE -> operState = attributes.byteValue();
                case IfLinkHeader.IFLA_CARRIER -> carrier = attributes.byteValue() != 0;
                // Any of the three grows with each change; older kernels have the first one only.
                case IfLinkHeader.IFLA_CARRIER_CHANGES,
                        IfLinkHeader.IFLA_CARRIER_UP_COUNT,
                        IfLinkHeader.IFLA_CARRIER_DOWN_COUNT -> carrierChanges += attributes.intValue();
                default -> {}
            }
        }
        int index = bytes.getInt(begin + IFI_INDEX);
        return attributes.isMalformed() || index <= 0 || name.isEmpty()
                ? Optional.empty()
                : Optional.of(new LinkMessage(
                        index, bytes.getInt(begin + IFI_FLAGS), name, mtuBytes, operState, carrier, carrierChanges));
    }

    /** Tells whether packets can pass. */
    public boolean isRunning() {
        return (flags & IfHeader.IFF_UP) != 0
                && carrier
                && operState != IfHeader.IF_OPER_NOTPRESENT
                && operState != IfHeader.IF_OPER_DOWN
                && operState != IfHeader.IF_OPER_LOWERLAYERDOWN;
    }

    /** Tells whether packets may have been lost between this and an earlier state of the same device. */
    public boolean isDisturbedSince(LinkMessage earlier) {
        return carrierChanges != earlier.carrierChanges
                || operState != earlier.operState
                || mtuBytes != earlier.mtuBytes
                || isRunning() != earlier.isRunning();
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
