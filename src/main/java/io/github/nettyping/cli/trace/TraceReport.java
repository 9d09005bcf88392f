package io.github.nettyping.cli.trace;

import io.github.nettyping.cli.format.Words;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.trace.Hop;
import io.github.nettyping.trace.TraceResult;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of the way to a target, when it is known as far as it will be or when a user has had enough. Immutable.
 *
 * @param hops    in their order, without gaps
 * @param reached whether the last of them is the target
 * @param pathMtu the length of the longest packet that got there
 * @param refusal the first thing this machine refused
 */
record TraceReport(
        IpAddress target, List<Hop> hops, boolean reached, OptionalInt pathMtu, Optional<TraceResult.Refusal> refusal) {

    static TraceReport of(TraceResult result) {
        return new TraceReport(result.target(), result.hops(), result.isReached(), result.pathMtu(), result.refusal());
    }

    /** Returns the report of a trace that was ended before the last hop was known. */
    static TraceReport unfinished(IpAddress target, List<Hop> hops) {
        return new TraceReport(target, List.copyOf(hops), false, OptionalInt.empty(), Optional.empty());
    }

    /** Appends lines on the path MTU, if that was asked for, and on what this machine refused. */
    void appendEnd(StringBuilder out, boolean withPathMtu) {
        if (withPathMtu && !hops.isEmpty()) {
            out.append("Path MTU: ");
            out.append(pathMtu.isPresent() ? Integer.toString(pathMtu.getAsInt()) : "unknown");
            out.append('\n');
        }
        refusal.ifPresent(why -> {
            out.append(hops.isEmpty() ? "Not sent: " : "Not all sent: ");
            out.append(why.cause()
                    .map(cause -> String.valueOf(cause.getMessage()))
                    .orElseGet(() -> Words.lower(why.reason()).replace('_', ' ')));
            out.append('\n');
        });
    }

    /** Tells whether a hop is the target, as far as is known. */
    boolean isTarget(Hop hop) {
        return reached && hop.number() == hops.get(hops.size() - 1).number();
    }
}
