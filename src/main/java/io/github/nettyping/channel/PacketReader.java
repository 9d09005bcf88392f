package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.SystemCallException;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the error queue and the receive queue and passes packets up the pipeline. Confined to the channel's event loop.
 *
 * <p>The error queue goes first: an error that is left there makes the next receive fail in its place.
 *
 * <p>A channel that is kept busy leaves the epoll set: being in it costs a callback of the kernel for each packet, 5 %
 * of a round trip over loopback, and reports what is known anyway. It is then read in every turn of the loop, one
 * budget at a time, until a turn finds the queue empty.
 */
final class PacketReader implements Readiness.Listener {

    /** One call takes one pending error off the socket; after so many in a row, other channels have their turn. */
    private static final int MAX_PENDING_ERRORS = 1_024;

    private static final int SURELY_EMPTY = 2;

    private final IcmpChannel channel;
    private final IcmpSockets sockets;
    private final NanoClock clock;
    private final Readiness readiness;
    private @Nullable BatchReceiver packets;
    private @Nullable ErrorQueueReader errors;

    private boolean readPending;
    private boolean reading;
    /** Not in the epoll set, because reading is paused and an error waits there. */
    private boolean suspended;
    /** Not in the epoll set, because the queue does not get empty. */
    private boolean polling;

    private boolean watchingWritable;
    private boolean closed;
    private long dropsSeen;
    private @Nullable Future<?> nextPoll;

    PacketReader(IcmpChannel channel, Transport transport) {
        this.channel = channel;
        this.sockets = channel.sockets();
        this.clock = transport.clock();
        this.readiness = transport.readiness().get();
    }

    boolean isCompatible(EventLoop loop) {
        return readiness.isCompatible(loop);
    }

    String requirement() {
        return readiness.requirement();
    }

    Future<?> register(EventLoop loop) {
        return readiness.register(loop, sockets.receiver().fd(), this);
    }

    void cancel() {
        readiness.cancel();
        suspended = false;
        watchingWritable = false;
        stopPolling();
    }

    void beginRead() {
        readPending = true;
        if (suspended) {
            returnToSet();
        } else {
            watch();
        }
    }

    /** Enters the epoll set again. It is level-triggered: what came meanwhile is reported. */
    private void returnToSet() {
        suspended = false;
        stopPolling();
        readiness.cancel();
        register(channel.eventLoop()).addListener(future -> {
            if (future.isSuccess()) {
                watch();
            } else {
                channel.icmpUnsafe().closeBy(future.cause());
            }
        });
    }

    void watchWritable(boolean writable) {
        watchingWritable = writable;
        if (polling && writable) {
            returnToSet();
        } else {
            watch();
        }
    }

    void autoReadCleared() {
        EventLoop loop = channel.isRegistered() ? channel.eventLoop() : null;
        if (loop == null) {
            readPending = false;
        } else if (loop.inEventLoop()) {
            pause();
        } else {
            loop.execute(() -> {
                if (!channel.config().isAutoRead()) {
                    pause();
                }
            });
        }
    }

    private void pause() {
        readPending = false;
        watch();
    }

    /** Tells the epoll set what is wanted, after registration too. */
    void watch() {
        if (!suspended && !polling && !closed) {
            readiness.interest(wantsRead(), watchingWritable);
        }
    }

    private boolean wantsRead() {
        return readPending || channel.config().isAutoRead();
    }

    @Override
    public void ready(boolean readable, boolean writable, boolean error) {
        if (writable) {
            channel.roomAgain();
        }
        if (!channel.isOpen() || !(readable || error)) {
            return;
        }
        if (wantsRead()) {
            read(error);
        } else if (error) {
            // Reading is paused and an error waits, which epoll would report for ever: leave the set until the next
            // read. A writer that waits for room is left waiting with it.
            suspended = true;
            readiness.park();
        }
    }

    @Override
    public void loopClosing() {
        channel.loopClosing();
    }

    /** Reads until both queues are empty or the budget of one turn is used; tells whether they were seen empty. */
    boolean drain() {
        if (!channel.isOpen()) {
            return true;
        }
        return !reading && channel.isRegistered() && wantsRead() && read(true);
    }

    /**
     * Reads up to one budget; tells whether the queue was seen empty.
     *
     * @param thorough whether an error is known or everything must be read. Then the error queue is read, too, which
     *                 costs two calls, and a batch that is not full is not taken for the last one: recvmmsg(2) ends a
     *                 batch early when an error arrives in the middle of it
     */
    private boolean read(boolean thorough) {
        reading = true;
        boolean empty = false;
        try {
            int budget = channel.config().readBudget();
            int pendingErrors = 0;
            int empties = 0;
            if (thorough) {
                budget -= readErrors(budget);
            }
            while (budget > 0 && !closed && wantsRead()) {
                BatchReceiver batch = receiver();
                int received = batch.receive(sockets.receiver(), 0);
                if (received > 0) {
                    readPending = false;
                    pass(batch, received);
                    budget -= received;
                    pendingErrors = 0;
                    empties = 0;
                    if (!thorough && received < batch.batch()) {
                        empty = true;
                        break;
                    }
                } else if (received == -Errno.EAGAIN) {
                    // Raw IPv6 sockets say so too when they drop one packet with a wrong checksum.
                    if (!thorough || ++empties == SURELY_EMPTY) {
                        empty = true;
                        break;
                    }
                } else if (received != -Errno.EINTR) {
                    if (!isPendingError(-received)) {
                        fail(-received);
                        return true;
                    }
                    budget -= readErrors(budget);
                    if (++pendingErrors == MAX_PENDING_ERRORS) {
                        break;
                    }
                }
            }
        } catch (Throwable t) {
            // Exceptions of handlers go through the pipeline. This one is our own, or memory has run out. A channel
            // that cannot read must say so; it must neither go silent nor end the event loop.
            channel.icmpUnsafe().closeBy(t);
        } finally {
            reading = false;
            if (closed) {
                free();
            } else {
                watchOrPoll(empty);
            }
        }
        return empty || closed;
    }

