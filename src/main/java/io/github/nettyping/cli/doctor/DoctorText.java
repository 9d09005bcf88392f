package io.github.nettyping.cli.doctor;

import io.github.nettyping.channel.SocketTrial;
import io.github.nettyping.cli.format.Words;
import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.diagnosis.Caller;
import io.github.nettyping.diagnosis.Capability;
import io.github.nettyping.diagnosis.Diagnosis;
import io.github.nettyping.diagnosis.KernelLimits;
import io.github.nettyping.diagnosis.PingGroupRange;
import io.github.nettyping.diagnosis.Platform;
import io.github.nettyping.diagnosis.Remedy;
import io.github.nettyping.internal.VisibleText;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A diagnosis for people: the verdict, what is wrong, what to type, then what was found. Stateless. */
final class DoctorText {

    private static final String UNKNOWN = "unknown";
    private static final String INDENT = "  ";
    private static final int NAME_WIDTH = 14;

    private final Diagnosis diagnosis;
    private final Colour colour;
    private final List<String> lines = new ArrayList<>();

    private DoctorText(Diagnosis diagnosis, Colour colour) {
        this.diagnosis = diagnosis;
        this.colour = colour;
    }

    /** Returns the lines, each with its end. */
    static String of(Diagnosis diagnosis, Colour colour) {
        DoctorText text = new DoctorText(diagnosis, colour);
        text.lines.add(text.verdict());
        text.problems();
        text.remedies();
        text.facts();
        return String.join("\n", text.lines) + "\n";
    }

    private String verdict() {
        return "ping sockets: " + opened(false) + "; raw sockets: " + opened(true)
                + (diagnosis.canPing() ? "" : "; " + colour.paint(Colour.Tone.BAD, "nothing can be pinged from here"));
    }

    private String opened(boolean raw) {
        if (diagnosis.sockets().isEmpty()) {
            return "not tried";
        }
        List<String> families = Stream.of(IpFamily.values())
                .filter(family -> diagnosis.opened(SocketKind.of(family, raw)))
                .map(DoctorText::name)
                .toList();
        return families.isEmpty()
                ? colour.paint(Colour.Tone.BAD, "no")
                : colour.paint(Colour.Tone.GOOD, "yes") + " (" + String.join(", ", families) + ')';
    }

    private static String name(IpFamily family) {
        return family == IpFamily.IPV4 ? "IPv4" : "IPv6";
    }

    private void problems() {
        if (diagnosis.problems().isEmpty()) {
            return;
        }
        heading("problems, the worst first");
        DoctorProblems words = new DoctorProblems(diagnosis);
        diagnosis
                .problems()
                .forEach(problem ->
                        lines.add(INDENT + colour.paint(Colour.Tone.BAD, VisibleText.of(words.of(problem)))));
    }

    private void remedies() {
        if (diagnosis.remedies().isEmpty()) {
            return;
        }
        heading("remedies (any one of those listed for a problem is enough)");
        for (Remedy remedy : diagnosis.remedies()) {
            lines.add(INDENT + VisibleText.of(remedy.effect()) + who(remedy.needs()));
            remedy.commands().forEach(command -> lines.add(INDENT + INDENT + INDENT + VisibleText.of(command)));
        }
    }

    private static String who(Remedy.Needs needs) {
        return switch (needs) {
            case NOTHING -> "";
            case ROOT -> " (as root)";
            case ROOT_OF_HOST -> " (as root of the host)";
            case CONTAINER_START -> " (who starts the container)";
            case REBOOT -> " (needs a boot)";
        };
    }

    private void facts() {
        heading("facts");
        diagnosis.sockets().forEach(trial -> fact(Words.lower(trial.kind()), trial(trial)));
        fact("group range", groupRange());
        fact("caller", diagnosis.caller().map(DoctorText::caller).orElse(UNKNOWN));
        fact("capabilities", diagnosis.caller().map(DoctorText::capabilities).orElse(UNKNOWN));
        surroundings().ifPresent(text -> fact("lives in", text));
        buffers();
        fact("IPv6", ipv6());
        neighbours();
        limits();
        fact("system", system(diagnosis.platform()));
        Platform.Jdk jdk = diagnosis.platform().jdk();
        fact("JDK", jdk.version() + ", " + jdk.vendor() + ", " + jdk.home());
    }

    private static String trial(SocketTrial trial) {
        if (trial instanceof SocketTrial.Refused refused) {
            return DoctorProblems.refusal(refused.refusal());
        }
        SocketTrial.Opened opened = (SocketTrial.Opened) trial;
        SocketTrial.TimeStamps stamps = opened.timeStamps();
        return "opens; own echo "
                + opened.echo()
                        .refusal()
                        .map(SocketTrial.Refusal::errnoName)
                        .orElse(opened.echo().replied() ? "answered" : "not answered")
                + "; stamps: receive " + tried(stamps.receive()) + ", transmit " + tried(stamps.transmit())
                + ", chosen keys " + tried(stamps.transmitKeys());
    }

