package io.github.nettyping.codec;

import io.github.nettyping.packet.IpFamily;
import org.jspecify.annotations.Nullable;

/**
 * What the numbers of types and codes mean, as two tables. A line holds a type or a range of types, its name, and the
 * names of its codes: a name without a number has the number after the one before, the first is 0, and {@code -} stands
 * for a code that means nothing. Types and codes that the IANA has not assigned are left out. Names are part of the
 * command line's output: never change one.
 *
 * @see <a href="https://www.iana.org/assignments/icmp-parameters">ICMP parameters of the IANA</a>,
 *     <a href="https://www.iana.org/assignments/icmpv6-parameters">ICMPv6 parameters of the IANA</a>,
 *     <a href="https://www.iana.org/assignments/rpl">RPL control codes of the IANA</a>, for type 155 of ICMPv6
 */
final class IcmpRegistry {

    /**
     * ICMP. RFC 792; RFC 1122, section 3.2.2.1 (3/6 to 12), 3.2.2.5 (12/1); RFC 1812, section 5.2.7.1 (3/13 to 15); RFC
     * 6633 (4); RFC 1256 and RFC 5944 (9, 10); RFC 950 (17, 18); RFC 1393 (30); RFC 1475 (31); RFC 1788 (37, 38); RFC
     * 2521 (40); RFC 4065 (41); RFC 8335 (42, 43); RFC 4727 (253, 254). RFC 6918 deprecates 6, 15 to 18 and 30 to 39.
     */
    static final String V4 = """
            0 echo_reply -
            3 destination_unreachable net_unreachable host_unreachable protocol_unreachable port_unreachable \
              fragmentation_needed source_route_failed net_unknown host_unknown source_host_isolated net_prohibited \
              host_prohibited net_unreachable_for_tos host_unreachable_for_tos admin_prohibited \
              host_precedence_violation precedence_cutoff
            4 source_quench -
            5 redirect redirect_net redirect_host redirect_tos_net redirect_tos_host
            6 alternate_host_address alternate_address_for_host
            8 echo -
            9 router_advertisement normal_router_advertisement 16=does_not_route_common_traffic
            10 router_solicitation -
            11 time_exceeded ttl_exceeded reassembly_timeout
            12 parameter_problem pointer_indicates_error required_option_missing bad_length
            13 timestamp -
            14 timestamp_reply -
            15 information_request -
            16 information_reply -
            17 address_mask_request -
            18 address_mask_reply -
            19 reserved_for_security
            20-29 reserved_for_robustness_experiment
            30 traceroute outbound_packet_forwarded no_route_for_outbound_packet
            31 datagram_conversion_error unknown_error dont_convert_option_present unknown_mandatory_option_present \
              known_unsupported_option_present unsupported_transport_protocol overall_length_exceeded \
              ip_header_length_exceeded transport_protocol_above_255 port_conversion_out_of_range \
              transport_header_length_exceeded rollover_missing_and_ack_set \
              unknown_mandatory_transport_option_present
            32 mobile_host_redirect
            33 ipv6_where_are_you
            34 ipv6_i_am_here
            35 mobile_registration_request
            36 mobile_registration_reply
            37 domain_name_request
            38 domain_name_reply
            39 skip
            40 photuris bad_spi authentication_failed decompression_failed decryption_failed need_authentication \
              need_authorization
            41 experimental_mobility_protocols
            42 extended_echo_request no_error
            43 extended_echo_reply no_error malformed_query no_such_interface no_such_table_entry \
              multiple_interfaces_satisfy_query
            253 rfc3692_experiment_1
            254 rfc3692_experiment_2
            255 reserved
            """;

