package io.github.nettyping.cli.ping;

import io.github.nettyping.Pinger;
import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.cli.option.IputilsNumbers;
import io.github.nettyping.cli.option.LoopsOption;
import io.github.nettyping.cli.option.OptionTypes;
import io.netty.channel.ChannelOption;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of ping that are its sockets' alone. */
final class PingSocketOptions {

    /**
     * What sockets are to be like, whatever is sent by them. Immutable.
     *
     * @param identifier of the echo requests; empty for any
     * @param dontRoute  whether packets go only to hosts on a link
     * @param noLoop     whether multicast packets are not handed to sockets of this machine
     * @param loops      event loops, each with sockets of its own
     */
    record Settings(
            OptionalInt identifier,
            boolean dontRoute,
            boolean noLoop,
            boolean debug,
            OptionalInt sendBufferBytes,
            OptionalInt receiveBufferBytes,
            int loops) {

        void configure(Pinger.Builder pinger) {
            pinger.loops(loops);
            identifier.ifPresent(pinger::identifier);
            sendBufferBytes.ifPresent(pinger::sendBufferBytes);
            receiveBufferBytes.ifPresent(pinger::receiveBufferBytes);
            if (dontRoute) {
                pinger.option(IcmpChannelOption.DONT_ROUTE, true);
            }
            if (noLoop) {
                pinger.option(ChannelOption.IP_MULTICAST_LOOP_DISABLED, true);
            }
            if (debug) {
                pinger.option(IcmpChannelOption.DEBUG, true);
            }
        }
    }

    @Option(
            names = "-e",
            paramLabel = "ID",
            converter = IputilsNumbers.Identifier.class,
            description = "Set the identifier of the echo requests, 1 to 65535; 0: any.")
    private @Nullable Integer identifier;

    @Option(names = "-r", description = "Send by no gateway, only to hosts on a link; IPv4 only.")
    private boolean dontRoute;

    @Option(names = "-L", description = "Hand multicast packets to no socket of this machine.")
    private boolean noLoop;

    @Option(
            names = "-d",
            description = "Set SO_DEBUG of the sockets, which only kernels built for that heed; needs CAP_NET_ADMIN.")
    private boolean debug;

    @Option(
            names = {"-S", "--sndbuf"},
            paramLabel = "BYTES",
            converter = IputilsNumbers.SendBuffer.class,
            description = "Ask for a send buffer of so many bytes for each socket (default: 8388608).")
    private @Nullable Integer sendBufferBytes;

    @Option(
            names = "--rcvbuf",
            paramLabel = "BYTES",
            converter = OptionTypes.BufferBytes.class,
            description = "Ask for a receive buffer of so many bytes for each socket (default: 8388608).")
    private @Nullable Integer receiveBufferBytes;

    @Mixin
    private LoopsOption loops = new LoopsOption();

    /** Throws {@link IllegalArgumentException} if they contradict each other. */
    Settings settings() {
        OptionalInt asked = identifier == null || identifier == 0 ? OptionalInt.empty() : OptionalInt.of(identifier);
        if (asked.isPresent() && loops.loops() > 1) {
            throw new IllegalArgumentException(
                    "-e with --loops: each loop has sockets with an identifier of their own");
        }
        return new Settings(
                asked,
                dontRoute,
                noLoop,
                debug,
                optional(sendBufferBytes),
                optional(receiveBufferBytes),
                loops.loops());
    }

    private static OptionalInt optional(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
