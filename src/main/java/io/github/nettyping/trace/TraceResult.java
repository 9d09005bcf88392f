package io.github.nettyping.trace;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.NotSent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The path to a target. Immutable.
 *
 * @param target  the host that was traced
 * @param hops    in their order, without gaps, from {@link TraceOptions#firstHop()} to the end; unmodifiable
 * @param ending  what the last of them is
 * @param pathMtu the length of the longest packet that reached the target in one piece and was answered, IP header
 *                included. Empty unless asked for, or if none was answered, for example because long packets are
 *                dropped in silence
 * @param refusal the first thing this machine refused, if it did; also where the trace went on
 */
public record TraceResult(
        IpAddress target, List<Hop> hops, Ending ending, OptionalInt pathMtu, Optional<Refusal> refusal) {

    /** How a path can end. */
    public enum Ending {
        /** The target replied to the probes of the last hop. */
        REACHED,
        /** The last hop reported that the target cannot be reached: its {@link Hop#error()} says why. */
        UNREACHABLE,
        /** The probes of {@link TraceOptions#maxHops()} got no further than those before. */
        MAX_HOPS,
        /** The last hops, {@link TraceOptions#maxSilentHops()} of them, were silent. */
        SILENT,
        /** This machine sent nothing: {@link TraceResult#refusal()} says why. */
        NOT_SENT
    }

    /**
     * Why a probe was not sent. Immutable.
     *
     * @param reason what went wrong
     * @param cause  what the kernel said; present exactly for {@link NotSent.Reason#REFUSED_BY_KERNEL}
     */
    public record Refusal(NotSent.Reason reason, Optional<SystemCallException> cause) {}

    /** {@return whether the target replied} */
    public boolean isReached() {
        return ending == Ending.REACHED;
    }
}
