package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.SystemCallException;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends what was flushed, in batches, and decides what a refusal means. Confined to the channel's event loop.
 *
 * <ul>
 *   <li>Interrupted: again at once.
 *   <li>Send buffer full (EAGAIN): when epoll says there is room.
 *   <li>Queue or neighbour table full (ENOBUFS, ENOMEM): the same packet again after a millisecond, for half a minute.
 *   <li>On a single socket that gets queued errors, an errno that another host may have caused: read the error queue,
 *       try again.
 *   <li>Anything else belongs to the first packet of the batch: its write fails, the rest goes on.
 * </ul>
 */
final class PacketWriter implements Readiness.Listener {

    private static final long QUEUE_FULL_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** A queue that has taken nothing for so long never will: a full neighbour table empties in a few seconds. */
    private static final long QUEUE_STUCK_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** So many errors in a row cannot all be about other packets: one call takes one error off the socket. */
    private static final int MAX_BORROWED_ERRORS = 64;

    private final IcmpChannel channel;
    private final IcmpSockets sockets;
    private final NanoClock clock;
    private final Readiness readiness;
    private @Nullable BatchSender sender;
    private boolean waitingForRoom;
    private boolean waitingForQueue;
    private boolean yielding;
    private int borrowedErrors;
    private boolean queueFull;
    private long queueFullSinceNanos;
    private long waits;
    private @Nullable Future<?> resumption;

    PacketWriter(IcmpChannel channel, Transport transport) {
        this.channel = channel;
        this.sockets = channel.sockets();
        this.clock = transport.clock();
        this.readiness = transport.readiness().get();
    }

    /** Tells whether a flush will follow by itself. */
    boolean isWaiting() {
        return waitingForRoom || waitingForQueue || yielding;
    }

    /** Returns how often a packet had to wait because a buffer, a queue or a table was full. */
    long waits() {
        return waits;
    }

    void write(ChannelOutboundBuffer in) throws Exception {
        TransmitStamps stamps = channel.stamps();
        BatchSender batch = sender;
        if (batch == null) {
            batch = new BatchSender(sockets.kind().family(), stamps);
            sender = batch;
        }
        batch.flowLabel(channel.config().flowLabel());
        int budget = channel.config().getMaxMessagesPerWrite();
        while (budget > 0) {
            if (stamps != null) {
                stamps.prepare(BatchSender.BATCH);
                if (!channel.isOpen()) {
                    return;
                }
            }
            int count = batch.collect(in, budget);
            if (count == 0) {
                first(in);
                return;
            }
            long wallOffsetNanos = clock.wallOffsetNanos();
            long monotonicNanos = clock.monotonicNanos();
            long wallNanos = monotonicNanos + wallOffsetNanos;
            int result = batch.send(sockets.sender());
            if (stamps != null && result < count && stamps.refused(-result)) {
                continue;
            }
            if (result > 0) {
                borrowedErrors = 0;
                queueFull = false;
                budget -= result;
                settle(in, result, wallNanos, monotonicNanos, clock.monotonicNanos(), stamps);
            } else if (goOnAfter(-result, in)) {
                budget--;
            } else {
                return;
            }
            if (!channel.isOpen()) {
                return;
            }
        }
        if (!in.isEmpty()) {
            // A timer of no time, not execute: a task that queues itself starves timers and other channels.
            yielding = true;
            resumption = channel.eventLoop().schedule(this::resume, 0, TimeUnit.NANOSECONDS);
        }
    }

    private void settle(
            ChannelOutboundBuffer in,
            int sent,
            long wallNanos,
            long monotonicNanos,
            long returnedNanos,
            @Nullable TransmitStamps stamps) {
        for (int left = sent; left > 0; ) {
            Object current = first(in);
            if (current instanceof PacketBatch batch) {
                // A listener that closes the channel empties the batch.
                for (; left > 0 && !batch.isEmpty(); left--) {
                    IcmpPacket packet = batch.removeFirst();
                    settle(packet, wallNanos, monotonicNanos, returnedNanos, stamps);
                    packet.release();
                }
                if (batch.isEmpty() && channel.isOpen()) {
                    in.remove();
                }
            } else if (current instanceof IcmpPacket packet) {
                settle(packet, wallNanos, monotonicNanos, returnedNanos, stamps);
                in.remove();
                left--;
            } else {
                return; // A listener closed the channel.
            }
        }
    }

    private static void settle(
            IcmpPacket packet,
            long wallNanos,
            long monotonicNanos,
            long returnedNanos,
            @Nullable TransmitStamps stamps) {
        if (stamps != null) {
            stamps.sent(packet);
        }
        packet.notifySent(wallNanos, monotonicNanos, returnedNanos);
    }

