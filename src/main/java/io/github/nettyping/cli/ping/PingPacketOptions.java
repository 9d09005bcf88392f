package io.github.nettyping.cli.ping;

import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.cli.option.IpOptionTypes;
import io.github.nettyping.cli.option.IputilsNumbers;
import io.github.nettyping.cli.option.OptionTypes;
import io.github.nettyping.packet.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of ping that say what stands in the IP headers, and which way packets take. */
@SuppressWarnings("NullAway.Init") // picocli sets what has a default.
final class PingPacketOptions {

    @Option(
            names = {"-t", "--ttl"},
            paramLabel = "TTL",
            converter = IputilsNumbers.HopLimit.class,
            description = "Set the time to live or hop limit of the probes, 1 to 255 (default: the kernel's).")
    private @Nullable Integer hopLimit;

    @Option(
            names = {"-Q", "--tos"},
            paramLabel = "TOS",
            converter = IpOptionTypes.TrafficClass.class,
            description = "Set the type of service or traffic class, 0 to 255 or 0x0 to 0xff.")
    private @Nullable Integer trafficClass;

    @Option(
            names = {"-I", "--interface"},
            paramLabel = "IF|ADDRESS",
            description = "Send by this interface, or from this address of this machine; give it twice for both.")
    private List<String> interfacesAndSources = new ArrayList<>();

    @Option(names = "--source", paramLabel = "ADDRESS", description = "Send from this address of this machine.")
    private List<String> sources = new ArrayList<>();

    @Option(
            names = "-M",
            paramLabel = "do|want|dont|probe",
            converter = OptionTypes.MtuDiscovery.class,
            description = "Choose who may fragment: do: nobody, and probes too long for the known path are"
                    + " refused; want: only this machine, as the known path needs it; dont: routers too;"
                    + " probe: nobody, whatever is known of the path.")
    private @Nullable Integer mtuDiscover;

    @Option(names = "--df", description = "Never fragment, whatever is known of the path: the same as -M probe.")
    private boolean dontFragment;

    @Option(
            names = {"-m", "--mark"},
            paramLabel = "MARK",
            converter = IpOptionTypes.Mark.class,
            description = "Mark the probes for routing rules and firewalls of this machine.")
    private @Nullable Integer mark;

    @Option(names = "-B", description = "Stick to the source address that is chosen for the first probe.")
    private boolean sticky;

    @Mixin
    private PingHeaderOptions headers;

    @Option(
            names = {"-b", "--broadcast"},
            description = "Permit broadcast addresses.")
    private boolean broadcast;

    /** Returns how many of the words are no hosts: they come first. */
    int prescribed(List<String> words) {
        return headers.prescribed(words);
    }

    /**
     * Returns what they come to.
     *
     * @param words hosts, and before them what {@code -T} asks about
     * @throws IllegalArgumentException if they contradict each other, or there is no such address
     */
    PingPacketSettings packets(List<String> words) {
        List<String> addresses = new ArrayList<>(sources);
        Optional<String> interfaceName = Optional.empty();
        for (String word : interfacesAndSources) {
            if (isAddress(word)) {
                addresses.add(word);
            } else {
                interfaceName = Optional.of(word);
            }
        }
        for (String address : addresses) {
            int scope = address.indexOf('%');
            if (scope >= 0) {
                interfaceName = Optional.of(address.substring(scope + 1));
            }
        }
        PingPacketSettings packets = new PingPacketSettings(
                optional(hopLimit),
                optional(trafficClass),
                optional(mark),
                interfaceName,
                List.of(),
                mtuDiscover(),
                broadcast,
                sticky,
                headers.flowLabel(),
                headers.ipv4Options(words));
        return packets.from(
                addresses.stream().map(address -> source(packets, address)).toList());
    }

    private OptionalInt mtuDiscover() {
        if (!dontFragment) {
            return optional(mtuDiscover);
        }
        if (mtuDiscover == null) {
            // Not "do", which sends nothing more for ten minutes once it knows the path to be too narrow.
            return OptionalInt.of(IcmpChannelOption.MTU_DISCOVER_PROBE);
        }
        if (mtuDiscover == IcmpChannelOption.MTU_DISCOVER_DO || mtuDiscover == IcmpChannelOption.MTU_DISCOVER_PROBE) {
            return OptionalInt.of(mtuDiscover);
        }
        throw new IllegalArgumentException("--df and -M want or dont contradict each other; leave one of them out");
    }

    private static OptionalInt optional(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private static boolean isAddress(String word) {
        return word.indexOf(':') >= 0 || word.matches("[0-9]+(\\.[0-9]+){3}");
    }

    /** An address that is one without an interface needs no scope, though one may be written. */
    private static IpAddress source(PingPacketSettings packets, String word) {
        String bare = word.split("%", 2)[0];
        PingHosts.check(packets.scoped(bare));
        IpAddress address = PingHosts.literal(packets.scoped(bare));
        if (address.isMulticast() || address.isAnyLocal()) {
            throw new IllegalArgumentException(word + " is no address of a machine to come from");
        }
        return address;
    }
}
