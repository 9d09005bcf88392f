package io.github.nettyping.packet;

import io.github.nettyping.internal.Internal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.Recycler;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One packet as it passes between an ICMP channel and its pipeline: bytes, peer, and what the kernel told about it.
 *
 * <p>Outbound, the content is an ICMP message, header included, and the peer its destination; {@link #sendWith} says
 * what its IP header shall hold. Inbound, the content is what the socket delivered (for {@link SocketKind#IPV4_RAW} it
 * begins with the IPv4 header) and the peer its source; {@link #hopLimit()}, {@link #trafficClass()} and
 * {@link #arrival()} tell what its IP header held; they have no effect if the packet is sent. A packet from the error
 * queue ({@link #queuedError()} is present) holds what the error quoted, beginning with the ICMP header of the packet
 * that caused it (or its IPv4 header, if the channel's packets bring that), and the peer is that packet's destination.
 *
 * <p>A packet owns its content: releasing it releases the bytes. Instances are recycled; one must not be touched after
 * its last release. Confined to one thread at a time.
 */
public final class IcmpPacket extends ConfinedReferenceCounted implements ByteBufHolder {

    private static final Recycler<IcmpPacket> RECYCLER = new Recycler<>() {
        @Override
        protected IcmpPacket newObject(Handle<IcmpPacket> handle) {
            return new IcmpPacket(handle);
        }
    };

    private static final int ABSENT = -1;

    private static final byte[] NO_OPTIONS = {};

    /** Every value of an octet, so that returning one allocates nothing. */
    private static final OptionalInt[] OCTETS =
            IntStream.range(0, 256).mapToObj(OptionalInt::of).toArray(OptionalInt[]::new);

    /** Null in packets that rest. */
    private final Recycler.@Nullable Handle<IcmpPacket> handle;

    /** The thread in which this packet may rest. */
    private @Nullable Thread keeper;

    private boolean rests;

    private @Nullable ByteBuf content;
    private long peerHigh;
    private long peerLow;
    private int peerScopeId;
    private int hopLimit;
    private int trafficClass;
    private boolean truncated;
    private long kernelReceiveNanos;
    private long readNanos;
    private long wallOffsetNanos;
    private @Nullable QueuedError queuedError;
    private @Nullable Arrival arrival;
    private byte[] ipv4Options = NO_OPTIONS;
    private @Nullable SendOptions sendOptions;
    private @Nullable SendListener sendListener;
    private long sendKey;
    private @Nullable Object companion;

    private IcmpPacket(Recycler.@Nullable Handle<IcmpPacket> handle) {
        this.handle = handle;
    }

    /**
     * {@return a packet to or from a peer, with a reference count of 1}
     *
     * @param content takes ownership of it
     * @param peer    destination of an outbound packet, source of an inbound one
     */
    public static IcmpPacket of(ByteBuf content, IpAddress peer) {
        return of(content, peer.high(), peer.low(), peer.scopeId());
    }

    /**
     * {@return a packet to or from a peer whose address is not an object, with a reference count of 1} See {@link
     * IpAddress} for the halves.
     *
     * @param content     takes ownership of it
     * @param peerHigh    bytes 0 to 7 of the address
     * @param peerLow     bytes 8 to 15 of the address
     * @param peerScopeId interface index, 0 for none
     */
    public static IcmpPacket of(ByteBuf content, long peerHigh, long peerLow, int peerScopeId) {
        IcmpPacket packet = RECYCLER.get();
        packet.revive();
        packet.content = content;
        packet.peer(peerHigh, peerLow, peerScopeId);
        return packet;
    }

    private void peer(long high, long low, int scopeId) {
        peerHigh = high;
        peerLow = low;
        peerScopeId = scopeId;
        hopLimit = ABSENT;
        trafficClass = ABSENT;
    }

    /**
     * Returns a packet that its maker uses again and again. After its last release it rests, together with its content,
     * until {@link #wake}. That is cheaper than returning both to their pools and taking them out again. The packet
     * returned is resting.
     *
     * @param content takes ownership of it
     * @return a packet of the calling thread. If another thread releases it last, or somebody still holds its content
     *     then, it never rests again
     */
    @Internal
    public static IcmpPacket resting(ByteBuf content) {
        IcmpPacket packet = new IcmpPacket(null);
        packet.content = content;
        packet.keeper = Thread.currentThread();
        packet.release();
        return packet;
    }

    /**
     * {@return whether {@link #wake} may be called} It was made to rest, and does, with a content that holds so many
     * bytes.
     *
     * @param bytes what is to be put into it
     */
    @Internal
    public boolean isResting(int bytes) {
        ByteBuf resting = content;
        return rests && resting != null && resting.capacity() >= bytes;
    }

    /**
     * Makes a resting packet as good as new, except for its content, whose indexes and bytes stay as they were left.
     *
     * @param high    bytes 0 to 7 of the address of its new peer
     * @param low     bytes 8 to 15 of that address
     * @param scopeId interface index, 0 for none
     * @return this packet, with a reference count of 1
     */
    @Internal
    public IcmpPacket wake(long high, long low, int scopeId) {
        if (!rests) {
            throw new IllegalReferenceCountException(refCnt());
        }
        rests = false;
        revive();
        peer(high, low, scopeId);
        return this;
    }

    /** Ends the reuse of this packet: its content is released now or, if in use, together with it. */
    @Internal
    public void dismiss() {
        keeper = null;
        if (rests) {
            rests = false;
            ReferenceCountUtil.release(content);
            content = null;
        }
    }

    /**
     * Keeps an object with this packet for as long as the packet exists, also when it is reused. So a codec can reuse
     * its message object together with the packet.
     *
     * @param message anything
     */
    @Internal
    public void companion(Object message) {
        companion = message;
    }

    /** {@return what {@link #companion(Object)} has kept; null if nothing} */
    @Internal
    public @Nullable Object companion() {
        return companion;
    }

    /**
     * Sets who is told whether the kernel took this packet.
     *
     * @param listener whom to tell
     * @param key      the listener's own name for the packet, which it is told
     * @return this packet
     */
    public IcmpPacket onSend(SendListener listener, long key) {
        this.sendListener = listener;
        this.sendKey = key;
        return this;
    }

    /**
     * Sets what this packet's IP header shall hold and which route it shall take, where that differs from its channel.
     *
     * @param options the differences; {@link SendOptions#none()} takes back what was set
     * @return this packet
     */
    public IcmpPacket sendWith(SendOptions options) {
        this.sendOptions = options.isNone() ? null : options;
        return this;
    }

    /**
     * Notes when the packet arrived.
     *
     * @param kernelNanos     {@code CLOCK_REALTIME} when the kernel received it, in nanoseconds since 1970, 0 if
     *                        the kernel made no stamp
     * @param readNanos       {@link System#nanoTime()} when it was read from the socket
     * @param wallOffsetNanos {@code CLOCK_REALTIME} minus {@link System#nanoTime()} at that moment
     * @return this packet
     */
    @Internal
    public IcmpPacket received(long kernelNanos, long readNanos, long wallOffsetNanos) {
        this.kernelReceiveNanos = kernelNanos;
        this.readNanos = readNanos;
        this.wallOffsetNanos = wallOffsetNanos;
        return this;
    }

    /**
     * Notes the hop limit the packet arrived with. That of a packet to be sent is set by {@link #sendWith}.
     *
     * @param value time to live or hop limit, of which the low 8 bits count
     * @return this packet
     */
    @Internal
    public IcmpPacket hopLimit(int value) {
        this.hopLimit = value & 0xff;
        return this;
    }

    /**
     * Notes the traffic class the packet arrived with. That of a packet to be sent is set by {@link #sendWith}.
     *
     * @param value type of service or traffic class, of which the low 8 bits count
     * @return this packet
     */
    @Internal
    public IcmpPacket trafficClass(int value) {
        this.trafficClass = value & 0xff;
        return this;
    }

    /**
     * Notes where the packet came in.
     *
     * @param where its destination and interface
     * @return this packet
     */
    @Internal
    public IcmpPacket arrival(Arrival where) {
        this.arrival = where;
        return this;
    }

    /**
     * Notes which options the packet's IPv4 header had.
     *
     * @param options takes ownership of it
     * @return this packet
     */
    @Internal
    public IcmpPacket ipv4Options(byte[] options) {
        this.ipv4Options = options;
        return this;
    }

    /**
     * Notes that the packet was longer than its buffer.
     *
     * @return this packet
     */
    @Internal
    public IcmpPacket markTruncated() {
        this.truncated = true;
        return this;
    }

    /**
     * Notes that the packet came from the error queue.
     *
     * @param error the entry it came with
     * @return this packet
     */
    @Internal
    public IcmpPacket queuedError(QueuedError error) {
        this.queuedError = error;
        return this;
    }

    @Override
    public ByteBuf content() {
        ByteBuf bytes = content;
        if (bytes == null || rests) {
            throw new IllegalReferenceCountException(0);
        }
        return bytes;
    }

    /**
     * {@return the other end: destination of an outbound packet, source of an inbound one; a new object at each call}
     */
    public IpAddress peer() {
        return new IpAddress(peerHigh, peerLow, peerScopeId);
    }

    /** {@return the upper half of the peer's address: bytes 0 to 7, see {@link IpAddress}} */
    public long peerHigh() {
        return peerHigh;
    }

    /** {@return the lower half of the peer's address: bytes 8 to 15, see {@link IpAddress}} */
    public long peerLow() {
        return peerLow;
    }

    /** {@return the scope of the peer's address: the interface index of a link-local one, else 0} */
    public int peerScopeId() {
        return peerScopeId;
    }

    /**
     * {@return the time to live or hop limit the packet arrived with, 0 to 255; empty if the kernel did not tell it}
     */
    public OptionalInt hopLimit() {
        return hopLimit == ABSENT ? OptionalInt.empty() : OCTETS[hopLimit];
    }

    /**
     * {@return the type of service or traffic class the packet arrived with, 0 to 255: six bits of DSCP, then two of
     * ECN} Empty if the channel was not asked to tell it.
     */
    public OptionalInt trafficClass() {
        return trafficClass == ABSENT ? OptionalInt.empty() : OCTETS[trafficClass];
    }

    /** {@return where the packet came in; empty unless the channel was asked to tell it} */
    public Optional<Arrival> arrival() {
        return Optional.ofNullable(arrival);
    }

    /** {@return whether the packet had options in its IPv4 header, and the channel was asked to tell them} */
    @Internal
    public boolean hasIpv4Options() {
        return ipv4Options.length > 0;
    }

    /**
     * {@return the options that the packet's IPv4 header had; a copy} Empty if it had none, or the channel was not asked to
     * tell them.
     */
    public byte[] ipv4Options() {
        return ipv4Options.clone();
    }

    /** {@return whether {@link #sendWith} has set anything} */
    @Internal
    public boolean hasSendOptions() {
        return sendOptions != null;
    }

    /**
     * {@return what this packet's IP header shall hold when it is sent} As {@link #sendWith} has set it; {@link
     * SendOptions#none()} for packets received.
     */
    public SendOptions sendOptions() {
        SendOptions options = sendOptions;
        return options == null ? SendOptions.none() : options;
    }

    /**
     * {@return whether bytes are missing at the end: the packet was longer than the receive buffer given to the kernel}
     */
    public boolean isTruncated() {
        return truncated;
    }

    /** {@return whether the kernel stamped the packet when it arrived} */
    public boolean hasKernelReceiveTime() {
        return kernelReceiveNanos != 0;
    }

    /**
     * {@return when the kernel received the packet} {@code CLOCK_REALTIME} in nanoseconds since 1970; 0 unless {@link
     * #hasKernelReceiveTime()}.
     */
    public long kernelReceiveNanos() {
        return kernelReceiveNanos;
    }

    /** {@return when the packet was read from the socket, by {@link System#nanoTime()}} */
    public long readNanos() {
        return readNanos;
    }

    /**
     * {@return {@code CLOCK_REALTIME} minus {@link System#nanoTime()} when the packet was read} If it differs from the
     * offset at the time of sending, somebody set the clock in between.
     */
    public long wallOffsetNanos() {
        return wallOffsetNanos;
    }

    /** {@return the entry of the error queue this packet came with; empty for ordinary packets} */
    public Optional<QueuedError> queuedError() {
        return Optional.ofNullable(queuedError);
    }

    /**
     * Tells whether there is a listener that still waits to be told what became of the packet.
     *
     * @return whether {@link #sendListener()} returns one
     */
    @Internal
    public boolean hasSendListener() {
        return sendListener != null;
    }

    /**
     * {@return whom to tell when the packet is stamped; to be asked before {@link #notifySent}}
     *
     * @throws IllegalStateException unless {@link #hasSendListener()}
     */
    @Internal
    public SendListener sendListener() {
        SendListener listener = sendListener;
        if (listener == null) {
            throw new IllegalStateException("nobody listens to " + this);
        }
        return listener;
    }

    /** {@return the listener's name for the packet, as {@link #onSend} has set it} */
    @Internal
    public long sendKey() {
        return sendKey;
    }

    /**
     * Tells the listener, if there is one, that the kernel took the packet.
     *
     * @param wallNanos      {@code CLOCK_REALTIME} right before the call
     * @param monotonicNanos {@link System#nanoTime()} right before the call
     * @param returnedNanos  {@link System#nanoTime()} right after the call
     */
    @Internal
    public void notifySent(long wallNanos, long monotonicNanos, long returnedNanos) {
        SendListener listener = sendListener;
        if (listener != null) {
            sendListener = null;
            listener.sent(sendKey, wallNanos, monotonicNanos, returnedNanos);
        }
    }

    /**
     * Tells the listener, if there is one, that the kernel refused the packet.
     *
     * @param cause why
     */
    @Internal
    public void notifyRefused(SystemCallException cause) {
        SendListener listener = sendListener;
        if (listener != null) {
            sendListener = null;
            listener.refused(sendKey, cause);
        }
    }

    @Override
    public IcmpPacket copy() {
        return replace(content().copy());
    }

    @Override
    public IcmpPacket duplicate() {
        return replace(content().duplicate());
    }

    @Override
    public IcmpPacket retainedDuplicate() {
        return replace(content().retainedDuplicate());
    }

    /**
     * Returns a packet with the metadata of this one, without its listener, and other bytes.
     *
     * @param content takes ownership of it
     */
    @Override
    public IcmpPacket replace(ByteBuf content) {
        IcmpPacket packet = of(content, peerHigh, peerLow, peerScopeId);
        packet.hopLimit = hopLimit;
        packet.trafficClass = trafficClass;
        packet.truncated = truncated;
        packet.kernelReceiveNanos = kernelReceiveNanos;
        packet.readNanos = readNanos;
        packet.wallOffsetNanos = wallOffsetNanos;
        packet.queuedError = queuedError;
        packet.arrival = arrival;
        packet.ipv4Options = ipv4Options;
        packet.sendOptions = sendOptions;
        return packet;
    }

    /**
     * {@return this packet with its listener and other bytes: what a handler has made of them, or a copy elsewhere in
     * memory}
     *
     * @param replacement takes ownership of it; the old content is released
     */
    public IcmpPacket withContent(ByteBuf replacement) {
        ByteBuf old = content();
        keeper = null;
        content = replacement;
        old.release();
        return this;
    }

    @Override
    public IcmpPacket retain() {
        super.retain();
        return this;
    }

    @Override
    public IcmpPacket retain(int increment) {
        super.retain(increment);
        return this;
    }

    @Override
    public IcmpPacket touch() {
        return touch(null);
    }

    @Override
    public IcmpPacket touch(@Nullable Object hint) {
        ByteBuf bytes = content;
        if (bytes != null) {
            bytes.touch(hint);
        }
        return this;
    }

    @Internal
    @Override
    protected void deallocate() {
        ByteBuf bytes = content();
        forget();
        SendListener unsettled = sendListener;
        long key = sendKey;
        sendListener = null;
        if (keeper == Thread.currentThread() && bytes.refCnt() == 1) {
            rests = true;
        } else {
            content = null;
            bytes.release();
            if (handle != null) {
                handle.recycle(this);
            }
        }
        if (unsettled != null) {
            unsettled.discarded(key);
        }
    }

    private void forget() {
        truncated = false;
        kernelReceiveNanos = 0;
        readNanos = 0;
        wallOffsetNanos = 0;
        queuedError = null;
        arrival = null;
        ipv4Options = NO_OPTIONS;
        sendOptions = null;
    }

    /** Returns peer, length and what is known beside them, for logs. */
    @Override
    public String toString() {
        ByteBuf bytes = content;
        return "IcmpPacket(peer=" + peer() + ", " + (bytes == null ? "released" : bytes.readableBytes() + " bytes")
                + (hopLimit == ABSENT ? "" : ", hopLimit=" + hopLimit)
                + (sendOptions == null ? "" : ", with " + sendOptions)
                + (queuedError == null ? "" : ", " + queuedError) + ')';
    }
}
