package io.github.nettyping.examples;

import io.github.nettyping.channel.IcmpChannel;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.codec.EchoReply;
import io.github.nettyping.codec.EchoRequest;
import io.github.nettyping.codec.IcmpDecoder;
import io.github.nettyping.codec.IcmpEncoder;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.codec.IcmpMessage;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SendOptions;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Requests and answers with channel and codec alone: waiting for one, and for many. */
final class ByHandExample {

    private ByHandExample() {}

    // tag::hand-open
    static IcmpChannel open(EventLoopGroup group, IpFamily family, SocketPolicy policy, ChannelHandler own) {
        return (IcmpChannel) new Bootstrap()
                .group(group)
                .channelFactory(IcmpChannel.factory(family, policy))
                .handler(new ChannelInitializer<IcmpChannel>() {
                    @Override
                    protected void initChannel(IcmpChannel channel) {
                        channel.pipeline()
                                .addLast(new IcmpEncoder(channel.kind()), new IcmpDecoder(channel.kind()), own);
                    }
                })
                .bind(0)
                .syncUninterruptibly()
                .channel();
    }
    // end::hand-open

    // tag::hand-answers
    record Answer(IpAddress from, int icmpBytes, long rttNanos, Optional<IcmpError> error) {
        void raiseForStatus() throws IOException {
            if (error.isPresent()) {
                throw new IOException(error.get().name() + " from " + from);
            }
        }
    }

    static final class Answers extends SimpleChannelInboundHandler<IcmpMessage> {

        private record Waiting(IpAddress host, long sentNanos, CompletableFuture<Answer> answer) {}

        private final Map<Integer, Waiting> requests = new ConcurrentHashMap<>();

        CompletableFuture<Answer> send(
                IcmpChannel channel, IpAddress host, int sequence, SendOptions options, Duration timeout) {
            CompletableFuture<Answer> answer = new CompletableFuture<>();
            requests.put(sequence, new Waiting(host, System.nanoTime(), answer));
            ByteBuf payload = channel.alloc().directBuffer(EchoRequest.HEADROOM + 56);
            payload.setIndex(EchoRequest.HEADROOM, EchoRequest.HEADROOM).writeZero(56);
            IcmpPacket packet = IcmpPacket.of(payload, host).sendWith(options);
            channel.writeAndFlush(EchoRequest.of(packet, channel.localAddress().getPort(), sequence))
                    .addListener(write -> {
                        if (!write.isSuccess()) {
                            answer.completeExceptionally(write.cause()); // What the kernel said.
                        }
                    });
            return answer.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
                    .whenComplete((arrived, failure) -> requests.remove(sequence));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, IcmpMessage message) {
            if (message instanceof EchoReply reply) {
                IpAddress from = reply.packet().peer();
                int bytes = 8 + reply.payload().readableBytes();
                answer(reply.sequence(), from, from, bytes, reply.packet().readNanos(), Optional.empty());
            } else if (message instanceof IcmpError error) {
                // Of the packet that caused it, which may be another program's on a raw socket.
                int identifier = ((IcmpChannel) ctx.channel()).localAddress().getPort();
                error.quote().filter(quote -> quote.identifier() == identifier).ifPresent(quote -> {
                    IpAddress from = error.from().orElse(quote.destination());
                    answer(quote.sequence(), quote.destination(), from, 0, error.readNanos(), Optional.of(error));
                });
            }
        }

        private void answer(
                int sequence, IpAddress host, IpAddress from, int bytes, long readNanos, Optional<IcmpError> error) {
            Waiting request = requests.get(sequence);
            if (request != null && request.host().equals(host)) {
                request.answer().complete(new Answer(from, bytes, readNanos - request.sentNanos(), error));
            }
        }
    }
    // end::hand-answers

    static String one(IcmpChannel channel, Answers answers, IpAddress host, Duration timeout)
            throws InterruptedException {
        try {
            Answer answer =
                    answers.send(channel, host, 1, SendOptions.none(), timeout).get(); // Not on the event loop.
            answer.raiseForStatus();
            return answer.icmpBytes() + " bytes from " + answer.from();
        } catch (ExecutionException e) {
            return e.getCause() instanceof TimeoutException ? "timeout" : "not sent: " + e.getCause();
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    static CompletableFuture<Set<IpAddress>> alive(
            IcmpChannel channel, Answers answers, List<IpAddress> hosts, Duration timeout) {
        List<CompletableFuture<Boolean>> asked = IntStream.range(0, hosts.size()) // At most 65,536.
                .mapToObj(i -> answers.send(channel, hosts.get(i), i, SendOptions.none(), timeout)
                        .handle((answer, failure) ->
                                failure == null && answer.error().isEmpty()))
                .toList();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenApply(all -> IntStream.range(0, hosts.size())
                        .filter(i -> asked.get(i).join())
                        .mapToObj(hosts::get)
                        .collect(Collectors.toSet()));
    }
}
