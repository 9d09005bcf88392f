package io.github.nettyping.internal.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.internal.linux.netlink.FibRulesHeader;
import io.github.nettyping.internal.linux.netlink.IfHeader;
import io.github.nettyping.internal.linux.netlink.IfLinkHeader;
import io.github.nettyping.internal.linux.netlink.LinkMessage;
import io.github.nettyping.internal.linux.netlink.NeighbourHeader;
import io.github.nettyping.internal.linux.netlink.NeighbourMessage;
import io.github.nettyping.internal.linux.netlink.NetlinkAttributes;
import io.github.nettyping.internal.linux.netlink.NetlinkDump;
import io.github.nettyping.internal.linux.netlink.NetlinkEvents;
import io.github.nettyping.internal.linux.netlink.NetlinkHeader;
import io.github.nettyping.internal.linux.netlink.RouteMessage;
import io.github.nettyping.internal.linux.netlink.RtnetlinkHeader;
import io.github.nettyping.internal.linux.netlink.RuleMessage;
import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.Tool;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every constant named for a C one has the value the headers of this machine give it, by the C compiler's word. */
@RequiresTool(Tool.CC)
class ConstantsIT {

    private static final List<Class<?>> HEADERS = List.of(
            SocketHeader.class,
            InHeader.class,
            IcmpHeader.class,
            TimestampingHeader.class,
            ErrqueueHeader.class,
            SockDiagHeader.class,
            NetlinkHeader.class,
            RtnetlinkHeader.class,
            IfHeader.class,
            IfLinkHeader.class,
            NeighbourHeader.class,
            FibRulesHeader.class,
            IoctlsHeader.class,
            Errno.class);

