package io.github.nettyping.correlation;

import io.github.nettyping.codec.EchoRequest;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.SendListener;
import io.github.nettyping.packet.UnsupportedSendOptionsException;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the packet that is queued in a slot into an echo request and writes it. Confined to the channel's event loop.
 */
final class RequestWriter {

    private static final int NONE = -1;

    private final ChannelHandlerContext ctx;
    private final ProbeToken token;
    private final SlotTable table;
    private final Outcomes outcomes;
    private final Identifier identifier;
    private final SendListener listener;
    private final SilentPromise silent;
    private final RequestPackets packets = new RequestPackets();
    private int writing = NONE;
    private boolean thrownAway;

    RequestWriter(
            ChannelHandlerContext ctx,
            ProbeToken token,
            SlotTable table,
            Outcomes outcomes,
            Identifier identifier,
            SendListener listener) {
        this.ctx = ctx;
        this.token = token;
        this.table = table;
        this.outcomes = outcomes;
        this.identifier = identifier;
        this.listener = listener;
        this.silent = new SilentPromise(ctx.channel(), ctx.executor());
    }

    /** Returns the name of the newest packet of a slot, under which the channel reports what became of it. */
    static long key(int slot, int generation) {
        return (long) slot << 32 | (generation & 0xffff_ffffL);
    }

    static int slotOf(long key) {
        return (int) (key >>> 32);
    }

    static int generationOf(long key) {
        return (int) key;
    }

    /** Writes, without anybody to tell. */
    void write(int slot) {
        write(slot, silent);
    }

    /** Writes; if that fails at once, the probe ends, and the promise has failed. */
    @SuppressWarnings("FutureReturnValueIgnored") // It is the promise.
    void write(int slot, ChannelPromise promise) {
        int generation = table.generation(slot);
        boolean untold = promise.isVoid();
        // If a handler below flushes, an observer may write from inside a write: each has its own failure.
        SilentPromise quiet = writing == NONE ? silent : new SilentPromise(ctx.channel(), ctx.executor());
        ChannelPromise used = untold ? quiet : promise;
        quiet.forget();
        EchoRequest request;
        try {
            request = newRequest(slot, generation);
        } catch (Throwable t) {
            fail(slot, t, untold);
            used.tryFailure(t);
            return;
        }
        int outerWriting = writing;
        boolean outerThrownAway = thrownAway;
        writing = slot;
        thrownAway = false;
        ctx.write(request, used);
        boolean thrown = thrownAway;
        writing = outerWriting;
        thrownAway = outerThrownAway;
        Throwable failure = untold ? quiet.failure() : used.cause();
        // Not queued any more: flushed by a handler below, and settled.
        if ((failure != null || thrown) && table.isQueued(slot, generation)) {
            fail(slot, failure, untold);
        }
    }

    /** Gives up what is kept for later packets: there will be none. */
    void close() {
        packets.release();
    }

    /** Ends a probe whose packet somebody on the way down has thrown away. */
    void discarded(int slot) {
        if (slot == writing) {
            thrownAway = true;
        } else {
            fail(slot, null, false);
        }
    }

    private EchoRequest newRequest(int slot, int generation) {
        Probe probe = table.probe(slot);
        long high = table.destinationHigh(slot);
        long low = table.destinationLow(slot);
        long right = token.of(high, low, slot, generation);
        table.token(slot, right);
        ProbeOptions options = probe.options();
        int sequence = slot & ReplyMatcher.SEQUENCES - 1;
        IcmpPacket packet = packets.take(
                ctx.alloc(), EchoPayload.capacity(options.payloadBytes()), high, low, probe.targetScopeId());
        ByteBuf payload = packet.content();
        EchoPayload.write(payload, options, right, slot, generation);
        if (options.flowChecksum().isPresent()) {
            FlowChecksum.write(
                    payload,
                    probe.target().family(),
                    identifier.value(),
                    sequence,
                    options.flowChecksum().getAsInt());
        }
        packet.onSend(listener, key(slot, generation)).sendWith(options.sendOptions());
        return EchoRequest.of(packet, identifier.value(), sequence);
    }

    /** Ends the probe; {@code untold}: no promise tells the writer why, so the pipeline must. */
    private void fail(int slot, @Nullable Throwable failure, boolean untold) {
        Probe probe = table.probe(slot);
        NotSent.Reason reason = reason(failure);
        ProbeOutcome evidence = outcomes.evidence(slot);
        outcomes.completeLater(
                slot, evidence != null ? evidence : new NotSent(probe, table.attempt(slot), reason, Optional.empty()));
        // What the reason does not tell is somebody's mistake.
        if (untold && failure != null && reason == NotSent.Reason.WRITE_FAILED) {
            ctx.fireExceptionCaught(failure);
        }
    }

    private static NotSent.Reason reason(@Nullable Throwable failure) {
        if (failure instanceof ClosedChannelException) {
            return NotSent.Reason.CHANNEL_CLOSED;
        }
        return failure instanceof UnsupportedSendOptionsException
                ? NotSent.Reason.UNSUPPORTED_OPTION
                : NotSent.Reason.WRITE_FAILED;
    }
}
