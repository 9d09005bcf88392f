package io.github.nettyping.cli.trace;

import io.github.nettyping.codec.DestinationUnreachableMessage;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.codec.PacketTooBigMessage;
import io.github.nettyping.packet.IpFamily;

/** How traceroute(8) of Linux, 2.1, marks a hop that reported why there is no way further. Stateless. */
final class TracerouteWords {

    private TracerouteWords() {}

    /** Returns the mark of an error: {@code !H}, {@code !N}, {@code !X}, {@code !F-1280}. */
    static String of(IcmpError error) {
        if (error instanceof DestinationUnreachableMessage unreachable) {
            return error.family() == IpFamily.IPV4 ? ofIpv4(unreachable) : ofIpv6(error.code());
        }
        if (error instanceof PacketTooBigMessage tooBig) {
            return "!F-" + tooBig.mtu();
        }
        return "!<" + error.type() + '-' + error.code() + '>';
    }

    /** Codes of ICMPv4, type 3. */
    private static String ofIpv4(DestinationUnreachableMessage unreachable) {
        return switch (unreachable.code()) {
            case 0 /* net */, 6 /* net unknown */, 8 /* isolated */, 11 /* net for ToS */ -> "!N";
            case 1 /* host */, 7 /* host unknown */, 12 /* host for ToS */ -> "!H";
            case 2 /* protocol */ -> "!P";
            // It prints 0 for a router that does not tell.
            case 4 /* fragmentation needed */ ->
                "!F-" + unreachable.nextHopMtu().orElse(0);
            case 5 /* source route failed */ -> "!S";
            case 9 /* net prohibited */, 10 /* host prohibited */, 13 /* filtered */ -> "!X";
            case 14 /* precedence violation */ -> "!V";
            case 15 /* precedence cutoff */ -> "!C";
            // Also 3, an unreachable port: to its UDP probes that is what the target says.
            default -> "!<" + unreachable.code() + '>';
        };
    }

    /** Codes of ICMPv6, type 1. */
    private static String ofIpv6(int code) {
        return switch (code) {
            case 0 /* no route */ -> "!N";
            case 1 /* prohibited */ -> "!X";
            case 2 /* beyond scope */, 3 /* address */ -> "!H";
            default -> "!<" + code + '>';
        };
    }
}
