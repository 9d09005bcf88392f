package io.github.nettyping.cli.ping;

import io.github.nettyping.cli.option.IputilsNumbers;
import io.github.nettyping.cli.option.OptionTypes;
import io.github.nettyping.codec.Ipv4Option;
import io.github.nettyping.codec.Ipv4Options;
import io.github.nettyping.codec.RouteOption;
import io.github.nettyping.codec.TimestampOption;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.target.TargetWord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of ping that add something to IP headers. */
final class PingHeaderOptions {

    private static final int FLOW_LABELS = 1 << 20;

    /** What {@code -T} asks for. */
    enum Times {
        ONLY,
        AND_ADDRESSES,
        OF_ADDRESSES
    }

    static final class TimesType extends OptionTypes.WordType<Times> {
        TimesType() {
            super(
                    "tsonly, tsandaddr or tsprespec",
                    Map.of("tsonly", Times.ONLY, "tsandaddr", Times.AND_ADDRESSES, "tsprespec", Times.OF_ADDRESSES));
        }
    }

    @Option(
            names = "-R",
            description = "Record the route, there and back, in the IPv4 header: up to nine addresses. Many routers"
                    + " drop or ignore such packets.")
    private boolean recordRoute;

    @Option(
            names = "-T",
            paramLabel = "tsonly|tsandaddr|tsprespec",
            converter = TimesType.class,
            description = "Have nodes write their time of day into the IPv4 header: times alone, with addresses, or of"
                    + " the up to four addresses given before HOST.")
    private @Nullable Times times;

    @Option(
            names = "-F",
            paramLabel = "LABEL",
            converter = IputilsNumbers.FlowLabel.class,
            description = "Set the flow label of IPv6 packets, 20 bits, decimal or 0x; 0: a random one.")
    private @Nullable Integer flowLabel;

    /** Returns how many of the words are no hosts but addresses whose times are wanted. */
    int prescribed(List<String> words) {
        return times == Times.OF_ADDRESSES ? Math.max(0, words.size() - 1) : 0;
    }

    /**
     * Returns what is to stand in the IPv4 header.
     *
     * @param words of which those that are no hosts come first
     * @throws IllegalArgumentException if they contradict each other
     */
    Optional<Ipv4Options> ipv4Options(List<String> words) {
        if (recordRoute && times != null) {
            throw new IllegalArgumentException("only one of -T or -R may be used");
        }
        if (recordRoute) {
            return Optional.of(
                    Ipv4Options.of(new Ipv4Option.NoOperation(), RouteOption.recordRoute(RouteOption.MAX_ADDRESSES)));
        }
        return times == null ? Optional.empty() : Optional.of(Ipv4Options.of(timestamps(times, words)));
    }

    private TimestampOption timestamps(Times wanted, List<String> words) {
        return switch (wanted) {
            case ONLY -> TimestampOption.times(9);
            case AND_ADDRESSES -> TimestampOption.addressesAndTimes(4);
            case OF_ADDRESSES -> {
                List<String> nodes = words.subList(0, prescribed(words));
                if (nodes.isEmpty() || nodes.size() > 4) {
                    throw new IllegalArgumentException("-T tsprespec wants one to four addresses before HOST");
                }
                yield TimestampOption.of(
                        nodes.stream().map(PingHeaderOptions::node).toList());
            }
        };
    }

    private static IpAddress node(String word) {
        if (TargetWord.of(word) != TargetWord.IPV4) {
            throw new IllegalArgumentException(
                    '"' + word + "\" (expected: an IPv4 address for -T tsprespec, before HOST)");
        }
        PingHosts.check(word);
        return PingHosts.literal(word);
    }

    /** Returns the flow label, drawn if that was wanted. */
    OptionalInt flowLabel() {
        if (flowLabel == null) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(flowLabel == 0 ? ThreadLocalRandom.current().nextInt(1, FLOW_LABELS) : flowLabel);
    }
}