    private void watchOrPoll(boolean empty) {
        boolean busy = !empty && channel.config().isAutoRead() && !watchingWritable;
        if (busy) {
            if (!polling) {
                polling = true;
                readiness.park();
                schedulePoll();
            }
        } else if (polling) {
            returnToSet();
        } else {
            watch();
        }
    }

    // A timer of no time, not execute: a task that queues itself starves timers and other channels.
    private void schedulePoll() {
        nextPoll = channel.eventLoop().schedule(this::poll, 0, TimeUnit.NANOSECONDS);
    }

    private void stopPolling() {
        polling = false;
        Future<?> poll = nextPoll;
        if (poll != null) {
            nextPoll = null;
            poll.cancel(false);
        }
    }

    private void poll() {
        nextPoll = null;
        if (polling && channel.isOpen()) {
            read(false);
            if (polling && nextPoll == null) {
                schedulePoll();
            }
        }
    }

    // A receive returns what an ICMP error or a full queue has left on the socket, once.
    private static boolean isPendingError(int errno) {
        return Errno.isHostError(errno) || errno == Errno.ENOBUFS || errno == Errno.ENOMEM || errno == Errno.ENETDOWN;
    }

    private void fail(int errno) {
        channel.icmpUnsafe().closeBy(Refusals.of(sockets.kind(), "recvmmsg", errno));
    }

    private void pass(BatchReceiver batch, int received) throws SystemCallException {
        long readNanos = clock.monotonicNanos();
        long wallOffsetNanos = clock.wallOffsetNanos();
        channel.readStamps();
        for (int i = 0; i < received && !closed; i++) {
            IcmpPacket packet = batch.packet(i, readNanos, wallOffsetNanos);
            if (channel.isPeer(packet.peerHigh(), packet.peerLow())) {
                channel.pipeline().fireChannelRead(packet);
            } else {
                packet.release();
            }
        }
        if (!closed) {
            channel.pipeline().fireChannelReadComplete();
        }
    }

    /** Empties the error queue, within the budget, and returns how many entries there were. */
    private int readErrors(int budget) throws SystemCallException {
        int total = 0;
        while (total < budget && !closed) {
            int received = errorQueue().receive(sockets.receiver());
            if (received == -Errno.EINTR) {
                continue;
            }
            if (received <= 0) {
                // Also after an empty queue: a full receive buffer sets the error without an entry, and epoll
                // reports it until somebody has read it.
                sockets.receiver().clearPendingError();
                break;
            }
            long readNanos = clock.monotonicNanos();
            long wallOffsetNanos = clock.wallOffsetNanos();
            channel.readStamps();
            for (int i = 0; i < received && !closed; i++) {
                IcmpPacket error = errorQueue().packet(i, readNanos, wallOffsetNanos);
                if (error == null) {
                    continue;
                }
                if (sockets.isAnothers(error)) {
                    error.release();
                } else {
                    channel.pipeline().fireChannelRead(error);
                }
            }
            total += received;
        }
        if (total > 0 && !closed) {
            channel.pipeline().fireChannelReadComplete();
        }
        return total;
    }

    /** Returns how many packets were lost to a full receive buffer; the last known figure once closed. */
    long drops() {
        if (!closed) {
            try {
                // The kernel counts in 32 bits.
                dropsSeen += (sockets.receiver().drops() - dropsSeen) & 0xffff_ffffL;
            } catch (SystemCallException e) {
                channel.icmpUnsafe().closeBy(e);
            }
        }
        return dropsSeen;
    }

    /** Returns what receives the next batch; not for the packets of the last one. */
    private BatchReceiver receiver() {
        BatchReceiver receiver = packets;
        int maxPacketBytes = channel.config().maxPacketBytes();
        if (receiver == null || receiver.bufferBytes() < maxPacketBytes) {
            if (receiver != null) {
                packets = null;
                receiver.close();
            }
            receiver = BatchReceiver.ofPackets(channel.alloc(), sockets.kind(), BatchSender.BATCH, maxPacketBytes);
            packets = receiver;
        }
        return receiver;
    }

    private ErrorQueueReader errorQueue() {
        ErrorQueueReader reader = errors;
        if (reader == null) {
            reader = new ErrorQueueReader(channel.alloc(), sockets.kind().family());
            errors = reader;
        }
        return reader;
    }

    void close() {
        closed = true;
        cancel();
        if (!reading) {
            free();
        }
    }

    private void free() {
        if (packets != null) {
            packets.close();
            packets = null;
        }
        if (errors != null) {
            errors.close();
            errors = null;
        }
    }
}