    /**
     * ICMPv6. RFC 4443 (0 to 4, 100, 101, 127 to 129, 200, 201, 255); RFC 6554 (1/7); RFC 8883 (1/8, 4/5 to 10); RFC
     * 9914 (1/9, 155/9 and 10); RFC 7112 (4/3); RFC 8754 (4/4); RFC 2710 (130 to 132); RFC 4861 (133 to 137); RFC 2894
     * (138); RFC 4620 (139, 140); RFC 3122 (141, 142); RFC 9777 (143); RFC 6275 (144 to 147); RFC 3971 (148, 149); RFC
     * 4065 (150); RFC 4286 (151 to 153); RFC 5568 (154); RFC 6550, RFC 6997, RFC 6998, RFC 9009 (155); RFC 6743 (156);
     * RFC 6775 and RFC 8505 (157, 158); RFC 7731 (159); RFC 8335 (160, 161).
     */
    static final String V6 = """
            0 reserved
            1 destination_unreachable no_route admin_prohibited beyond_scope address_unreachable port_unreachable \
              source_policy_failed reject_route source_routing_header_error headers_too_long p_route_error
            2 packet_too_big -
            3 time_exceeded ttl_exceeded reassembly_timeout
            4 parameter_problem erroneous_header_field unrecognized_next_header unrecognized_option \
              incomplete_header_chain sr_upper_layer_header_error unrecognized_next_header_by_router \
              extension_header_too_big extension_header_chain_too_long too_many_extension_headers \
              too_many_options_in_extension_header option_too_big
            100-101 private_experimentation
            127 reserved_for_expansion_of_error_messages
            128 echo_request -
            129 echo_reply -
            130 multicast_listener_query -
            131 multicast_listener_report -
            132 multicast_listener_done -
            133 router_solicitation -
            134 router_advertisement -
            135 neighbor_solicitation -
            136 neighbor_advertisement -
            137 redirect_message -
            138 router_renumbering router_renumbering_command router_renumbering_result 255=sequence_number_reset
            139 icmp_node_information_query ipv6_address_subject name_subject ipv4_address_subject
            140 icmp_node_information_response successful_reply responder_refuses unknown_qtype
            141 inverse_neighbor_discovery_solicitation_message -
            142 inverse_neighbor_discovery_advertisement_message -
            143 version_2_multicast_listener_report
            144 home_agent_address_discovery_request_message -
            145 home_agent_address_discovery_reply_message -
            146 mobile_prefix_solicitation -
            147 mobile_prefix_advertisement -
            148 certification_path_solicitation_message
            149 certification_path_advertisement_message
            150 experimental_mobility_protocols
            151 multicast_router_advertisement
            152 multicast_router_solicitation
            153 multicast_router_termination
            154 fmipv6_messages
            155 rpl_control_message dodag_information_solicitation dodag_information_object \
              destination_advertisement_object destination_advertisement_object_acknowledgment \
              p2p_discovery_reply_object p2p_discovery_reply_object_acknowledgement measurement_object \
              destination_cleanup_object destination_cleanup_object_acknowledgment projected_dao_request \
              pdr_ack 128=secure_dodag_information_solicitation \
              secure_dodag_information_object secure_destination_advertisement_object \
              secure_destination_advertisement_object_acknowledgment secure_p2p_discovery_reply_object \
              secure_p2p_discovery_reply_object_acknowledgement secure_measurement_object \
              secure_destination_cleanup_object secure_destination_cleanup_object_acknowledgment \
              138=consistency_check
            156 ilnpv6_locator_update_message
            157 duplicate_address_request dar_message edar_message_with_64_bit_rovr edar_message_with_128_bit_rovr \
              edar_message_with_192_bit_rovr edar_message_with_256_bit_rovr
            158 duplicate_address_confirmation dac_message edac_message_with_64_bit_rovr \
              edac_message_with_128_bit_rovr edac_message_with_192_bit_rovr edac_message_with_256_bit_rovr
            159 mpl_control_message
            160 extended_echo_request no_error
            161 extended_echo_reply no_error malformed_query no_such_interface no_such_table_entry \
              multiple_interfaces_satisfy_query
            200-201 private_experimentation
            255 reserved_for_expansion_of_informational_messages
            """;

    /** In a table, a code that means nothing. */
    private static final String NOTHING = "-";

    /** Name of a code that means nothing. */
    static final String NO_CODE = "no_code";

    private static final int NUMBERS = 256;
    private static final IcmpRegistry IPV4 = new IcmpRegistry(V4);
    private static final IcmpRegistry IPV6 = new IcmpRegistry(V6);

    private final @Nullable String[] types = new String[NUMBERS];
    private final @Nullable String[][] codes = new String[NUMBERS][0];

    private IcmpRegistry(String table) {
        table.lines().map(line -> line.split(" +", -1)).forEach(this::add);
    }

    static IcmpRegistry of(IpFamily family) {
        return family == IpFamily.IPV4 ? IPV4 : IPV6;
    }

    private void add(String[] line) {
        String[] range = line[0].split("-", -1);
        String[] names = codeNames(line);
        for (int type = Integer.parseInt(range[0]); type <= Integer.parseInt(range[range.length - 1]); type++) {
            types[type] = line[1];
            codes[type] = names;
        }
    }

    private static @Nullable String[] codeNames(String[] line) {
        String[] names = new String[line.length == 2 ? 0 : NUMBERS];
        int code = 0;
        for (int i = 2; i < line.length; i++) {
            String name = line[i];
            int equals = name.indexOf('=');
            if (equals > 0) {
                code = Integer.parseInt(name.substring(0, equals));
            }
            names[code++] = name.equals(NOTHING) ? NO_CODE : name.substring(equals + 1);
        }
        return names;
    }

    /** Returns the name of a type, or null if it is not assigned or out of range. */
    @Nullable
    String type(int type) {
        return type >= 0 && type < NUMBERS ? types[type] : null;
    }

    /** Returns the name of a code of a type, or null if it is not assigned or a number is out of range. */
    @Nullable
    String code(int type, int code) {
        return type >= 0 && type < NUMBERS && code >= 0 && code < codes[type].length ? codes[type][code] : null;
    }
}
