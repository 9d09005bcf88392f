package io.github.nettyping.cli.format;

import io.github.nettyping.codec.DestinationUnreachableMessage;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.codec.PacketTooBigMessage;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.ProbeObserver.Rejection;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.ReplyFlag;
import io.github.nettyping.probe.RttSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** The words that stand for outcomes and their parts in every format. Stateless. */
public final class Words {

    /** Outcomes in the order in which all formats tell them. */
    private static final List<ProbeOutcome.Kind> TOLD = List.of(
            ProbeOutcome.Kind.REPLIED,
            ProbeOutcome.Kind.TIMED_OUT,
            ProbeOutcome.Kind.UNREACHABLE,
            ProbeOutcome.Kind.TIME_EXCEEDED,
            ProbeOutcome.Kind.OTHER_ICMP_ERROR,
            ProbeOutcome.Kind.NOT_SENT,
            ProbeOutcome.Kind.DROPPED_LOCALLY);

    private static final Map<ReplyFlag, String> FLAGS = lowerCase(ReplyFlag.class);
    private static final Map<RttSource, String> SOURCES = lowerCase(RttSource.class);

    private Words() {}

    public static String status(ProbeOutcome.Kind kind) {
        return switch (kind) {
            case REPLIED -> "alive";
            case TIMED_OUT -> "timeout";
            case UNREACHABLE -> "unreachable";
            case TIME_EXCEEDED -> "ttl_exceeded";
            case OTHER_ICMP_ERROR -> "icmp_error";
            case NOT_SENT -> "send_failed";
            case DROPPED_LOCALLY -> "dropped_locally";
        };
    }

    static String flag(ReplyFlag flag) {
        return String.valueOf(FLAGS.get(flag));
    }

    public static String source(RttSource source) {
        return String.valueOf(SOURCES.get(source));
    }

    /** Returns the largest packet that a router told of, if it did. */
    static OptionalInt mtu(IcmpError error) {
        if (error instanceof DestinationUnreachableMessage unreachable) {
            return unreachable.nextHopMtu();
        }
        return error instanceof PacketTooBigMessage tooBig ? OptionalInt.of(tooBig.mtu()) : OptionalInt.empty();
    }

    /** Returns how many targets have each outcome, in the order in which all formats tell them. */
    public static Map<ProbeOutcome.Kind, Long> outcomes(CorrelatorStatistics.Outcomes outcomes) {
        Map<ProbeOutcome.Kind, Long> counts = new LinkedHashMap<>();
        TOLD.forEach(kind -> counts.put(kind, outcomes.count(kind)));
        return counts;
    }

    /** Returns how many packets were rejected for each reason, by its word. */
    public static Map<String, Long> rejected(CorrelatorStatistics.Rejected rejected) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Rejection reason : Rejection.values()) {
            counts.put(lower(reason), rejected.count(reason));
        }
        return counts;
    }

    /** Returns the clocks of several round trips, {@code mixed} if not all had the same; empty without any. */
    public static Optional<String> sources(Set<RttSource> sources) {
        return switch (sources.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(source(sources.iterator().next()));
            default -> Optional.of("mixed");
        };
    }

    /** Returns {@code dgram}, {@code raw}, or both if the families differ; empty for none. */
    public static Optional<String> sockets(Set<SocketKind> kinds) {
        String sockets = kinds.stream()
                .map(SocketKind::isRaw)
                .distinct()
                .sorted()
                .map(raw -> raw ? "raw" : "dgram")
                .collect(Collectors.joining(","));
        return sockets.isEmpty() ? Optional.empty() : Optional.of(sockets);
    }

    /** Returns the name of the errno, or in lower case what else kept a probe from being sent. */
    static String reason(NotSent.Reason reason, Optional<SystemCallException> cause) {
        return cause.map(SystemCallException::errnoName).orElseGet(() -> lower(reason));
    }

    /** Adds a part that tells a count, unless that is 0. */
    public static void addNonzero(List<String> parts, long count, String word) {
        if (count > 0) {
            parts.add(count + " " + word);
        }
    }

    /** Returns arguments in one line, so that a shell would read them back as they were. */
    public static String commandLine(List<String> arguments) {
        return arguments.stream().map(Words::quote).collect(Collectors.joining(" "));
    }

    private static String quote(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** Returns the word for a constant that is only named: its name in small letters. */
    public static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> Map<E, String> lowerCase(Class<E> type) {
        Map<E, String> words = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            words.put(constant, lower(constant));
        }
        return words;
    }
}
