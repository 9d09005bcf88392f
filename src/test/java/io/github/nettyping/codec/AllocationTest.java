package io.github.nettyping.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.SocketKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** The path of every probe leaves no garbage: messages and packets are recycled. */
class AllocationTest {

    private static final int WARM_UP = 2_000;
    private static final int ROUNDS = 50_000;

    /** What the virtual machine may do beside us; the smallest object per round would be 16. */
    private static final long MAX_BYTES_PER_ROUND = 2;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Returns a direct buffer that the leak detector, which notes every touch, does not know. */
    private static ByteBuf untracked(byte[] bytes) {
        return Unpooled.wrappedBuffer(
                ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
    }

    /** Counts on a thread such as event loops have: on others the recycler keeps nothing. */
    private static void assertAllocatesNothing(Runnable round) throws Exception {
        FutureTask<Long> count = new FutureTask<>(() -> {
            for (int i = 0; i < WARM_UP; i++) {
                round.run();
            }
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                round.run();
            }
            return THREADS.getCurrentThreadAllocatedBytes() - before;
        });
        new FastThreadLocalThread(count, "allocation-test").start();

        assertThat(count.get() / ROUNDS).isLessThanOrEqualTo(MAX_BYTES_PER_ROUND);
    }

    @Test
    void decodingAReplyAllocatesNothing() throws Exception {
        byte[] reply = Packets.ipv4(
                Packets.TARGET, Packets.US, Packets.checksummed(Packets.hex("0000 0000 1234 5678 0102030405060708")));
        ByteBuf buffer = untracked(reply);
        EmbeddedChannel channel =
                new EmbeddedChannel(new IcmpDecoder(SocketKind.IPV4_RAW), new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object msg) {
                        ((EchoReply) msg).release();
                    }
                });

        assertAllocatesNothing(() -> {
            ByteBuf content = buffer.retain().setIndex(0, reply.length);
            channel.pipeline().fireChannelRead(IcmpPacket.of(content, 0, Packets.TARGET.low(), 0));
        });

        buffer.release();
        channel.finish();
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // It is the void promise, which tells nothing.
    void encodingARequestAllocatesNothing() throws Exception {
        ByteBuf buffer = untracked(new byte[64]);
        EmbeddedChannel channel = new EmbeddedChannel(
                new ChannelOutboundHandlerAdapter() {
                    @Override
                    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
                        ReferenceCountUtil.release(msg);
                    }
                },
                new IcmpEncoder(SocketKind.IPV4_RAW));
        ChannelPromise promise = channel.voidPromise();

        assertAllocatesNothing(() -> {
            ByteBuf content = buffer.retain().setIndex(EchoRequest.HEADROOM, 64);
            IcmpPacket packet = IcmpPacket.of(content, 0, Packets.TARGET.low(), 0);
            channel.write(EchoRequest.of(packet, 1, 2), promise);
        });

        buffer.release();
        channel.finish();
    }
}
