package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.ControlMessages;
import io.github.nettyping.internal.linux.MmsgArray;
import io.github.nettyping.internal.linux.SocketHeader;
import io.github.nettyping.packet.Arrival;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Receives packets by {@code recvmmsg} into pooled direct buffers. Confined to the channel's event loop.
 *
 * <p>A packet that nobody has retained on its way through the pipeline is reused for the next batch, with its buffer;
 * only the others are replaced.
 */
final class BatchReceiver implements AutoCloseable {

    /** Offset in the IPv4 header. RFC 791, section 3.1. */
    private static final int TYPE_OF_SERVICE = 1;

    private final ByteBufAllocator allocator;
    private final int bufferBytes;
    private final boolean startsWithIpv4Header;
    private final MmsgArray messages;
    private final ControlMessages control = new ControlMessages();
    private final @Nullable IcmpPacket[] packets;
    private int used;

    /** Makes a receiver of packets of a kind of socket. */
    static BatchReceiver ofPackets(ByteBufAllocator allocator, SocketKind kind, int batch, int bufferBytes) {
        return new BatchReceiver(allocator, kind.family(), batch, bufferBytes, kind.deliversIpHeader());
    }

    /** Makes a receiver of queued errors, which begin with the ICMP header on all kinds of socket. */
    static BatchReceiver ofErrors(ByteBufAllocator allocator, IpFamily family, int batch, int bufferBytes) {
        return new BatchReceiver(allocator, family, batch, bufferBytes, false);
    }

    private BatchReceiver(
            ByteBufAllocator allocator, IpFamily family, int batch, int bufferBytes, boolean startsWithIpv4Header) {
        this.startsWithIpv4Header = startsWithIpv4Header;
        this.allocator = allocator;
        this.bufferBytes = bufferBytes;
        this.messages = MmsgArray.forFamily(batch, family == IpFamily.IPV6, ControlMessages.BYTES);
        this.packets = new IcmpPacket[batch];
        this.used = batch;
    }

    int batch() {
        return packets.length;
    }

    /** Returns how many bytes of a packet there is room for. */
    int bufferBytes() {
        return bufferBytes;
    }

    /** Receives up to one batch; returns how many packets came, or the negated errno. */
    int receive(IcmpSocket socket, int flags) {
        for (int i = 0; i < used; i++) {
            IcmpPacket packet = packets[i];
            if (packet == null || !packet.isResting(bufferBytes)) {
                if (packet != null) {
                    // Cleared first: somebody else owns it from now on, even if no new one can be allocated.
                    packets[i] = null;
                    packet.dismiss();
                }
                ByteBuf buffer = allocator.directBuffer(bufferBytes, bufferBytes);
                packets[i] = IcmpPacket.resting(buffer);
                messages.setBuffer(i, Addresses.of(buffer, 0), bufferBytes);
            }
            messages.resetForReceive(i);
        }
        used = 0;
        int received = socket.receive(messages, packets.length, flags);
        used = Math.max(received, 0);
        return received;
    }

    /**
     * Returns packet {@code i} of the last batch.
     *
     * @param readNanos       the monotonic clock after the batch was received
     * @param wallOffsetNanos the wall clock minus the monotonic one
     */
    IcmpPacket packet(int i, long readNanos, long wallOffsetNanos) {
        IcmpPacket packet = packets[i];
        if (packet == null) {
            throw new IllegalStateException("no packet " + i + " in this batch");
        }
        int length = Math.min(messages.length(i), bufferBytes);
        control.parse(messages.controlBytes(), messages.controlOffset(i), messages.controlLength(i));
        boolean named = messages.hasPeer(i);
        packet.wake(
                named ? messages.peerHigh(i) : 0, named ? messages.peerLow(i) : 0, named ? messages.peerScopeId(i) : 0);
        ByteBuf buffer = packet.content().setIndex(0, length);
        packet.received(control.kernelNanos(), readNanos, wallOffsetNanos);
        if (control.hasHopLimit()) {
            packet.hopLimit(control.hopLimit());
        }
        if (control.hasTrafficClass()) {
            packet.trafficClass(control.trafficClass());
        } else if (startsWithIpv4Header && length > TYPE_OF_SERVICE) {
            packet.trafficClass(buffer.getByte(TYPE_OF_SERVICE));
        }
        if (control.hasIpv4Options()) {
            packet.ipv4Options(control.ipv4Options());
        }
        if (control.hasDestination()) {
            packet.arrival(arrival());
        }
        if ((messages.flags(i) & SocketHeader.MSG_TRUNC) != 0) {
            packet.markTruncated();
        }
        return packet;
    }

    private Arrival arrival() {
        IpAddress address = new IpAddress(control.destinationHigh(), control.destinationLow(), 0);
        int index = control.interfaceIndex();
        return new Arrival(
                address.isLinkLocal() ? new IpAddress(address.high(), address.low(), index) : address, index);
    }

    /** Returns the control messages of the packet last asked for. */
    ControlMessages control() {
        return control;
    }

    @Override
    public void close() {
        for (int i = 0; i < packets.length; i++) {
            IcmpPacket packet = packets[i];
            if (packet != null) {
                packets[i] = null;
                packet.dismiss();
            }
        }
        messages.close();
    }
}
