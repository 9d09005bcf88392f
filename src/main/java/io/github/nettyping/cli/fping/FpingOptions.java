package io.github.nettyping.cli.fping;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the options say, with fping's defaults; filled by {@link FpingOptionsReader}, and not changed afterwards. Times are
 * in nanoseconds.
 */
final class FpingOptions {

    /** How the time of a line is written. */
    enum TimeFormat {
        SECONDS,
        CTIME,
        ISO,
        RFC3339
    }

    static final int MAX_PAYLOAD_BYTES = 65_507;

    final String program;

    // Targets.

    Optional<IpFamily> family = Optional.empty();
    boolean generate;
    boolean allAddresses;
    boolean nameOfAddress;
    boolean nameOfAll;
    boolean addressAsName;

    @Nullable
    String file;

    List<String> words = List.of();

    // Packets.

    int payloadBytes = 56;
    boolean randomPayload;
    boolean icmpTimestamp;
    int hopLimit;
    int trafficClass = -1;
    boolean dontFragment;
    boolean checkSource;
    long mark;

    @Nullable
    String interfaceName;

    int outgoingInterface;

    @Nullable
    IpAddress source4;

    @Nullable
    IpAddress source6;

    // Pace.

    boolean counting;
    boolean looping;
    long count = 1;
    long retries = 3;
    float backoff = 1.5f;
    long timeoutNanos = 500_000_000;
    long intervalNanos = 10_000_000;
    long periodNanos = 1_000_000_000;
    long minReachable;
    boolean endWhenReachable;

    // Lines.

    /** A line for each target, as where nothing else is asked for. */
    boolean verbose = true;
    /** A line for each probe. */
    boolean perProbe;

    boolean quiet;
    boolean showAlive;
    boolean showUnreachable;
    boolean showElapsed;
    boolean everyRoundTrip;
    boolean statistics;
    boolean outage;
    boolean timestamps;
    TimeFormat timeFormat = TimeFormat.SECONDS;
    boolean printTrafficClass;
    boolean printHopLimit;
    boolean printReplyDestination;
    boolean json;
    boolean netdata;
    long reportNanos;
    boolean cumulative;

    FpingOptions(String program) {
        this.program = program;
    }

    /** Tells whether targets are asked several times, whether they answer or not. */
    boolean repeating() {
        return counting || looping;
    }
}
