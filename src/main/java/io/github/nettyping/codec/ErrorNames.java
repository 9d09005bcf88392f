package io.github.nettyping.codec;

import io.github.nettyping.packet.IpFamily;
import java.util.List;

/**
 * One word for each type and code of an error. Names are part of the command line's output: never change one.
 *
 * @see <a href="https://www.iana.org/assignments/icmp-parameters">ICMP parameters of the IANA</a>,
 *     <a href="https://www.iana.org/assignments/icmpv6-parameters">ICMPv6 parameters of the IANA</a>
 */
final class ErrorNames {

    /** Codes from 0. RFC 792, page 4; RFC 1122, section 3.2.2.1 (6 to 12); RFC 1812, section 5.2.7.1 (13 to 15). */
    private static final List<String> UNREACHABLE_V4 = List.of(
            "net_unreachable",
            "host_unreachable",
            "protocol_unreachable",
            "port_unreachable",
            "fragmentation_needed",
            "source_route_failed",
            "net_unknown",
            "host_unknown",
            "source_host_isolated",
            "net_prohibited",
            "host_prohibited",
            "net_unreachable_for_tos",
            "host_unreachable_for_tos",
            "admin_prohibited",
            "host_precedence_violation",
            "precedence_cutoff");

    /** Codes from 0. RFC 4443, section 3.1; RFC 6554 (7); RFC 8883 (8). */
    private static final List<String> UNREACHABLE_V6 = List.of(
            "no_route",
            "admin_prohibited",
            "beyond_scope",
            "address_unreachable",
            "port_unreachable",
            "source_policy_failed",
            "reject_route",
            "source_routing_header_error",
            "headers_too_long");

    /** Codes from 0. RFC 792, page 6; RFC 4443, section 3.3. */
    private static final List<String> TIME_EXCEEDED = List.of("ttl_exceeded", "reassembly_timeout");

    /** Codes from 0. RFC 792, page 8; RFC 1122, section 3.2.2.5 (1). Code 2 stands in no RFC, but with the IANA. */
    private static final List<String> PARAMETER_PROBLEM_V4 =
            List.of("parameter_problem", "required_option_missing", "bad_length");

    /** Codes from 0. RFC 4443, section 3.4; RFC 7112, section 6 (3); RFC 8754 (4); RFC 8883 (5 to 10). */
    private static final List<String> PARAMETER_PROBLEM_V6 = List.of(
            "erroneous_header_field",
            "unrecognized_next_header",
            "unrecognized_option",
            "incomplete_header_chain",
            "sr_upper_layer_header_error",
            "unrecognized_next_header_by_router",
            "extension_header_too_big",
            "extension_header_chain_too_long",
            "too_many_extension_headers",
            "too_many_options_in_extension_header",
            "option_too_big");

    /** Codes from 0. RFC 792, page 12. */
    private static final List<String> REDIRECT =
            List.of("redirect_net", "redirect_host", "redirect_tos_net", "redirect_tos_host");

    private ErrorNames() {}

    static String of(IpFamily family, int type, int code) {
        boolean v4 = family == IpFamily.IPV4;
        return switch (IcmpType.of(family, type)) {
            case DESTINATION_UNREACHABLE -> pick(v4 ? UNREACHABLE_V4 : UNREACHABLE_V6, code, "destination_unreachable");
            case TIME_EXCEEDED -> pick(TIME_EXCEEDED, code, "time_exceeded");
            case PARAMETER_PROBLEM -> pick(v4 ? PARAMETER_PROBLEM_V4 : PARAMETER_PROBLEM_V6, code, "parameter_problem");
            case REDIRECT -> pick(REDIRECT, code, "redirect");
            case SOURCE_QUENCH -> pick(List.of("source_quench"), code, "source_quench");
            // The receiver ignores its code: RFC 4443, section 3.2.
            case PACKET_TOO_BIG -> "packet_too_big";
            case ECHO_REPLY, ECHO_REQUEST, OTHER -> "type_" + type + "_code_" + code;
        };
    }

    private static String pick(List<String> names, int code, String type) {
        return code >= 0 && code < names.size() ? names.get(code) : type + "_code_" + code;
    }
}
