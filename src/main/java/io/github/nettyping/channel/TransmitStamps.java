package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.ControlMessages;
import io.github.nettyping.internal.linux.ControlWriter;
import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.internal.linux.MmsgArray;
import io.github.nettyping.internal.linux.SkBuff;
import io.github.nettyping.internal.linux.SocketHeader;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.SendListener;
import io.github.nettyping.packet.SystemCallException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's stamps of departing packets: numbers the packets, remembers whose each is, reads stamps from the error
 * queue of the sending socket and tells the listeners. Confined to the channel's event loop.
 *
 * <p>The numbers are ours, in a control message beside each packet; where the kernel does not know that message, they are
 * its own count of the packets. It may have counted one that it refused, so after each refusal the count starts anew.
 *
 * <p>A stamp is in the queue before the answer to its packet can exist. So stamps are read after packets have been
 * received and before these are passed up. All stamps are there by then, except lost ones: a stamp for which the
 * socket's receive buffer has no room is lost, and nothing tells.
 *
 * @see <a href="https://www.kernel.org/doc/html/latest/networking/timestamping.html">Timestamping</a>
 */
final class TransmitStamps implements AutoCloseable {

    /** Packets whose stamps may be under way: those of a tenth of a second at a high rate. A power of two. */
    static final int RING = 1 << 14;

    /** More than a batch sent, so that one call mostly finds the queue empty. */
    static final int BATCH = 2 * BatchSender.BATCH;

    /** For the stamp, three timespecs, and the extended error with the longer socket address. cmsg(3). */
    private static final int CONTROL_BYTES = 128;

    /** The listener of packets that have none. */
    private static final SendListener NOBODY = new SendListener() {
        @Override
        public void sent(long key, long wallNanos, long monotonicNanos, long returnedNanos) {}

        @Override
        public void refused(long key, SystemCallException cause) {}

        @Override
        public void discarded(long key) {}
    };

    private final IcmpSocket sender;
    private final int room;
    private final MmsgArray messages = new MmsgArray(BATCH, 0, CONTROL_BYTES);
    private final ControlMessages control = new ControlMessages();
    /** By the low bits of a packet's number: its whole number, whom to tell until that is done, and its name there. */
    private final int[] numbers = new int[RING];

    private final @Nullable SendListener[] listeners = new SendListener[RING];
    private final long[] keys = new long[RING];
    /** The number of the next packet. */
    private int next;
    /** Packets in the ring that have no stamp yet. */
    private int outstanding;
    /** Packets sent since the queue was last seen empty. */
    private int unread;

    /** The numbers are ours. */
    private boolean chosen;
    /** The kernel has accepted one of our numbers. */
    private boolean confirmed;
    /** The kernel's count may be ahead of ours. */
    private boolean uncertain;

    private int used = BATCH;
    private boolean foreign;
    private boolean reading;
    private boolean closed;

    /**
     * Makes the ring for a socket that has just been asked for stamps, and has sent nothing since.
     *
     * @param controllable whether the kernel looks at control messages of this socket at all
     */
    TransmitStamps(IcmpSocket sender, boolean controllable) throws SystemCallException {
        this.sender = sender;
        this.chosen = controllable;
        this.room = sender.getInt(IcmpSocket.RCVBUF) / SkBuff.SMALL_PACKET_BYTES;
    }

    /** Makes room for the stamps of so many packets, before these are collected. Listeners may be called. */
    void prepare(int packets) throws SystemCallException {
        if (unread + packets > room) {
            read();
        }
        if (uncertain && !closed) {
            read();
            startAnew();
        }
    }

    /** Writes the number of the packet at a place of the next batch, from 0; returns where the next message begins. */
    int writeNumber(int place, ByteBuffer out, int at) {
        return chosen
                ? ControlWriter.putInt(out, at, SocketHeader.SOL_SOCKET, SocketHeader.SCM_TS_OPT_ID, next + place)
                : at;
    }

    /** Notes that the kernel took a packet, one after the other, before its listener knows. */
    void sent(IcmpPacket packet) {
        int at = next & RING - 1;
        if (listeners[at] == null) {
            outstanding++;
        }
        numbers[at] = next++;
        listeners[at] = packet.hasSendListener() ? packet.sendListener() : NOBODY;
        keys[at] = packet.sendKey();
        unread++;
        confirmed = true;
    }

    /**
     * Notes that the kernel did not take all of a batch; tells whether our numbers may be the reason. Then it gets no
     * more of them.
     */
    boolean refused(int errno) {
        if (!chosen) {
            uncertain = true;
        } else if (errno == Errno.EINVAL && !confirmed) {
            // Linux before 6.13 says so of any control message it does not know: __sock_cmsg_send in net/core/sock.c.
            // It refused it before it counted the packet.
            chosen = false;
            return true;
        }
        return false;
    }

    /** Reads what there is and tells the listeners, who may do anything meanwhile. */
    void read() throws SystemCallException {
        if (reading || closed) {
            return;
        }
        if (outstanding == 0) {
            unread = 0;
            return;
        }
        reading = true;
        try {
            drain();
        } finally {
            reading = false;
            if (closed) {
                messages.close();
            }
        }
        if (foreign && !closed) {
            foreign = false;
            sender.clearPendingError();
        }
    }

    private void drain() {
        int received;
        do {
            for (int i = 0; i < used; i++) {
                messages.resetForReceive(i);
            }
            received = sender.receive(messages, BATCH, SocketHeader.MSG_ERRQUEUE);
            used = Math.max(received, 0);
            if (received < BATCH) {
                // Before listeners send anew. If it was an error, that is lost stamps and no more.
                unread = 0;
            }
            for (int i = 0; i < received && !closed; i++) {
                control.parse(messages.controlBytes(), messages.controlOffset(i), messages.controlLength(i));
                if (control.isTransmitStamp()) {
                    stamped(control.data(), control.kernelNanos());
                } else {
                    // An ICMP error about a packet of a raw socket, of which the receiver has its own copy.
                    foreign = true;
                }
            }
        } while (!closed && (received == BATCH || received == -Errno.EINTR));
    }

    private void stamped(int number, long kernelNanos) {
        int at = number & RING - 1;
        SendListener listener = listeners[at];
        if (listener != null && numbers[at] == number) {
            listeners[at] = null;
            outstanding--;
            listener.stamped(keys[at], kernelNanos);
        }
    }

    private void startAnew() throws SystemCallException {
        uncertain = false;
        Reception.restartCount(sender);
        Arrays.fill(listeners, null);
        outstanding = 0;
        next = 0;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Arrays.fill(listeners, null);
            if (!reading) {
                messages.close();
            }
        }
    }
}
