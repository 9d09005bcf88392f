package io.github.nettyping.cli.trace;

import io.github.nettyping.packet.IpAddress;
import java.util.Optional;
import java.util.function.Function;

/** How a report looks as text. Confined to one thread. */
@FunctionalInterface
interface TraceLayout {

    /** Appends a report, in which hosts with a name stand by it. */
    void append(StringBuilder out, TraceReport report, Function<IpAddress, Optional<String>> names);
}
