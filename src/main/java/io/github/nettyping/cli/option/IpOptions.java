package io.github.nettyping.cli.option;

import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.channel.SocketSettings;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.PayloadFiller;
import io.github.nettyping.probe.ProbeOptions;
import io.netty.channel.ChannelOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * What several commands let their probes have and which replies they take, by long names; a command adds its letters by
 * {@link OptionLetters}. To be mixed into a command; confined to its thread.
 */
public final class IpOptions {

    /** What {@code --random-payload} means in every command. */
    public static final String RANDOM_PAYLOAD =
            "Fill the payload with bytes that look random and differ in every probe,"
                    + " so that nothing on the path can compress it.";

    @Option(
            names = "--size",
            paramLabel = "N",
            converter = OptionTypes.PayloadBytes.class,
            description = "Send an ICMP payload of N bytes, 0 to 65507; below 16, replies cannot be"
                    + " authenticated (default: ${DEFAULT-VALUE}).")
    private int payloadBytes = 56;

    @Option(names = "--random-payload", description = RANDOM_PAYLOAD)
    private boolean randomPayload;

    @Option(names = "--any-source", description = "Accept an authentic reply from another address than the target.")
    private boolean anySource;

    @Option(
            names = "--ttl",
            paramLabel = "N",
            converter = OptionTypes.HopLimit.class,
            description = "Set the time to live or hop limit of the probes, 1 to 255 (default: the kernel's).")
    private @Nullable Integer hopLimit;

    @Option(
            names = "--tos",
            paramLabel = "N",
            converter = IpOptionTypes.TrafficClass.class,
            description = "Set the type of service or traffic class, 0 to 255 or 0x0 to 0xff: six bits of DSCP,"
                    + " two of ECN.")
    private @Nullable Integer trafficClass;

    @Option(
            names = "--df",
            description = "Never send fragments; a probe longer than the path takes fails, and the error says"
                    + " how long it may be.")
    private boolean dontFragment;

    @Option(
            names = "--mark",
            paramLabel = "N",
            converter = IpOptionTypes.Mark.class,
            description = "Mark the probes for routing rules and firewalls of this machine, decimal or 0x;"
                    + " needs CAP_NET_ADMIN or, on newer kernels, CAP_NET_RAW.")
    private @Nullable Integer mark;

    @Option(
            names = "--interface",
            paramLabel = "IF",
            converter = IpOptionTypes.InterfaceName.class,
            description = "Send and receive only by this interface, such as eth0.")
    private @Nullable String interfaceName;

    @Option(
            names = "--source",
            paramLabel = "ADDR",
            converter = IpOptionTypes.Source.class,
            description = "Send from this address of this machine; host names are then resolved to its family only.")
    private @Nullable IpAddress source;

    public int payloadBytes() {
        return payloadBytes;
    }

    public PayloadFiller filler() {
        return randomPayload ? PayloadFiller.random() : PayloadFiller.offsets();
    }

    public boolean anySource() {
        return anySource;
    }

    /** Returns a builder with what these options say of single probes. */
    public ProbeOptions.Builder probe() {
        return ProbeOptions.builder()
                .payloadBytes(payloadBytes)
                .filler(filler())
                .anySource(anySource);
    }

    /** Hands over what they say of packets' headers: it is the sockets', for every probe has the same. */
    public void apply(SocketSettings.Builder<?> sockets) {
        if (hopLimit != null) {
            sockets.option(IcmpChannelOption.HOP_LIMIT, hopLimit);
        }
        if (trafficClass != null) {
            sockets.option(ChannelOption.IP_TOS, trafficClass);
        }
        if (dontFragment) {
            // Not DO: it believes what earlier errors said of the path, and does not ask again for ten minutes.
            sockets.option(IcmpChannelOption.MTU_DISCOVER, IcmpChannelOption.MTU_DISCOVER_PROBE);
        }
        if (mark != null) {
            sockets.option(IcmpChannelOption.MARK, mark);
        }
        if (interfaceName != null) {
            sockets.option(IcmpChannelOption.INTERFACE, interfaceName);
        }
        if (source != null) {
            sockets.localAddress(source.toInetAddress());
        }
    }

    Optional<IpAddress> source() {
        return Optional.ofNullable(source);
    }

    /**
     * Returns the only family names may be resolved to, so that the source can be had.
     *
     * @param wanted by {@code -4} or {@code -6}
     * @throws IllegalArgumentException if that is another one than the source's
     */
    public Optional<IpFamily> family(Optional<IpFamily> wanted) {
        if (source == null) {
            return wanted;
        }
        if (wanted.isPresent() && wanted.get() != source.family()) {
            throw new IllegalArgumentException(
                    complaint() + " -" + (wanted.get() == IpFamily.IPV4 ? 4 : 6) + " asks for " + name(wanted.get()));
        }
        return Optional.of(source.family());
    }

    /** Throws {@link IllegalArgumentException} if targets of one of these families cannot be asked from the source. */
    public void requireFor(Iterable<IpFamily> families) {
        if (source == null) {
            return;
        }
        for (IpFamily family : families) {
            if (family != source.family()) {
                throw new IllegalArgumentException(complaint() + " some targets are " + name(family)
                        + " addresses; ask those of each family by themselves");
            }
        }
    }

    private String complaint() {
        return "--source " + source + " is an " + name(source().orElseThrow().family()) + " address, and";
    }

    private static String name(IpFamily family) {
        return family == IpFamily.IPV4 ? "IPv4" : "IPv6";
    }
}
