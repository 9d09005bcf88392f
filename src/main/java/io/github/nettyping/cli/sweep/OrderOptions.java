package io.github.nettyping.cli.sweep;

import io.github.nettyping.cli.option.DurationTypes;
import io.github.nettyping.cli.option.OptionTypes;
import io.github.nettyping.cli.target.ShardChoice;
import io.github.nettyping.cli.target.TargetOrder;
import io.github.nettyping.target.Shard;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * In which order a sweep asks, which part of the targets, and when it has enough. To be mixed into a command; confined to its
 * thread.
 */
final class OrderOptions {

    enum Order {
        SEQUENTIAL,
        RANDOM
    }

    /** What a double holds exactly, so that every program that reads the summary as JSON has the same number. */
    private static final int DRAWN_BITS = 53;

    @Option(
            names = "--order",
            paramLabel = "sequential|random",
            defaultValue = "sequential",
            converter = OrderOptionTypes.Order.class,
            description = "Ask in ascending order (sequential), or each target once with networks in turns"
                    + " (random) (default: ${DEFAULT-VALUE}).")
    private Order order = Order.SEQUENTIAL;

    @Option(
            names = "--seed",
            paramLabel = "N",
            converter = OrderOptionTypes.Seed.class,
            preprocessor = OrderOptionTypes.Negative.class,
            description = "Choose the random order by an integer of 64 bits (default: one is drawn and printed).")
    private @Nullable Long seed;

    @Option(
            names = "--shard",
            paramLabel = "I/N|auto/N",
            converter = OrderOptionTypes.Part.class,
            description = "Ask only part I of N, counted from 1; parts are disjoint and together are all"
                    + " targets. auto takes part JOB_COMPLETION_INDEX + 1, from the environment. With"
                    + " random order, all parts need the same --seed.")
    private @Nullable ShardChoice shard;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = OptionTypes.Count.class,
            description = "Ask only the first N targets of this order and part; IPv6 ranges may then have any size.")
    private @Nullable Long limit;

    @Option(
            names = "--max-alive",
            paramLabel = "N",
            converter = OptionTypes.Count.class,
            description = "Stop once N hosts have answered; targets still under way get no verdict.")
    private @Nullable Long maxAlive;

    @Option(
            names = "--at-least",
            paramLabel = "N",
            converter = OptionTypes.Count.class,
            description = "Exit with 0 if at least N targets answered, else with 1.")
    private @Nullable Long atLeast;

    @Option(
            names = "--deadline",
            paramLabel = "DURATION",
            converter = DurationTypes.Deadline.class,
            description = "Stop so long after the first probe with what is known by then: 500ms, 30s, 10m, 1.5h; a bare"
                    + " number is ms.")
    private @Nullable Duration deadline;

    @Option(
            names = "--dry-run",
            description = "Send nothing; print number, first and last of the targets, and how long they would take.")
    private boolean dryRun;

    @Option(names = "--list", description = "Send nothing; print the targets in their order, one a line.")
    private boolean list;

    /** What is done with the targets. */
    enum Purpose {
        SWEEP,
        FORECAST,
        LIST
    }

    Purpose purpose() {
        if (list && dryRun) {
            throw new IllegalArgumentException("--list and --dry-run print different things; name one of them");
        }
        if (list) {
            return Purpose.LIST;
        }
        return dryRun ? Purpose.FORECAST : Purpose.SWEEP;
    }

    /** Returns order and part. Each call may draw another seed. */
    TargetOrder order(Map<String, String> environment) {
        OptionalLong most = limit == null ? OptionalLong.empty() : OptionalLong.of(limit);
        Shard part = shard == null ? Shard.WHOLE : shard.in(environment);
        if (order == Order.SEQUENTIAL) {
            if (seed != null) {
                throw new IllegalArgumentException(
                        "--seed " + seed + " chooses a random order; add --order random, or leave it out");
            }
            return new TargetOrder(OptionalLong.empty(), false, part, most);
        }
        if (seed != null) {
            return new TargetOrder(OptionalLong.of(seed), false, part, most);
        }
        if (shard != null) {
            throw new IllegalArgumentException("--shard " + shard + " of a random order needs --seed, the same for all"
                    + " parts; of different orders they would not fit together");
        }
        long drawn = new SecureRandom().nextLong() >>> (Long.SIZE - DRAWN_BITS);
        return new TargetOrder(OptionalLong.of(drawn), true, part, most);
    }

    OptionalLong maxAlive() {
        return maxAlive == null ? OptionalLong.empty() : OptionalLong.of(maxAlive);
    }

    OptionalLong atLeast() {
        return atLeast == null ? OptionalLong.empty() : OptionalLong.of(atLeast);
    }

    /** Returns how long it may take, names included. */
    Optional<Duration> deadline() {
        return Optional.ofNullable(deadline);
    }
}
