package io.github.nettyping.bench;

import io.github.nettyping.codec.IcmpDecoder;
import io.github.nettyping.codec.IcmpEncoder;
import io.github.nettyping.correlation.ProbeCorrelator;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * All of a round trip but the system calls: a probe is written, its packet taken, and the reply to the oldest packet under
 * way fed, whose outcome comes up. The codec is that of a ping socket; {@link CodecBenchmark} tells its share.
 */
public class CorrelatorBenchmark extends LoopBenchmark {

    private static final int MESSAGE_BYTES = 64;
    private static final int ECHO_REPLY = 0;
    private static final int FIRST_TARGET = 0x0a00_0000;

    /** Nothing may expire, however long JMH pauses between iterations. */
    private static final ProbeOptions OPTIONS =
            ProbeOptions.builder().attempts(1).timeout(ProbeOptions.MAX_TIMEOUT).build();

    /** Probes under way, a power of two: with many, slots and replies are out of the processor's cache. */
    @Param({"1024", "65536"})
    public int inFlight;

    private EmbeddedChannel channel;
    /** A reply for each probe under way, in a ring in order of sending. */
    private ByteBuf[] replies;

    private int sent;
    private int answered;
    private ProbeOutcome outcome;

    /** Brings as many probes under way. */
    @Setup
    public void fill() {
        replies = new ByteBuf[inFlight];
        for (int i = 0; i < inFlight; i++) {
            replies[i] = PooledByteBufAllocator.DEFAULT.directBuffer(MESSAGE_BYTES);
        }
        channel = new EmbeddedChannel(
                new Wire(),
                new IcmpEncoder(SocketKind.IPV4_DGRAM),
                new IcmpDecoder(SocketKind.IPV4_DGRAM),
                ProbeCorrelator.builder()
                        .maxInFlight(inFlight)
                        .identifier(0x1234)
                        .build(),
                new User());
        while (sent < inFlight) {
            write();
        }
    }

    /** Ends what is under way. */
    @TearDown
    public void release() {
        channel.finishAndReleaseAll();
        for (ByteBuf reply : replies) {
            reply.release();
        }
    }

    /** The oldest probe gets its reply, and another one takes its place. */
    @Benchmark
    public ProbeOutcome roundTrip() {
        outcome = null;
        ByteBuf reply = replies[answered & (inFlight - 1)].readerIndex(0).retain();
        long now = System.nanoTime();
        channel.pipeline()
                .fireChannelRead(
                        IcmpPacket.of(reply, 0, target(answered).low(), 0).received(now, now, 0));
        channel.pipeline().fireChannelReadComplete();
        answered++;
        if (!(outcome instanceof Replied)) {
            throw new IllegalStateException("no reply, but " + outcome);
        }
        write();
        return outcome;
    }

    private void write() {
        channel.pipeline().write(new Probe(target(sent), OPTIONS), channel.voidPromise());
        channel.pipeline().flush();
    }

    private static IpAddress target(int number) {
        return IpAddress.ofIpv4(FIRST_TARGET + (number & 0xff_ffff));
    }

    /** Takes the packets as a channel does, and turns each into its reply. */
    private final class Wire extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
            IcmpPacket packet = (IcmpPacket) msg;
            long now = System.nanoTime();
            packet.notifySent(now, now, now);
            ByteBuf request = packet.content();
            ByteBuf reply = replies[sent++ & (inFlight - 1)].clear();
            reply.writeBytes(request, request.readerIndex(), MESSAGE_BYTES).setByte(0, ECHO_REPLY);
            packet.release();
        }
    }

    /** Keeps the outcome. */
    private final class User extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            outcome = (ProbeOutcome) msg;
        }
    }
}
