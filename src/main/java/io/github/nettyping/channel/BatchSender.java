package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.ControlWriter;
import io.github.nettyping.internal.linux.MmsgArray;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SendOptions;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/** Collects flushed packets into one {@code sendmmsg}. Confined to the channel's event loop. */
final class BatchSender implements ChannelOutboundBuffer.MessageProcessor, AutoCloseable {

    /** Packets a call. With more, nothing is gained: the kernel's work per packet is all that is left. */
    static final int BATCH = 64;

    /** The lower half of {@code ::1}; the upper one is 0. */
    private static final long LOOPBACK_LOW = 1;

    private final boolean ipv4;
    private final MmsgArray messages;
    private int count;
    private int limit;
    /** The messages from this one on have no control data. */
    private int controlEnd;

    private int flowLabel;
    private final @Nullable TransmitStamps stamps;

    BatchSender(IpFamily family, @Nullable TransmitStamps stamps) {
        this.stamps = stamps;
        ipv4 = family == IpFamily.IPV4;
        messages = MmsgArray.forFamily(BATCH, !ipv4, ControlWriter.BYTES);
    }

    /** Sets the flow label of all packets that bring none of their own; 0 for the kernel's. */
    void flowLabel(int label) {
        if (label != flowLabel) {
            flowLabel = label;
            messages.setFlowLabel(label);
        }
    }

    /** Collects up to {@code max} flushed packets and returns how many there are. */
    int collect(ChannelOutboundBuffer in, int max) throws Exception {
        while (controlEnd > 0) {
            messages.setControlLength(--controlEnd, 0);
        }
        count = 0;
        limit = Math.min(max, BATCH);
        in.forEachFlushedMessage(this);
        return count;
    }

    @Override
    public boolean processMessage(Object message) {
        if (message instanceof PacketBatch batch) {
            for (int i = 0; i < batch.size() && count < limit; i++) {
                add(batch.get(i));
            }
        } else if (message instanceof IcmpPacket packet) {
            add(packet);
        } else {
            return false;
        }
        return count < limit;
    }

    private void add(IcmpPacket packet) {
        int i = count++;
        messages.setBuffer(
                i,
                Addresses.of(packet.content(), packet.content().readerIndex()),
                packet.content().readableBytes());
        if (ipv4) {
            messages.setIpv4(i, (int) packet.peerLow());
        } else {
            long high = packet.peerHigh();
            long low = packet.peerLow();
            // "::" is this host to connect(2) and to raw sockets, which make it "::1"; to ping sockets it is
            // ENETUNREACH.
            // net/ipv6/datagram.c, raw.c and ping.c.
            messages.setIpv6(i, high, high == 0 && low == 0 ? LOOPBACK_LOW : low, packet.peerScopeId());
        }
        if (stamps != null || packet.hasSendOptions()) {
            control(i, packet.sendOptions());
        }
    }

    private void control(int i, SendOptions options) {
        int start = messages.controlOffset(i);
        int end = SendControl.write(options, ipv4, messages.controlBytes(), start);
        if (stamps != null) {
            end = stamps.writeNumber(i, messages.controlBytes(), end);
        }
        messages.setControlLength(i, end - start);
        controlEnd = i + 1;
    }

    /** Sends what was collected; returns how many packets the kernel took, or the negated errno of the first. */
    int send(IcmpSocket socket) {
        return socket.send(messages, count);
    }

    @Override
    public void close() {
        messages.close();
    }
}
