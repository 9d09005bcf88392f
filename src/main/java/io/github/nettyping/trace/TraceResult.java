package io.github.nettyping.trace;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.NotSent;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The way to a target. Immutable.
 *
 * @param target  where it leads
 * @param hops    in their order, without gaps, from {@link TraceOptions#firstHop()} to the end; unmodifiable
 * @param ending  what the last of them is
 * @param pathMtu the length of the longest packet that got to the target in one piece and was answered, IP header included.
 *                Empty unless asked for; and if none was answered, as where long packets disappear without a word
 * @param refusal the first thing this machine refused, if it did; also where the trace went on
 */
public record TraceResult(
        IpAddress target, List<Hop> hops, Ending ending, OptionalInt pathMtu, Optional<Refusal> refusal) {

    /** How a way can end. */
    public enum Ending {
        /** The target replied to the probes of the last hop. */
        REACHED,
        /** The last hop reported that there is no way further: its {@link Hop#error()} says why. */
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

    /**
     * Copies the list.
     *
     * @param target  where it leads
     * @param hops    from the first to the end
     * @param ending  what the last of them is
     * @param pathMtu the length of the longest packet that got there
     * @param refusal the first thing this machine refused
     */
    public TraceResult {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(ending, "ending");
        hops = List.copyOf(hops);
    }

    /** {@return whether the target replied} */
    public boolean isReached() {
        return ending == Ending.REACHED;
    }
}
