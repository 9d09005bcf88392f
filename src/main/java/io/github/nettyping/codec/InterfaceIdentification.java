package io.github.nettyping.codec;

import io.github.nettyping.internal.Ranges;
import io.github.nettyping.packet.IpAddress;
import java.nio.charset.StandardCharsets;

/**
 * Which interface an {@link ExtendedEchoRequest} asks about: by name, index or address. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8335#section-2.1">RFC 8335, section 2.1</a>
 */
public sealed interface InterfaceIdentification extends ExtensionObject {

    @Override
    default int classNumber() {
        return IdentificationCodec.CLASS_NUMBER;
    }

    /**
     * By its name, such as {@code eth0}. Immutable.
     *
     * @param name 1 to 255 bytes of UTF-8, without NUL; in a received message, U+FFFD replaces terminal control
     *             characters
     */
    record ByName(String name) implements InterfaceIdentification {

        static final int TYPE = 1;
        private static final int MAX_BYTES = 255;

        /**
         * Checks the name.
         *
         * @throws IllegalArgumentException if it is not that
         */
        public ByName {
            int bytes = name.getBytes(StandardCharsets.UTF_8).length;
            Ranges.require("length of name", bytes, 1, MAX_BYTES);
            if (name.indexOf(0) >= 0) {
                throw new IllegalArgumentException("name: contains NUL (expected: none, it pads the name)");
            }
        }

        @Override
        public int type() {
            return TYPE;
        }
    }

    /**
     * By its ifIndex. Immutable.
     *
     * @param index 0 to 2<sup>32</sup>-1
     */
    record ByIndex(long index) implements InterfaceIdentification {

        static final int TYPE = 2;

        /**
         * Checks the range.
         *
         * @throws IllegalArgumentException if it is out of range
         */
        public ByIndex {
            Ranges.require("index", index, 0, Fields.MAX_32_BITS);
        }

        @Override
        public int type() {
            return TYPE;
        }
    }

    /**
     * By one of its IP addresses, of either family, whichever family the message is. Immutable.
     *
     * @param address the address; its scope is not sent
     */
    record ByAddress(IpAddress address) implements InterfaceIdentification {

        static final int TYPE = 3;

        /** The family of an IPv4 address. <a href="https://www.iana.org/assignments/address-family-numbers">IANA</a>. */
        static final int FAMILY_IPV4 = 1;

        /** The family of an IPv6 address. */
        static final int FAMILY_IPV6 = 2;

        @Override
        public int type() {
            return TYPE;
        }
    }

    /**
     * By an address that is no IP address, such as its MAC. Immutable.
     *
     * @param addressFamily the address family number of the IANA, 0 to 65535; 16389 is a 48-bit MAC
     * @param address       0 to 255 bytes
     * @see <a href="https://www.iana.org/assignments/address-family-numbers">Address family numbers of the IANA</a>
     */
    record ByOtherAddress(int addressFamily, Octets address) implements InterfaceIdentification {

        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if one is out of range
         */
        public ByOtherAddress {
            Ranges.require("addressFamily", addressFamily, 0, Fields.MAX_16_BITS);
            Ranges.require("length of address", address.length(), 0, Fields.MAX_8_BITS);
        }

        @Override
        public int type() {
            return ByAddress.TYPE;
        }
    }
}
