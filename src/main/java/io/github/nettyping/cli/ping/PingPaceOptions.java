package io.github.nettyping.cli.ping;

import io.github.nettyping.PingOptions;
import io.github.nettyping.cli.option.IputilsNumbers;
import io.github.nettyping.probe.Pace;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of ping that say when probes are sent. */
final class PingPaceOptions {

    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);

    @Option(
            names = "-i",
            paramLabel = "INTERVAL",
            converter = IputilsNumbers.Interval.class,
            description = "Send a probe every so many seconds, or a duration such as 200ms; 0: as fast as"
                    + " replies come. Below 0.002 only for root (default: 1).")
    private @Nullable Duration interval;

    @Option(
            names = "-f",
            description = "Flood: print a dot for each probe and erase one for each reply; without -i, send as"
                    + " fast as replies come, or 100 a second. For root.")
    private boolean flood;

    @Option(
            names = "-l",
            paramLabel = "PRELOAD",
            converter = IputilsNumbers.Preload.class,
            description = "Send so many probes at once at the beginning, at most 65536; more than 3 only for root.")
    private int preload = 1;

    @Option(names = "-A", description = "Adapt the interval to the round trip: about one probe is under way.")
    private boolean adaptive;

    boolean flood() {
        return flood;
    }

    int preload() {
        return preload;
    }

    /** Returns what they come to; root may be as fast as it likes. */
    Pace pace(boolean root) {
        if (adaptive) {
            Duration first = interval == null ? DEFAULT_INTERVAL : interval;
            return Pace.adaptive(
                    isClock(first) ? first : PingOptions.MIN_INTERVAL, root ? Duration.ZERO : UserLimits.MIN_INTERVAL);
        }
        if (interval == null) {
            return flood ? asAnswered() : Pace.every(DEFAULT_INTERVAL);
        }
        return isClock(interval) ? Pace.every(interval) : asAnswered();
    }

    private Pace asAnswered() {
        return new Pace.AsAnswered(preload, PingPlan.SILENCE);
    }

    /** iputils counts in whole milliseconds; less than one is none. */
    private static boolean isClock(Duration duration) {
        return duration.compareTo(PingOptions.MIN_INTERVAL) >= 0;
    }
}
