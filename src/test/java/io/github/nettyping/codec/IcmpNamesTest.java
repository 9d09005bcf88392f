package io.github.nettyping.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.IpFamily;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The oracle is what the IANA had registered at the end of 2025. */
class IcmpNamesTest {

    private static long namedCodes(IpFamily family, int type) {
        return IntStream.range(0, 256)
                .filter(code -> !IcmpNames.code(family, type, code).equals("code_" + code))
                .count();
    }

    private static int[] namedTypes(IpFamily family) {
        return IntStream.range(0, 256)
                .filter(type -> !IcmpNames.type(family, type).equals("type_" + type))
                .toArray();
    }

    @Test
    void namesEveryTypeOfTheRegistryAndNoOther() {
        // Unassigned are 1, 2, 7 and 44 to 252.
        assertThat(namedTypes(IpFamily.IPV4))
                .containsExactly(IntStream.range(0, 256)
                        .filter(type -> type != 1 && type != 2 && type != 7 && (type < 44 || type > 252))
                        .toArray())
                .hasSize(44);
        // Unassigned are 5 to 99, 102 to 126, 162 to 199 and 202 to 254.
        assertThat(namedTypes(IpFamily.IPV6))
                .containsExactly(IntStream.range(0, 256)
                        .filter(type -> type < 5
                                || type == 100
                                || type == 101
                                || (type > 126 && type < 162)
                                || type == 200
                                || type == 201
                                || type == 255)
                        .toArray())
                .hasSize(45);
    }

    @ParameterizedTest
    @CsvSource({
        "IPV4, 0, 1",
        "IPV4, 3, 16",
        "IPV4, 4, 1",
        "IPV4, 5, 4",
        "IPV4, 6, 1",
        "IPV4, 8, 1",
        "IPV4, 9, 2",
        "IPV4, 10, 1",
        "IPV4, 11, 2",
        "IPV4, 12, 3",
        "IPV4, 13, 1",
        "IPV4, 14, 1",
        "IPV4, 15, 1",
        "IPV4, 16, 1",
        "IPV4, 17, 1",
        "IPV4, 18, 1",
        "IPV4, 19, 0",
        "IPV4, 20, 0",
        "IPV4, 29, 0",
        "IPV4, 40, 6",
        "IPV4, 41, 0",
        "IPV4, 42, 1",
        "IPV4, 43, 5",
        "IPV4, 44, 0",
        "IPV4, 253, 0",
        "IPV4, 255, 0",
        "IPV4, 30, 2", // not with the IANA, but in RFC 1393
        "IPV4, 31, 12", // and RFC 1475
        "IPV6, 0, 0",
        "IPV6, 1, 10",
        "IPV6, 2, 1",
        "IPV6, 3, 2",
        "IPV6, 4, 11",
        "IPV6, 5, 0",
        "IPV6, 128, 1",
        "IPV6, 129, 1",
        "IPV6, 130, 1",
        "IPV6, 131, 1",
        "IPV6, 132, 1",
        "IPV6, 133, 1",
        "IPV6, 134, 1",
        "IPV6, 135, 1",
        "IPV6, 136, 1",
        "IPV6, 137, 1",
        "IPV6, 138, 3",
        "IPV6, 139, 3",
        "IPV6, 140, 3",
        "IPV6, 141, 1",
        "IPV6, 142, 1",
        "IPV6, 143, 0",
        "IPV6, 144, 1",
        "IPV6, 145, 1",
        "IPV6, 146, 1",
        "IPV6, 147, 1",
        "IPV6, 148, 0",
        "IPV6, 154, 0",
        "IPV6, 156, 0",
        "IPV6, 157, 5",
        "IPV6, 158, 5",
        "IPV6, 159, 0",
        "IPV6, 160, 1",
        "IPV6, 161, 5",
        "IPV6, 200, 0",
        "IPV6, 255, 0",
        "IPV6, 155, 21" // RPL control codes: 0 to 10, 128 to 136, 138
    })
    void namesAsManyCodesAsTheRegistry(IpFamily family, int type, int codes) {
        assertThat(namedCodes(family, type)).isEqualTo(codes);
    }

