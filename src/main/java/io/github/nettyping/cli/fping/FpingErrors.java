package io.github.nettyping.cli.fping;

import io.github.nettyping.cli.format.AddressText;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;
import java.util.List;

/** The lines about ICMP errors, word for word as fping has them: scripts look for them. Stateless. */
final class FpingErrors {

    /** Codes from 0 of ICMPv4, type 3. */
    private static final List<String> UNREACHABLE_V4 = List.of(
            "ICMP Network Unreachable",
            "ICMP Host Unreachable",
            "ICMP Protocol Unreachable",
            "ICMP Port Unreachable",
            "ICMP Unreachable (Fragmentation Needed)",
            "ICMP Unreachable (Source Route Failed)",
            "ICMP Unreachable (Destination Network Unknown)",
            "ICMP Unreachable (Destination Host Unknown)",
            "ICMP Unreachable (Source Host Isolated)",
            "ICMP Unreachable (Communication with Network Prohibited)",
            "ICMP Unreachable (Communication with Host Prohibited)",
            "ICMP Unreachable (Network Unreachable For Type Of Service)",
            "ICMP Unreachable (Host Unreachable For Type Of Service)",
            "ICMP Unreachable (Communication Administratively Prohibited)",
            "ICMP Unreachable (Host Precedence Violation)",
            "ICMP Unreachable (Precedence cutoff in effect)");

    /** Codes from 0 of ICMPv6, type 1. */
    private static final List<String> UNREACHABLE_V6 = List.of(
            "No route to destination",
            "Communication with destination administratively prohibited",
            "Beyond scope of source address",
            "Address unreachable",
            "Port unreachable",
            "Source address failed ingress/egress policy",
            "Reject route to destination",
            "Error in Source Routing Header",
            "Headers too long",
            "Error in P-Route");

    /** Codes from 0 of ICMPv6, type 3. */
    private static final List<String> TIME_EXCEEDED_V6 =
            List.of("Hop limit exceeded in transit", "Fragment reassembly time exceeded");

    /** Codes from 0 of ICMPv6, type 4. */
    private static final List<String> PARAMETER_PROBLEM_V6 = List.of(
            "Erroneous header field encountered",
            "Unrecognized Next Header type encountered",
            "Unrecognized IPv6 option encountered",
            "IPv6 First Fragment has incomplete IPv6 Header Chain",
            "SR Upper-layer Header Error",
            "Unrecognized Next Header type encountered by intermediate node",
            "Extension header too big",
            "Extension header chain too long",
            "Too many extension headers",
            "Too many options in extension header",
            "Option too big");

    private FpingErrors() {}

    /** Returns what strerror(3) says of the errors that opening, binding and sending can end with; of others, the name. */
    static String reason(SystemCallException failure) {
        return switch (failure.errno()) {
            case Errno.EPERM -> "Operation not permitted";
            case Errno.EAGAIN -> "Resource temporarily unavailable";
            case Errno.ENOMEM -> "Cannot allocate memory";
            case Errno.EACCES -> "Permission denied";
            case Errno.ENODEV -> "No such device";
            case Errno.EINVAL -> "Invalid argument";
            case Errno.EMSGSIZE -> "Message too long";
            case Errno.EAFNOSUPPORT -> "Address family not supported by protocol";
            case Errno.EADDRINUSE -> "Address already in use";
            case Errno.EADDRNOTAVAIL -> "Cannot assign requested address";
            case Errno.ENETDOWN -> "Network is down";
            case Errno.ENETUNREACH -> "Network is unreachable";
            case Errno.ENOBUFS -> "No buffer space available";
            case Errno.ECONNREFUSED -> "Connection refused";
            case Errno.EHOSTDOWN -> "Host is down";
            case Errno.EHOSTUNREACH -> "No route to host";
            default -> failure.errnoName();
        };
    }

    /** Returns the line about an error that a probe to a target has met. */
    static String line(IcmpError error, String label) {
        String from = error.from().map(AddressText::of).orElse("unknown");
        boolean four = error.family() == IpFamily.IPV4;
        String words = four ? ofIpv4(error.type(), error.code()) : ofIpv6(error.type(), error.code());
        String what = four ? "ICMP Echo" : "ICMPv6 Echo Request";
        return words + " from " + from + " for " + what + " sent to " + label + '\n';
    }

    private static String ofIpv4(int type, int code) {
        return switch (type) {
            case 3 -> code < UNREACHABLE_V4.size() ? UNREACHABLE_V4.get(code) : "ICMP Unreachable (Invalid Code)";
            case 4 -> "ICMP Source Quench";
            case 5 -> "ICMP Redirect";
            case 11 -> "ICMP Time Exceeded";
            case 12 -> "ICMP Parameter Problem";
            default -> "ICMP " + type;
        };
    }

    private static String ofIpv6(int type, int code) {
        return switch (type) {
            case 1 -> "ICMPv6 Destination Unreachable (" + pick(UNREACHABLE_V6, code) + ')';
            case 2 -> "ICMPv6 Packet Too Big";
            case 3 -> "ICMPv6 Time Exceeded (" + pick(TIME_EXCEEDED_V6, code) + ')';
            case 4 -> "ICMPv6 Parameter Problem (" + pick(PARAMETER_PROBLEM_V6, code) + ')';
            default -> "ICMPv6 Type " + type + " Code " + code;
        };
    }

    private static String pick(List<String> words, int code) {
        return code < words.size() ? words.get(code) : "Code " + code;
    }
}