    private static String tried(Optional<Boolean> answer) {
        return answer.map(yes -> yes ? "yes" : "no").orElse("not tried");
    }

    private String groupRange() {
        return diagnosis
                .pingGroupRange()
                .map(range -> "net.ipv4.ping_group_range is " + DoctorProblems.range(range) + admits(range))
                .orElse(UNKNOWN);
    }

    private String admits(PingGroupRange range) {
        return diagnosis
                .caller()
                .map(caller -> range.admits(caller) ? "; you are in it" : "; you are not in it")
                .orElse("");
    }

    private static String caller(Caller caller) {
        String effective = caller.uid() == caller.effectiveUid() && caller.gid() == caller.effectiveGid()
                ? ""
                : " (effective " + caller.effectiveUid() + ", " + caller.effectiveGid() + ')';
        return "uid " + caller.uid() + ", gid " + caller.gid() + effective + ", groups "
                + (caller.groups().isEmpty() ? "none" : DoctorProblems.join(caller.groups()));
    }

    private static String capabilities(Caller caller) {
        return "effective " + names(caller.capabilities().effective())
                + "; permitted " + names(caller.capabilities().permitted())
                + "; ambient " + names(caller.capabilities().ambient())
                + "; bounding " + names(caller.capabilities().bounding())
                + (caller.noNewPrivileges().orElse(false) ? "; no new privileges" : "");
    }

    private static String names(Collection<Capability> capabilities) {
        return capabilities.isEmpty()
                ? "none"
                : capabilities.stream().sorted().map(Words::lower).collect(Collectors.joining(" "));
    }

    private Optional<String> surroundings() {
        List<String> parts = new ArrayList<>();
        diagnosis
                .surroundings()
                .container()
                .ifPresent(container -> parts.add("a container (" + Words.lower(container) + ')'));
        if (diagnosis.surroundings().userNamespace().orElse(false)) {
            parts.add("a user namespace");
        }
        if (!diagnosis.surroundings().hostNetwork()) {
            parts.add("a network namespace of its own");
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
    }

    private void buffers() {
        diagnosis.buffers().ifPresent(buffers -> {
            KernelLimits limits = diagnosis.limits();
            fact(
                    "buffers",
                    "receive " + buffers.receiveBytes() + " bytes (" + buffers.repliesHeld()
                            + " probes in flight), send " + buffers.sendBytes()
                            + "; " + (buffers.forced() ? "past" : "within") + " rmem_max "
                            + number(limits.receiveBufferMaxBytes()) + ", wmem_max "
                            + number(limits.sendBufferMaxBytes()));
        });
    }

    private String ipv6() {
        return diagnosis.ipv6().addresses().isEmpty()
                ? "not in the kernel"
                : "addresses of all interfaces: " + diagnosis.ipv6().addresses().getAsInt();
    }

    private void neighbours() {
        KernelLimits.NeighbourTable ipv4 = diagnosis.limits().ipv4Neighbours();
        KernelLimits.NeighbourTable ipv6 = diagnosis.limits().ipv6Neighbours();
        if (ipv4.threshold3().isPresent() || ipv6.threshold3().isPresent()) {
            fact(
                    "neighbours",
                    "gc_thresh IPv4 " + thresholds(ipv4) + ", IPv6 " + thresholds(ipv6) + ": about "
                            + number(ipv4.unansweredPerSecond()) + " silent addresses a second on one's own link");
        }
    }

    private static String thresholds(KernelLimits.NeighbourTable table) {
        return number(table.threshold1()) + '/' + number(table.threshold2()) + '/' + number(table.threshold3());
    }

    private void limits() {
        KernelLimits limits = diagnosis.limits();
        limits.connectionTracking()
                .ifPresent(table -> fact("conntrack", table.count() + " connections of " + table.max()));
        fact(
                "ICMP errors",
                "icmp_ratelimit " + number(limits.icmpRatelimitMillis()) + " ms, icmp_msgs_per_sec "
                        + number(limits.icmpMessagesPerSecond()));
    }

    private static String system(Platform platform) {
        return platform.distribution().map(name -> name + ", ").orElse("") + platform.system() + ' '
                + platform.kernel() + ", " + platform.architecture() + ", "
                + platform.libc()
                        .map(libc -> Words.lower(libc.family())
                                + libc.version().map(version -> ' ' + version).orElse(""))
                        .orElse("C library unknown");
    }

    private static String number(OptionalLong number) {
        return number.isPresent() ? String.valueOf(number.getAsLong()) : UNKNOWN;
    }

    private void heading(String text) {
        lines.add("");
        lines.add(colour.paint(Colour.Tone.HEADING, text));
    }

    private void fact(String name, String text) {
        lines.add(String.format(Locale.ROOT, "%s%-" + NAME_WIDTH + "s%s", INDENT, name, VisibleText.of(text)));
    }
}
