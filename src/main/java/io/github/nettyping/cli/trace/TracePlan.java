package io.github.nettyping.cli.trace;

import io.github.nettyping.Pinger;
import io.github.nettyping.cli.target.TypedTargets;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.trace.TraceOptions;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a trace of the command line does and shows. Immutable.
 *
 * @param view    what is shown of it
 * @param family  the only one names are resolved to, empty for both
 * @param sockets what the probes go by; event loop and families are set by the run
 */
record TracePlan(
        TypedTargets targets,
        Optional<IpFamily> family,
        Pinger.Builder sockets,
        TraceOptions options,
        TraceView view,
        Optional<Path> output) {}
