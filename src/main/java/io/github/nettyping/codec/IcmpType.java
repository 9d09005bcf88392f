package io.github.nettyping.codec;

import io.github.nettyping.packet.IpFamily;
import java.util.Arrays;

/** The message types this package knows, as one table of their numbers in both families. */
enum IcmpType {
    /** RFC 792, page 14; RFC 4443, section 4.2. */
    ECHO_REPLY(0, 129),
    /** RFC 792, page 14; RFC 4443, section 4.1. */
    ECHO_REQUEST(8, 128),
    /** RFC 792, page 4; RFC 4443, section 3.1. */
    DESTINATION_UNREACHABLE(3, 1),
    /** RFC 4443, section 3.2; in ICMPv4 it is a code of {@link #DESTINATION_UNREACHABLE}. */
    PACKET_TOO_BIG(IcmpType.ABSENT, 2),
    /** RFC 792, page 6; RFC 4443, section 3.3. */
    TIME_EXCEEDED(11, 3),
    /** RFC 792, page 8; RFC 4443, section 3.4. */
    PARAMETER_PROBLEM(12, 4),
    /** RFC 792, page 10. */
    SOURCE_QUENCH(4, IcmpType.ABSENT),
    /** RFC 792, page 12. */
    REDIRECT(5, IcmpType.ABSENT),
    /** RFC 792, page 16. */
    TIMESTAMP_REQUEST(13, IcmpType.ABSENT),
    /** RFC 792, page 16. */
    TIMESTAMP_REPLY(14, IcmpType.ABSENT),
    /** RFC 8335, section 2. */
    EXTENDED_ECHO_REQUEST(42, 160),
    /** RFC 8335, section 3. */
    EXTENDED_ECHO_REPLY(43, 161),
    /** Every other number. */
    OTHER(IcmpType.ABSENT, IcmpType.ABSENT);

    private static final int ABSENT = -1;
    private static final IcmpType[] V4 = byNumber(IpFamily.IPV4);
    private static final IcmpType[] V6 = byNumber(IpFamily.IPV6);

    private final int v4;
    private final int v6;

    IcmpType(int v4, int v6) {
        this.v4 = v4;
        this.v6 = v6;
    }

    /** Returns the type of a number; {@link #OTHER} if it is unknown or out of range. */
    static IcmpType of(IpFamily family, int number) {
        IcmpType[] types = family == IpFamily.IPV4 ? V4 : V6;
        return number >= 0 && number < types.length ? types[number] : OTHER;
    }

    /** Returns the number of a type that the family has. */
    int value(IpFamily family) {
        int number = family == IpFamily.IPV4 ? v4 : v6;
        if (number == ABSENT) {
            throw new IllegalArgumentException(this + " is no type of " + family);
        }
        return number;
    }

    private static IcmpType[] byNumber(IpFamily family) {
        IcmpType[] types = new IcmpType[256];
        Arrays.fill(types, OTHER);
        for (IcmpType type : values()) {
            int number = family == IpFamily.IPV4 ? type.v4 : type.v6;
            if (number != ABSENT) {
                types[number] = type;
            }
        }
        return types;
    }
}
