package io.github.nettyping.cli;

import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.ReplyFlag;
import io.github.nettyping.probe.RttSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The words that stand for outcomes and their parts in every format. Stateless. */
final class Words {

    private static final Map<ReplyFlag, String> FLAGS = lowerCase(ReplyFlag.class);
    private static final Map<RttSource, String> SOURCES = lowerCase(RttSource.class);

    private Words() {}

    static String status(ProbeOutcome.Kind kind) {
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

    static String source(RttSource source) {
        return String.valueOf(SOURCES.get(source));
    }

    /** Returns the clocks of several round trips, {@code mixed} if not all had the same; empty without any. */
    static Optional<String> sources(Set<RttSource> sources) {
        return switch (sources.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(source(sources.iterator().next()));
            default -> Optional.of("mixed");
        };
    }

    /** Returns the name of the errno, or in lower case what else kept a probe from being sent. */
    static String reason(NotSent.Reason reason, Optional<SystemCallException> cause) {
        return cause.map(SystemCallException::errnoName).orElseGet(() -> lower(reason));
    }

    /** Returns the word for a constant that is only named: its name in small letters. */
    static String lower(Enum<?> constant) {
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
