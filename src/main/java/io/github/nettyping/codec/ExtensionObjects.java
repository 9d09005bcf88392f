package io.github.nettyping.codec;

import io.github.nettyping.codec.InterfaceInformation.Role;
import io.github.nettyping.internal.VisibleText;
import io.github.nettyping.packet.IpAddress;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the objects of an extension structure. One whose payload is not what it should be is an {@link OtherExtension}. */
final class ExtensionObjects {

    private static final int LABEL_BYTES = 4;

    // Sub-objects of the interface information. RFC 5837, sections 4.2 and 4.3.
    private static final int ADDRESS_FAMILY_BYTES = 4;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int MAX_NAME_SUB_OBJECT_BYTES = 64;

    private static final char REPLACEMENT = '\ufffd';

    private ExtensionObjects() {}

    /** Reads the object that lies exactly between two indexes. */
    static ExtensionObject read(ByteBuf buffer, int start, int end) {
        int classNumber = buffer.getUnsignedByte(start + ExtensionLayout.OBJECT_CLASS);
        int type = buffer.getUnsignedByte(start + ExtensionLayout.OBJECT_TYPE);
        int payload = start + ExtensionLayout.OBJECT_BYTES;
        ExtensionObject known =
                switch (classNumber) {
                    case MplsLabelStack.CLASS_NUMBER -> labels(buffer, type, payload, end);
                    case InterfaceInformation.CLASS_NUMBER -> information(buffer, type, payload, end);
                    case IdentificationCodec.CLASS_NUMBER ->
                        IdentificationCodec.read(buffer, type, payload, end).orElse(null);
                    default -> null;
                };
        return known == null ? new OtherExtension(classNumber, type, Octets.copyOf(buffer, payload, end)) : known;
    }

    private static @Nullable MplsLabelStack labels(ByteBuf buffer, int type, int start, int end) {
        if (type != MplsLabelStack.INCOMING || end == start || (end - start) % LABEL_BYTES != 0) {
            return null;
        }
        List<MplsLabelStack.Label> labels = new ArrayList<>();
        for (int at = start; at < end; at += LABEL_BYTES) {
            // RFC 3032, section 2.1: 20 bits label, 3 bits once experimental, bottom of stack, 8 bits time to live.
            int bits = buffer.getInt(at);
            labels.add(new MplsLabelStack.Label(bits >>> 12, (bits >>> 9) & 7, (bits & 0x100) != 0, bits & 0xff));
        }
        return new MplsLabelStack(labels);
    }

    /** Reads what the bits of the type announce, in this order. RFC 5837, section 4.1. */
    private static @Nullable InterfaceInformation information(ByteBuf buffer, int type, int start, int end) {
        OptionalLong index = OptionalLong.empty();
        Optional<IpAddress> address = Optional.empty();
        Optional<String> name = Optional.empty();
        OptionalLong mtu = OptionalLong.empty();
        int at = start;
        if ((type & InterfaceInformation.HAS_INDEX) != 0) {
            if (end - at < Integer.BYTES) {
                return null;
            }
            index = OptionalLong.of(buffer.getUnsignedInt(at));
            at += Integer.BYTES;
        }
        if ((type & InterfaceInformation.HAS_ADDRESS) != 0) {
            int bytes = addressBytes(buffer, at, end);
            address = ipAddress(buffer, at + ADDRESS_FAMILY_BYTES, bytes);
            if (address.isEmpty()) {
                return null;
            }
            at += ADDRESS_FAMILY_BYTES + bytes;
        }
        if ((type & InterfaceInformation.HAS_NAME) != 0) {
            int bytes = end == at ? 0 : buffer.getUnsignedByte(at);
            if (bytes == 0 || bytes > MAX_NAME_SUB_OBJECT_BYTES || bytes > end - at) {
                return null;
            }
            name = Optional.of(text(buffer, at + 1, at + bytes)).filter(told -> !told.isEmpty());
            at += bytes;
        }
        if ((type & InterfaceInformation.HAS_MTU) != 0) {
            if (end - at < Integer.BYTES) {
                return null;
            }
            mtu = OptionalLong.of(buffer.getUnsignedInt(at));
        }
        return new InterfaceInformation(Role.of(type >>> InterfaceInformation.ROLE_SHIFT), index, address, name, mtu);
    }

    /** Returns the length of the address whose family stands at an index, 0 if it is unknown or not whole. */
    private static int addressBytes(ByteBuf buffer, int start, int end) {
        if (end - start < ADDRESS_FAMILY_BYTES) {
            return 0;
        }
        int bytes =
                switch (buffer.getUnsignedShort(start)) {
                    case InterfaceIdentification.ByAddress.FAMILY_IPV4 -> IPV4_BYTES;
                    case InterfaceIdentification.ByAddress.FAMILY_IPV6 -> IPV6_BYTES;
                    default -> 0;
                };
        return bytes <= end - start - ADDRESS_FAMILY_BYTES ? bytes : 0;
    }

    /** Returns the address of 4 or 16 bytes; empty for any other length, and for an IPv4-mapped IPv6 address. */
    static Optional<IpAddress> ipAddress(ByteBuf buffer, int index, int bytes) {
        if (bytes == IPV4_BYTES) {
            return Optional.of(IpAddress.ofIpv4(buffer.getInt(index)));
        }
        if (bytes != IPV6_BYTES || IpAddress.isIpv4(buffer.getLong(index), buffer.getLong(index + Long.BYTES))) {
            return Optional.empty();
        }
        return Optional.of(new IpAddress(buffer.getLong(index), buffer.getLong(index + Long.BYTES), 0));
    }

    /** Returns a name up to the first NUL, without terminal control characters. */
    static String text(ByteBuf buffer, int start, int end) {
        int nul = buffer.indexOf(start, end, (byte) 0);
        String text = buffer.toString(start, (nul < 0 ? end : nul) - start, StandardCharsets.UTF_8);
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> clean.appendCodePoint(VisibleText.isVisible(point) ? point : REPLACEMENT));
        return clean.toString();
    }
}
