package io.github.nettyping;

import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.probe.ProbeObserver;
import java.util.OptionalInt;

/** Options of lanes for tests. */
final class SampleLanes {

    private static final int BUFFER_BYTES = 1 << 20;

    private SampleLanes() {}

    /** Returns the options of lanes with room for a thousand probes, whose round trips end at the kernel's receive stamp. */
    static LaneOptions options(SocketPolicy sockets) {
        return new LaneOptions(
                sockets,
                SocketOptions.NONE,
                BUFFER_BYTES,
                BUFFER_BYTES,
                1_000,
                OptionalInt.empty(),
                false,
                Timestamps.RECEIVE,
                false,
                false,
                ProbeObserver.NONE);
    }
}
