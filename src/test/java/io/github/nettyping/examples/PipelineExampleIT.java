package io.github.nettyping.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.channel.IcmpChannel;
import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.RequiresNamespaces;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pipelines of one's own, on ping sockets and on raw ones. */
@RequiresNamespaces
class PipelineExampleIT {

    private static final Duration PATIENCE = Await.LIMIT;
    private static final InetAddress HOST = Packets.address("127.0.0.9");

    private static Namespace pingSockets;
    private static Namespace rawSockets;
    private static EventLoopGroup group;

    @BeforeAll
    static void open() {
        pingSockets = Namespace.create();
        rawSockets = Namespace.createWithoutPingSockets();
        group = IcmpEventLoops.newGroup(1, "example");
    }

    @AfterAll
    static void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        rawSockets.close();
        pingSockets.close();
    }

    private static <C extends Channel> C opened(boolean raw, Supplier<C> channel) throws Exception {
        return (raw ? rawSockets : pingSockets).call(channel::get);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyProbeOfAPipelineHasItsOutcome(boolean raw) throws Exception {
        Queue<ProbeOutcome> outcomes = new ConcurrentLinkedQueue<>();
        List<InetAddress> hosts = List.of(HOST, Packets.address("127.1.2.3"));
        InetAddress source = Packets.address("127.0.0.2");
        Channel channel = opened(
                raw, () -> PipelineExample.open(group, source, new PipelineExample.AskAll(hosts, outcomes::add)));

        Await.until("both outcomes", PATIENCE, () -> outcomes.size() == 2);
        assertThat(outcomes)
                .allMatch(Replied.class::isInstance)
                .extracting(outcome -> outcome.probe().target().toInetAddress())
                .containsExactlyInAnyOrderElementsOf(hosts);
        assertThat(((InetSocketAddress) channel.localAddress()).getAddress()).isEqualTo(source);
        assertThat(((IcmpChannel) channel).kind().isRaw()).isEqualTo(raw);
        channel.close().syncUninterruptibly();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void requestOfOnesOwnIsAnswered(boolean raw) throws Exception {
        Queue<String> replies = new ConcurrentLinkedQueue<>();
        IcmpChannel channel = opened(
                raw, () -> OwnRequestsExample.openWithCodec(group, new OwnRequestsExample.Replies(replies::add)));
        OwnRequestsExample.sendOwnRequest(channel, HOST, 7, 42);

        Await.until("a reply", PATIENCE, () -> !replies.isEmpty());
        assertThat(replies).containsExactly("7: 42 from 127.0.0.9");
        channel.close().syncUninterruptibly();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bytesWrittenByHandAreAnsweredByThePeer(boolean raw) throws Exception {
        Queue<String> packets = new ConcurrentLinkedQueue<>();
        IcmpChannel channel = opened(
                raw,
                () -> OwnRequestsExample.connect(group, HOST, new SimpleChannelInboundHandler<IcmpPacket>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext ctx, IcmpPacket packet) {
                        ByteBuf message = packet.content();
                        message.skipBytes(raw ? 20 : 0);
                        packets.add(packet.peer() + " " + ByteBufUtil.hexDump(message, message.readerIndex(), 2) + " "
                                + ByteBufUtil.hexDump(message.skipBytes(6)));
                    }
                }));
        OwnRequestsExample.sendByHand(channel, 0x0102, 42);

        Await.until("a reply", PATIENCE, () -> !packets.isEmpty());
        // Type 0 and code 0; after checksum and identifier the sequence number and the data.
        assertThat(packets).containsExactly("127.0.0.9 0000 0102000000000000002a");
        channel.close().syncUninterruptibly();
    }
}
