package io.github.nettyping.codec;

import io.github.nettyping.codec.InterfaceIdentification.ByAddress;
import io.github.nettyping.codec.InterfaceIdentification.ByIndex;
import io.github.nettyping.codec.InterfaceIdentification.ByName;
import io.github.nettyping.codec.InterfaceIdentification.ByOtherAddress;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads and writes interface identification objects. RFC 8335, section 2.1. */
final class IdentificationCodec {

    static final int CLASS_NUMBER = 3;

    // Payload of an identification by address: family, length of the address, one reserved byte, the address.
    private static final int FAMILY = 0;
    private static final int ADDRESS_LENGTH = 2;
    private static final int ADDRESS = 4;

    /** Objects end where a 32-bit word does. */
    private static final int WORD = 4;

    private IdentificationCodec() {}

    /** Reads a payload between two indexes; empty if it is not what its type says. */
    static Optional<InterfaceIdentification> read(ByteBuf buffer, int type, int start, int end) {
        return switch (type) {
            case ByName.TYPE -> name(buffer, start, end);
            case ByIndex.TYPE ->
                end - start == Integer.BYTES
                        ? Optional.of(new ByIndex(buffer.getUnsignedInt(start)))
                        : Optional.empty();
            case ByAddress.TYPE -> address(buffer, start, end);
            default -> Optional.empty();
        };
    }

    private static Optional<InterfaceIdentification> name(ByteBuf buffer, int start, int end) {
        String name = ExtensionObjects.text(buffer, start, end);
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        return bytes == 0 || bytes > Fields.MAX_8_BITS ? Optional.empty() : Optional.of(new ByName(name));
    }

    private static Optional<InterfaceIdentification> address(ByteBuf buffer, int start, int end) {
        if (end - start < ADDRESS) {
            return Optional.empty();
        }
        int family = buffer.getUnsignedShort(start + FAMILY);
        int bytes = buffer.getUnsignedByte(start + ADDRESS_LENGTH);
        int at = start + ADDRESS;
        if (bytes > end - at) {
            return Optional.empty();
        }
        if (family == ByAddress.FAMILY_IPV4 || family == ByAddress.FAMILY_IPV6) {
            IpFamily expected = family == ByAddress.FAMILY_IPV4 ? IpFamily.IPV4 : IpFamily.IPV6;
            return ExtensionObjects.ipAddress(buffer, at, bytes)
                    .filter(address -> address.family() == expected)
                    .map(ByAddress::new);
        }
        return Optional.of(new ByOtherAddress(family, Octets.copyOf(buffer, at, at + bytes)));
    }

    /**
     * Reads the structure of an extended echo request, which ends with its one object; what follows is data. Empty if
     * it is no such structure, or if its checksum fits neither the structure alone nor, as some senders compute it,
     * structure and data.
     */
    static Optional<InterfaceIdentification> readStructure(ByteBuf buffer, int start, int end) {
        int object = start + ExtensionLayout.BYTES;
        if (!ExtensionDecoder.hasHeader(buffer, start, end)) {
            return Optional.empty();
        }
        int next = ExtensionDecoder.endOfObject(buffer, object, end);
        boolean verified = next <= end
                && (buffer.getShort(start + ExtensionLayout.CHECKSUM) == 0
                        || InternetChecksum.isValid(buffer, start, next - start)
                        || InternetChecksum.isValid(buffer, start, end - start));
        return verified && buffer.getUnsignedByte(object + ExtensionLayout.OBJECT_CLASS) == CLASS_NUMBER
                ? read(
                        buffer,
                        buffer.getUnsignedByte(object + ExtensionLayout.OBJECT_TYPE),
                        object + ExtensionLayout.OBJECT_BYTES,
                        next)
                : Optional.empty();
    }

    /** Appends an extension structure that holds one object, its checksum included. RFC 4884, section 7. */
    static void writeStructure(ByteBuf out, InterfaceIdentification identification) {
        int start = out.writerIndex();
        out.writeByte(ExtensionLayout.VERSION_2 << 4).writeByte(0).writeShort(0);
        int object = out.writerIndex();
        out.writeShort(0).writeByte(identification.classNumber()).writeByte(identification.type());
        writePayload(out, identification);
        int odd = (out.writerIndex() - object) % WORD;
        out.writeZero(odd == 0 ? 0 : WORD - odd);
        out.setShort(object + ExtensionLayout.OBJECT_LENGTH, out.writerIndex() - object);
        int checksum = InternetChecksum.of(out, start, out.writerIndex() - start);
        // 0 would mean that there is no checksum; ffff is the same number in one's complement.
        out.setShort(start + ExtensionLayout.CHECKSUM, checksum == 0 ? Fields.MAX_16_BITS : checksum);
    }

    private static void writePayload(ByteBuf out, InterfaceIdentification identification) {
        if (identification instanceof ByName byName) {
            out.writeCharSequence(byName.name(), StandardCharsets.UTF_8);
        } else if (identification instanceof ByIndex byIndex) {
            out.writeInt((int) byIndex.index());
        } else if (identification instanceof ByAddress byAddress) {
            writeAddress(out, byAddress.address());
        } else if (identification instanceof ByOtherAddress byOther) {
            out.writeShort(byOther.addressFamily())
                    .writeByte(byOther.address().length())
                    .writeByte(0);
            byOther.address().writeTo(out);
        }
    }

    private static void writeAddress(ByteBuf out, IpAddress address) {
        if (address.family() == IpFamily.IPV4) {
            out.writeShort(ByAddress.FAMILY_IPV4).writeByte(Integer.BYTES).writeByte(0);
            out.writeInt(address.ipv4Bits());
        } else {
            out.writeShort(ByAddress.FAMILY_IPV6).writeByte(2 * Long.BYTES).writeByte(0);
            out.writeLong(address.high()).writeLong(address.low());
        }
    }
}
