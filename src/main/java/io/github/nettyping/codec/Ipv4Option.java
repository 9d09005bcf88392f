package io.github.nettyping.codec;

import io.github.nettyping.internal.Ranges;

/**
 * An option of the IPv4 header. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc791#page-14">RFC 791, section 3.1, Options</a>
 */
public sealed interface Ipv4Option
        permits RouteOption,
                TimestampOption,
                Ipv4Option.NoOperation,
                Ipv4Option.RouterAlert,
                Ipv4Option.Other,
                Ipv4Option.Malformed {

    /** Padding that moves the next option to another place, mostly one divisible by four. Immutable. */
    record NoOperation() implements Ipv4Option {}

    /**
     * Asks every router on the path to look at the packet. Immutable.
     *
     * @param value 0 for any router, up to 65535
     * @see <a href="https://www.rfc-editor.org/rfc/rfc2113">RFC 2113</a>
     */
    record RouterAlert(int value) implements Ipv4Option {

        /**
         * Checks the range.
         *
         * @throws IllegalArgumentException if it is out of range
         */
        public RouterAlert {
            Ranges.require("value", value, 0, Fields.MAX_16_BITS);
        }
    }

    /**
     * An option this package does not read further, or one whose length is not that of its type. Immutable.
     *
     * @param type copied flag, class and number, 2 to 255: 0 and 1 have no length
     * @param data what follows type and length, at most 38 bytes
     */
    record Other(int type, Octets data) implements Ipv4Option {

        private static final int MIN_TYPE = 2;
        private static final int MAX_DATA_BYTES = 38;

        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if one is out of range
         */
        public Other {
            Ranges.require("type", type, MIN_TYPE, Fields.MAX_8_BITS);
            Ranges.require("length of data", data.length(), 0, MAX_DATA_BYTES);
        }
    }

    /**
     * The rest of the options from one on that contradicts the length of the header: nothing behind it can be
     * separated. Immutable.
     *
     * @param rest the option and all bytes after it, at most 40
     */
    record Malformed(Octets rest) implements Ipv4Option {}
}
