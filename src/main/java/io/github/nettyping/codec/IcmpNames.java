package io.github.nettyping.codec;

import io.github.nettyping.packet.IpFamily;
import java.util.Objects;

/**
 * Words for the types and codes of ICMP messages: the terms of the IANA's registries, in lower case with underscores.
 * Every type and code the registries know has a name, deprecated ones too. Stateless, safe for use by many threads.
 *
 * @see <a href="https://www.iana.org/assignments/icmp-parameters">ICMP parameters of the IANA</a>,
 *     <a href="https://www.iana.org/assignments/icmpv6-parameters">ICMPv6 parameters of the IANA</a>
 */
public final class IcmpNames {

    /** Code 0 of the ICMPv4 parameter problem: the ordinary one. */
    private static final String POINTER = "pointer_indicates_error";

    private IcmpNames() {}

    /**
     * {@return the name of a type: {@code destination_unreachable}, or {@code type_44} for a number without a meaning}
     *
     * @param family the version of ICMP
     * @param type   ICMP type
     */
    public static String type(IpFamily family, int type) {
        return Objects.requireNonNullElseGet(IcmpRegistry.of(family).type(type), () -> "type_" + type);
    }

    /**
     * {@return the name of a code, which means nothing without its type} {@code host_unreachable}, {@code
     * no_such_interface}; {@code no_code} where 0 is the only code, {@code code_9} for a number without a meaning.
     *
     * @param family the version of ICMP
     * @param type   ICMP type
     * @param code   ICMP code
     */
    public static String code(IpFamily family, int type, int code) {
        return Objects.requireNonNullElseGet(IcmpRegistry.of(family).code(type, code), () -> "code_" + code);
    }

    /** Returns type and code of an error in one word, see {@link IcmpError#name()}. */
    static String error(IpFamily family, int type, int code) {
        String typeName = type(family, type);
        if (IcmpType.of(family, type) == IcmpType.PACKET_TOO_BIG) {
            // The receiver ignores its code: RFC 4443, section 3.2.
            return typeName;
        }
        String codeName = IcmpRegistry.of(family).code(type, code);
        if (codeName == null) {
            return typeName + "_code_" + code;
        }
        return codeName.equals(IcmpRegistry.NO_CODE) || codeName.equals(POINTER) ? typeName : codeName;
    }
}