    /** Returns the first packet or batch not sent, after removing those whose writes were cancelled. */
    private static @Nullable Object first(ChannelOutboundBuffer in) {
        Object current;
        while ((current = in.current()) != null && !(current instanceof IcmpPacket || current instanceof PacketBatch)) {
            in.remove();
        }
        return current;
    }

    private boolean goOnAfter(int errno, ChannelOutboundBuffer in) {
        if (errno == 0 || errno == Errno.EINTR) {
            return true;
        }
        if (errno == Errno.EAGAIN) {
            waitForRoom();
            return false;
        }
        if (errno == Errno.ENOBUFS || errno == Errno.ENOMEM) {
            return waitForQueue(errno, in);
        }
        if (mayBeBorrowed(errno)) {
            channel.drain();
            return true;
        }
        borrowedErrors = 0;
        refuse(in, errno);
        return true;
    }

    private boolean waitForQueue(int errno, ChannelOutboundBuffer in) {
        long now = clock.monotonicNanos();
        if (!queueFull) {
            queueFull = true;
            queueFullSinceNanos = now;
        } else if (now - queueFullSinceNanos > QUEUE_STUCK_NANOS) {
            refuse(in, errno);
            return true;
        }
        waitingForQueue = true;
        waits++;
        resumption = channel.eventLoop().schedule(this::resume, QUEUE_FULL_WAIT_NANOS, TimeUnit.NANOSECONDS);
        return false;
    }

    private boolean mayBeBorrowed(int errno) {
        return !sockets.arePaired()
                && !sockets.kind().isRaw()
                && Errno.isHostError(errno)
                && ++borrowedErrors < MAX_BORROWED_ERRORS;
    }

    private void refuse(ChannelOutboundBuffer in, int errno) {
        Object current = first(in);
        if (current instanceof PacketBatch batch) {
            IcmpPacket packet = batch.removeFirst();
            packet.notifyRefused(Refusals.ofSend(packet, errno));
            packet.release();
            if (batch.isEmpty() && channel.isOpen()) {
                in.remove();
            }
        } else if (current instanceof IcmpPacket packet) {
            SystemCallException cause = Refusals.ofSend(packet, errno);
            packet.notifyRefused(cause);
            in.remove(cause);
        }
    }

    private void waitForRoom() {
        waitingForRoom = true;
        waits++;
        if (sockets.arePaired()) {
            // The sender is in the epoll set only while it waits: membership costs 5 % of the send rate.
            readiness.register(channel.eventLoop(), sockets.sender().fd(), this).addListener(future -> {
                if (future.isSuccess()) {
                    watchSender();
                } else {
                    channel.icmpUnsafe().closeBy(future.cause());
                }
            });
        } else {
            channel.watchWritable(true);
        }
    }

    private void watchSender() {
        try {
            readiness.interest(false, true);
        } catch (RuntimeException e) {
            // Exceptions of a future's listener are lost, and this writer would wait for ever.
            channel.icmpUnsafe().closeBy(e);
        }
    }

    @Override
    public void ready(boolean readable, boolean writable, boolean error) {
        if (error && sockets.arePaired()) {
            try {
                sockets.sender().clearPendingError();
                channel.readStamps();
            } catch (SystemCallException e) {
                channel.icmpUnsafe().closeBy(e);
                return;
            }
        }
        if (writable) {
            roomAgain();
        }
    }

    /** The send buffer has room again. */
    void roomAgain() {
        if (waitingForRoom) {
            waitingForRoom = false;
            if (sockets.arePaired()) {
                readiness.cancel();
            } else {
                channel.watchWritable(false);
            }
            resume();
        }
    }

    /** Flushes what waits, unless something is still to come first; after registration too. */
    void resume() {
        resumption = null;
        waitingForQueue = false;
        yielding = false;
        if (channel.isOpen() && !isWaiting()) {
            channel.icmpUnsafe().resumeFlush();
        }
    }

    @Override
    public void loopClosing() {
        channel.loopClosing();
    }

    /** Leaves the event loop; what waits is tried again in the next one. */
    void cancel() {
        readiness.cancel();
        waitingForRoom = false;
        waitingForQueue = false;
        yielding = false;
        Future<?> timer = resumption;
        if (timer != null) {
            resumption = null;
            timer.cancel(false);
        }
    }

    void close() {
        cancel();
        BatchSender batch = sender;
        if (batch != null) {
            sender = null;
            batch.close();
        }
    }
}