    @ParameterizedTest
    @CsvSource({
        "IPV4, 8, 0, echo, no_code",
        "IPV4, 1, 0, type_1, code_0",
        "IPV4, 6, 0, alternate_host_address, alternate_address_for_host",
        "IPV4, 9, 16, router_advertisement, does_not_route_common_traffic",
        "IPV4, 9, 15, router_advertisement, code_15",
        "IPV4, 12, 0, parameter_problem, pointer_indicates_error",
        "IPV4, 13, 0, timestamp, no_code",
        "IPV4, 18, 0, address_mask_reply, no_code",
        "IPV4, 25, 0, reserved_for_robustness_experiment, code_0",
        "IPV4, 30, 1, traceroute, no_route_for_outbound_packet",
        "IPV4, 31, 11, datagram_conversion_error, unknown_mandatory_transport_option_present",
        "IPV4, 39, 0, skip, code_0",
        "IPV4, 40, 5, photuris, need_authorization",
        "IPV4, 43, 4, extended_echo_reply, multiple_interfaces_satisfy_query",
        "IPV4, 44, 9, type_44, code_9",
        "IPV4, 253, 0, rfc3692_experiment_1, code_0",
        "IPV6, 1, 9, destination_unreachable, p_route_error",
        "IPV6, 2, 9, packet_too_big, code_9",
        "IPV6, 101, 3, private_experimentation, code_3",
        "IPV6, 127, 0, reserved_for_expansion_of_error_messages, code_0",
        "IPV6, 138, 255, router_renumbering, sequence_number_reset",
        "IPV6, 138, 254, router_renumbering, code_254",
        "IPV6, 140, 2, icmp_node_information_response, unknown_qtype",
        "IPV6, 143, 0, version_2_multicast_listener_report, code_0",
        "IPV6, 155, 138, rpl_control_message, consistency_check",
        "IPV6, 155, 137, rpl_control_message, code_137",
        "IPV6, 155, 136, rpl_control_message, secure_destination_cleanup_object_acknowledgment",
        "IPV6, 158, 4, duplicate_address_confirmation, edac_message_with_256_bit_rovr",
        "IPV6, 161, 2, extended_echo_reply, no_such_interface",
        "IPV6, 201, 0, private_experimentation, code_0"
    })
    void namesTypesAndCodesInTheTermsOfTheRegistry(
            IpFamily family, int type, int code, String typeName, String codeName) {
        assertThat(IcmpNames.type(family, type)).isEqualTo(typeName);
        assertThat(IcmpNames.code(family, type, code)).isEqualTo(codeName);
    }

    @ParameterizedTest
    @EnumSource(IpFamily.class)
    void noTwoCodesOfATypeShareAName(IpFamily family) {
        for (int type : namedTypes(family)) {
            Set<String> names = new HashSet<>();
            for (int code = 0; code < 256; code++) {
                assertThat(names.add(IcmpNames.code(family, type, code))).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(IpFamily.class)
    void everyNameIsOneLowerCaseWord(IpFamily family) {
        for (int type = 0; type < 256; type++) {
            assertThat(IcmpNames.type(family, type)).matches("[a-z0-9]+(_[a-z0-9]+)*");
            for (int code = 0; code < 256; code++) {
                assertThat(IcmpNames.code(family, type, code)).matches("[a-z0-9]+(_[a-z0-9]+)*");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "256, 0", "3, -1", "3, 256"})
    void numbersThatAreNoTypeOrCodeHaveTheGenericForm(int type, int code) {
        assertThat(IcmpNames.code(IpFamily.IPV4, type, code)).isEqualTo("code_" + code);
        assertThat(IcmpNames.type(IpFamily.IPV4, type == 3 ? 300 : type)).startsWith("type_");
    }
}