    /** C expressions for the sizes and offsets the structure layouts rely on, and our figures. */
    private static final Map<String, Long> LAYOUT = Map.ofEntries(
            Map.entry("sizeof(struct mmsghdr)", 64L),
            Map.entry("offsetof(struct mmsghdr, msg_len)", 56L),
            Map.entry("offsetof(struct msghdr, msg_name)", 0L),
            Map.entry("offsetof(struct msghdr, msg_namelen)", 8L),
            Map.entry("offsetof(struct msghdr, msg_iov)", 16L),
            Map.entry("offsetof(struct msghdr, msg_iovlen)", 24L),
            Map.entry("offsetof(struct msghdr, msg_control)", 32L),
            Map.entry("offsetof(struct msghdr, msg_controllen)", 40L),
            Map.entry("offsetof(struct msghdr, msg_flags)", 48L),
            Map.entry("sizeof(struct iovec)", 16L),
            Map.entry("offsetof(struct iovec, iov_len)", 8L),
            Map.entry("sizeof(struct sockaddr_in)", (long) SockAddrs.SOCKADDR_IN_BYTES),
            Map.entry("offsetof(struct sockaddr_in, sin_port)", (long) SockAddrs.PORT),
            Map.entry("offsetof(struct sockaddr_in, sin_addr)", (long) SockAddrs.SIN_ADDR),
            Map.entry("sizeof(struct sockaddr_in6)", (long) SockAddrs.SOCKADDR_IN6_BYTES),
            Map.entry("offsetof(struct sockaddr_in6, sin6_flowinfo)", (long) SockAddrs.SIN6_FLOWINFO),
            Map.entry("offsetof(struct sockaddr_in6, sin6_addr)", (long) SockAddrs.SIN6_ADDR),
            Map.entry("offsetof(struct sockaddr_in6, sin6_scope_id)", (long) SockAddrs.SIN6_SCOPE_ID),
            Map.entry("sizeof(struct cmsghdr)", 16L),
            Map.entry("offsetof(struct cmsghdr, cmsg_level)", 8L),
            Map.entry("offsetof(struct cmsghdr, cmsg_type)", 12L),
            Map.entry("sizeof(struct sock_extended_err)", 16L),
            Map.entry("offsetof(struct sock_extended_err, ee_origin)", 4L),
            Map.entry("offsetof(struct sock_extended_err, ee_type)", 5L),
            Map.entry("offsetof(struct sock_extended_err, ee_code)", 6L),
            Map.entry("offsetof(struct sock_extended_err, ee_info)", 8L),
            Map.entry("offsetof(struct sock_extended_err, ee_rfc4884.len)", 12L),
            Map.entry("offsetof(struct sock_extended_err, ee_data)", 12L),
            Map.entry("sizeof(struct in_pktinfo)", (long) ControlMessages.IN_PKTINFO_BYTES),
            Map.entry("offsetof(struct in_pktinfo, ipi_ifindex)", (long) ControlMessages.IPI_IFINDEX),
            Map.entry("offsetof(struct in_pktinfo, ipi_spec_dst)", (long) ControlMessages.IPI_SPEC_DST),
            Map.entry("offsetof(struct in_pktinfo, ipi_addr)", (long) ControlMessages.IPI_ADDR),
            Map.entry("sizeof(struct in6_pktinfo)", (long) ControlMessages.IN6_PKTINFO_BYTES),
            Map.entry("offsetof(struct in6_pktinfo, ipi6_addr)", (long) ControlMessages.IPI6_ADDR),
            Map.entry("offsetof(struct in6_pktinfo, ipi6_ifindex)", (long) ControlMessages.IPI6_IFINDEX),
            Map.entry(
                    "CMSG_SPACE(sizeof(struct in6_pktinfo)) + 6 * CMSG_SPACE(sizeof(int))", (long) ControlWriter.BYTES),
            Map.entry("sizeof(struct ip_mreqn)", 12L),
            Map.entry("offsetof(struct ip_mreqn, imr_ifindex)", 8L),
            Map.entry("IPV6_PMTUDISC_DONT", (long) InHeader.IP_PMTUDISC_DONT),
            Map.entry("IPV6_PMTUDISC_WANT", (long) InHeader.IP_PMTUDISC_WANT),
            Map.entry("IPV6_PMTUDISC_DO", (long) InHeader.IP_PMTUDISC_DO),
            Map.entry("IPV6_PMTUDISC_PROBE", (long) InHeader.IP_PMTUDISC_PROBE),
            Map.entry("IPV6_PMTUDISC_INTERFACE", (long) InHeader.IP_PMTUDISC_INTERFACE),
            Map.entry("IPV6_PMTUDISC_OMIT", (long) InHeader.IP_PMTUDISC_OMIT),
            Map.entry("IFNAMSIZ", 16L),
            Map.entry("sizeof(struct sock_filter)", 8L),
            Map.entry("sizeof(struct sock_fprog)", (long) SocketFilter.FPROG_BYTES),
            Map.entry("offsetof(struct sock_fprog, filter)", 8L),
            Map.entry("sizeof(struct scm_timestamping)", 48L),
            Map.entry("sizeof(struct nlmsghdr)", (long) NetlinkDump.HEADER_BYTES),
            Map.entry("offsetof(struct nlmsghdr, nlmsg_len)", (long) NetlinkDump.NLMSG_LEN),
            Map.entry("offsetof(struct nlmsghdr, nlmsg_type)", (long) NetlinkDump.NLMSG_TYPE),
            Map.entry("offsetof(struct nlmsghdr, nlmsg_flags)", (long) NetlinkDump.NLMSG_FLAGS),
            Map.entry("offsetof(struct nlmsghdr, nlmsg_seq)", (long) NetlinkDump.NLMSG_SEQ),
            Map.entry("sizeof(struct sockaddr_nl)", (long) NetlinkEvents.SOCKADDR_NL_BYTES),
            Map.entry("offsetof(struct sockaddr_nl, nl_groups)", (long) NetlinkEvents.NL_GROUPS),
            Map.entry("sizeof(struct nlattr)", 4L),
            Map.entry("offsetof(struct nlattr, nla_type)", 2L),
            Map.entry("NLMSG_ALIGN(13)", (long) NetlinkAttributes.align(13)),
            Map.entry("sizeof(struct rtmsg)", (long) RouteMessage.HEADER_BYTES),
            Map.entry("offsetof(struct rtmsg, rtm_dst_len)", (long) RouteMessage.RTM_DST_LEN),
            Map.entry("offsetof(struct rtmsg, rtm_src_len)", (long) RouteMessage.RTM_SRC_LEN),
            Map.entry("offsetof(struct rtmsg, rtm_tos)", (long) RouteMessage.RTM_TOS),
            Map.entry("offsetof(struct rtmsg, rtm_table)", (long) RouteMessage.RTM_TABLE),
            Map.entry("offsetof(struct rtmsg, rtm_type)", (long) RouteMessage.RTM_TYPE),
            Map.entry("offsetof(struct rtmsg, rtm_flags)", (long) RouteMessage.RTM_FLAGS),
            Map.entry("sizeof(struct rtnexthop)", (long) RouteMessage.RTNH_BYTES),
            Map.entry("offsetof(struct rtnexthop, rtnh_flags)", (long) RouteMessage.RTNH_FLAGS),
            Map.entry("offsetof(struct rtnexthop, rtnh_ifindex)", (long) RouteMessage.RTNH_IFINDEX),
            Map.entry("sizeof(struct ifinfomsg)", (long) LinkMessage.HEADER_BYTES),
            Map.entry("offsetof(struct ifinfomsg, ifi_index)", (long) LinkMessage.IFI_INDEX),
            Map.entry("offsetof(struct ifinfomsg, ifi_flags)", (long) LinkMessage.IFI_FLAGS),
            Map.entry("sizeof(struct ndmsg)", (long) NeighbourMessage.HEADER_BYTES),
            Map.entry("offsetof(struct ndmsg, ndm_state)", (long) NeighbourMessage.NDM_STATE),
            Map.entry("offsetof(struct ndmsg, ndm_flags)", (long) NeighbourMessage.NDM_FLAGS),
            Map.entry("sizeof(struct fib_rule_hdr)", (long) RuleMessage.HEADER_BYTES),
            Map.entry("sizeof(struct winsize)", (long) TerminalSize.WINSIZE_BYTES),
            Map.entry("offsetof(struct winsize, ws_col)", (long) TerminalSize.WS_COL),
            Map.entry("BPF_LDX | BPF_B | BPF_MSH", 0xb1L),
            Map.entry("BPF_LD | BPF_B | BPF_IND", 0x50L),
            Map.entry("BPF_LD | BPF_H | BPF_IND", 0x48L),
            Map.entry("BPF_LD | BPF_B | BPF_ABS", 0x30L),
            Map.entry("BPF_LD | BPF_H | BPF_ABS", 0x28L),
            Map.entry("BPF_JMP | BPF_JEQ | BPF_K", 0x15L),
            Map.entry("BPF_RET | BPF_K", 0x06L));

