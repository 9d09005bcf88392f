package io.github.nettyping.cli.ping.iputils;

import io.github.nettyping.codec.DestinationUnreachableMessage;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.codec.PacketTooBigMessage;
import io.github.nettyping.codec.ParameterProblemMessage;
import io.github.nettyping.codec.RedirectMessage;
import io.github.nettyping.codec.SourceQuenchMessage;
import io.github.nettyping.codec.TimeExceededMessage;
import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;
import java.util.List;

/**
 * What ping(8) of iputils, 20221126, says of an ICMP error, word for word and capital for capital: scripts look for it.
 * Stateless.
 */
public final class IputilsWords {

    /** Codes from 0 of ICMPv4, type 3. */
    private static final List<String> UNREACHABLE_V4 = List.of(
            "Destination Net Unreachable",
            "Destination Host Unreachable",
            "Destination Protocol Unreachable",
            "Destination Port Unreachable",
            "Frag needed and DF set",
            "Source Route Failed",
            "Destination Net Unknown",
            "Destination Host Unknown",
            "Source Host Isolated",
            "Destination Net Prohibited",
            "Destination Host Prohibited",
            "Destination Net Unreachable for Type of Service",
            "Destination Host Unreachable for Type of Service",
            "Packet filtered",
            "Precedence Violation",
            "Precedence Cutoff");

    private static final int FRAGMENTATION_NEEDED = 4;

    /** Codes from 0 of ICMPv4, type 5. */
    private static final List<String> REDIRECT = List.of(
            "Redirect Network",
            "Redirect Host",
            "Redirect Type of Service and Network",
            "Redirect Type of Service and Host");

    /** Codes from 0 of ICMPv4, type 11. */
    private static final List<String> TIME_EXCEEDED_V4 =
            List.of("Time to live exceeded", "Frag reassembly time exceeded");

    /** Codes from 0 of ICMPv6, type 1; it does not know those above. */
    private static final List<String> UNREACHABLE_V6 = List.of(
            "No route",
            "Administratively prohibited",
            "Beyond scope of source address",
            "Address unreachable",
            "Port unreachable");

    /** Codes from 0 of ICMPv6, type 3. */
    private static final List<String> TIME_EXCEEDED_V6 = List.of("Hop limit", "Defragmentation failure");

    /** Codes from 0 of ICMPv6, type 4; it does not know those above. */
    private static final List<String> PARAMETER_PROBLEM_V6 =
            List.of("Wrong header field", "Unknown header", "Unknown option");

    private IputilsWords() {}

    /** Returns what strerror(3) of the GNU C library says of the errors that sending can end with; of others, the name. */
    public static String of(SystemCallException failure) {
        return switch (failure.errno()) {
            case Errno.EPERM -> "Operation not permitted";
            case Errno.EAGAIN -> "Resource temporarily unavailable";
            case Errno.ENOMEM -> "Cannot allocate memory";
            case Errno.EACCES -> "Permission denied";
            case 19 /* ENODEV */ -> "No such device";
            case Errno.EINVAL -> "Invalid argument";
            case Errno.EMSGSIZE -> "Message too long";
            case Errno.EAFNOSUPPORT -> "Address family not supported by protocol";
            case 99 /* EADDRNOTAVAIL */ -> "Cannot assign requested address";
            case Errno.ENETDOWN -> "Network is down";
            case Errno.ENETUNREACH -> "Network is unreachable";
            case Errno.ENOBUFS -> "No buffer space available";
            case Errno.ECONNREFUSED -> "Connection refused";
            case Errno.EHOSTDOWN -> "Host is down";
            case Errno.EHOSTUNREACH -> "No route to host";
            default -> failure.errnoName();
        };
    }

    /** Returns what it says of a packet that this machine did not send for its length. */
    public static String tooLong(IpFamily family, int mtu) {
        return "local error: message too long, mtu" + (family == IpFamily.IPV4 ? "=" : ": ") + mtu;
    }

    /** Returns what stands behind {@code From ADDRESS icmp_seq=N } for an error. */
    public static String of(IcmpError error) {
        return error.family() == IpFamily.IPV4 ? ofIpv4(error) : ofIpv6(error);
    }

    private static String ofIpv4(IcmpError error) {
        int code = error.code();
        if (error instanceof DestinationUnreachableMessage unreachable) {
            String words = pick(UNREACHABLE_V4, code, "Dest Unreachable, Bad Code: ");
            // It prints 0 for a router that does not tell.
            return code == FRAGMENTATION_NEEDED
                    ? words + " (mtu = " + unreachable.nextHopMtu().orElse(0) + ')'
                    : words;
        }
        if (error instanceof TimeExceededMessage) {
            return pick(TIME_EXCEEDED_V4, code, "Time exceeded, Bad Code: ");
        }
        if (error instanceof ParameterProblemMessage problem) {
            return "Parameter problem: pointer = " + problem.pointer();
        }
        if (error instanceof SourceQuenchMessage) {
            return "Source Quench";
        }
        if (error instanceof RedirectMessage redirect) {
            return pick(REDIRECT, code, "Redirect, Bad Code: ") + "(New nexthop: " + redirect.gateway() + ')';
        }
        return "Bad ICMP type: " + error.type();
    }

    private static String ofIpv6(IcmpError error) {
        int code = error.code();
        if (error instanceof DestinationUnreachableMessage) {
            return "Destination unreachable: " + pick(UNREACHABLE_V6, code, "Unknown code ");
        }
        if (error instanceof PacketTooBigMessage tooBig) {
            return "Packet too big: mtu=" + tooBig.mtu() + (code == 0 ? "" : ", code=" + code);
        }
        if (error instanceof TimeExceededMessage) {
            return "Time exceeded: " + pick(TIME_EXCEEDED_V6, code, "code ");
        }
        if (error instanceof ParameterProblemMessage problem) {
            return "Parameter problem: " + pick(PARAMETER_PROBLEM_V6, code, "code ") + " at " + problem.pointer();
        }
        return "unknown icmp type: " + error.type();
    }

    private static String pick(List<String> words, int code, String unknown) {
        return code < words.size() ? words.get(code) : unknown + code;
    }
}
