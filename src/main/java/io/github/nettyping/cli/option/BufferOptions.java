package io.github.nettyping.cli.option;

import io.github.nettyping.channel.SocketSettings;
import picocli.CommandLine.Option;

/** How large the buffers of sockets are. To be mixed into a command; confined to its thread. */
public final class BufferOptions {

    @Option(
            names = "--rcvbuf",
            paramLabel = "BYTES",
            converter = OptionTypes.BufferBytes.class,
            description = "Ask for a receive buffer of so many bytes for each socket (default: ${DEFAULT-VALUE}).")
    private int receiveBufferBytes = SocketSettings.DEFAULTS.receiveBufferBytes();

    @Option(
            names = "--sndbuf",
            paramLabel = "BYTES",
            converter = OptionTypes.BufferBytes.class,
            description = "Ask for a send buffer of so many bytes for each socket (default: ${DEFAULT-VALUE}).")
    private int sendBufferBytes = SocketSettings.DEFAULTS.sendBufferBytes();

    public void apply(SocketSettings.Builder<?> builder) {
        builder.receiveBufferBytes(receiveBufferBytes);
        builder.sendBufferBytes(sendBufferBytes);
    }
}