    /** linux/icmpv6.h does not go together with netinet/icmp6.h; both define what we need. */
    private static final String INCLUDES = """
            #define _GNU_SOURCE
            #include <stddef.h>
            #include <stdio.h>
            #include <errno.h>
            #include <sys/ioctl.h>
            #include <sys/socket.h>
            #include <sys/uio.h>
            #include <netinet/in.h>
            #include <net/if.h>
            #include <linux/in.h>
            #include <linux/in6.h>
            #include <linux/icmp.h>
            #include <linux/icmpv6.h>
            #include <linux/net_tstamp.h>
            #include <linux/errqueue.h>
            #include <linux/sock_diag.h>
            #include <linux/rtnetlink.h>
            #include <linux/fib_rules.h>
            #include <linux/filter.h>
            #ifndef SO_MEMINFO
            #define SO_MEMINFO 55
            #endif
            #ifndef SCM_TS_OPT_ID
            #define SCM_TS_OPT_ID 81
            #endif
            #ifndef SOL_RAW
            #define SOL_RAW 255
            #endif
            #ifndef SOL_ICMPV6
            #define SOL_ICMPV6 58
            #endif
            """;

    @TempDir
    static Path folder;

    private static Map<String, Long> fromHeaders = Map.of();

    @BeforeAll
    static void askTheCompiler() throws IOException, InterruptedException {
        Map<String, String> questions = new LinkedHashMap<>();
        constants().forEach((name, value) -> questions.put(name, name));
        LAYOUT.keySet().forEach(expression -> questions.put(expression, expression));
        String program = INCLUDES
                + questions.keySet().stream()
                        .map(q -> "  printf(\"%lld\\n\", (long long)(" + q + "));")
                        .collect(Collectors.joining("\n", "int main(void) {\n", "\n  return 0;\n}\n"));
        Path source = Files.writeString(folder.resolve("constants.c"), program);
        Path binary = folder.resolve("constants");
        run("cc", "-o", binary.toString(), source.toString());
        List<String> answers = run(binary.toString()).lines().toList();
        Map<String, Long> values = new LinkedHashMap<>();
        int i = 0;
        for (String question : questions.keySet()) {
            values.put(question, Long.parseLong(answers.get(i++)));
        }
        fromHeaders = values;
    }

    @TestFactory
    Stream<DynamicTest> constantsHaveTheValueOfTheirHeader() {
        return constants().entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> assertThat(fromHeaders.get(e.getKey()))
                        .isEqualTo(e.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> structuresAreLaidOutAsTheCompilerDoes() {
        return LAYOUT.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> assertThat(fromHeaders.get(e.getKey()))
                        .isEqualTo(e.getValue())));
    }

    private static Map<String, Long> constants() {
        Map<String, Long> constants = new LinkedHashMap<>();
        for (Class<?> header : HEADERS) {
            for (Field field : header.getDeclaredFields()) {
                if (Modifier.isPublic(field.getModifiers()) && field.getType() == int.class) {
                    try {
                        constants.put(field.getName(), (long) field.getInt(null));
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                }
            }
        }
        return constants;
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("%s: %s", String.join(" ", command), output)
                .isZero();
        return output;
    }
}
