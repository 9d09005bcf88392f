package io.github.nettyping.bench;

import com.sun.management.ThreadMXBean;
import io.github.nettyping.channel.IcmpChannel;
import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.codec.IcmpDecoder;
import io.github.nettyping.codec.IcmpEncoder;
import io.github.nettyping.correlation.ProbeCorrelator;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.target.TargetCursor;
import io.github.nettyping.target.Targets;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Round trips per second through the public pipeline: encoder, decoder, correlator with token checks and receive stamps,
 * and a handler of ours behind them, on one event loop.
 *
 * <pre>RoundTrips FIRST raw|dgram [ROUNDS [COUNT]]</pre>
 *
 * <p>Probes COUNT addresses from FIRST on, each once, ROUNDS times in one process, and prints one line a round. The
 * third round of a million is the one to compare: by then the code is compiled.
 */
public final class RoundTrips {

    private static final int BATCH = 64;

    private RoundTrips() {}

    /** Runs as the class comment says. */
    public static void main(String[] args) throws Exception {
        if (args.length < 2) {
            System.err.println("usage: RoundTrips FIRST raw|dgram [ROUNDS [COUNT]]");
            System.exit(2);
        }
        SocketKind kind = SocketKind.of(IpFamily.IPV4, args[1].equals("raw"));
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        int count = args.length > 3 ? Integer.parseInt(args[3]) : 1_000_000;
        Targets all = Targets.builder().allAddresses(true).limit(count).add(args[0] + "/8").build();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        for (int round = 1; round <= rounds; round++) {
            run(group, kind, all, count, round);
        }
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }

    private static void run(EventLoopGroup group, SocketKind kind, Targets targets, int count, int round)
            throws Exception {
        User user = new User(targets.cursor(), count);
        long collections = collections();
        IcmpChannel channel = (IcmpChannel) new Bootstrap()
                .group(group)
                .channelFactory(() -> new IcmpChannel(kind))
                .option(ChannelOption.SO_RCVBUF, 32 << 20)
                .option(ChannelOption.SO_SNDBUF, 8 << 20)
                .option(IcmpChannelOption.MTU_DISCOVER, IcmpChannelOption.MTU_DISCOVER_PROBE)
                .handler(new ChannelInitializer<IcmpChannel>() {
                    @Override
                    protected void initChannel(IcmpChannel ch) {
                        ch.pipeline()
                                .addLast(
                                        new IcmpEncoder(kind),
                                        new IcmpDecoder(kind),
                                        ProbeCorrelator.builder().maxInFlight(4_096).build(),
                                        user);
                    }
                })
                .bind(new InetSocketAddress(0))
                .sync()
                .channel();
        user.done.get(60, TimeUnit.SECONDS);
        long direct = ((ByteBufAllocatorMetricProvider) channel.alloc()).metric().usedDirectMemory();
        System.out.printf(
                Locale.ROOT,
                "%s round %d: answered %d of %d, %.3f s, %.0f round trips/s, %.1f heap bytes each, %d collections,"
                        + " %d KiB direct, %d drops%n",
                kind,
                round,
                user.answered,
                count,
                user.elapsedNanos / 1e9,
                user.answered * 1e9 / user.elapsedNanos,
                (double) user.allocated / count,
                collections() - collections,
                direct / 1024,
                channel.drops());
        channel.close().sync();
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    /** Keeps two batches in flight and replaces what comes back. */
    private static final class User extends ChannelInboundHandlerAdapter {

        final CompletableFuture<Void> done = new CompletableFuture<>();
        private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        private final ProbeOptions options = ProbeOptions.builder().attempts(1).build();
        private final TargetCursor cursor;
        private final int count;
        private int written;
        private int finished;
        private int returned;
        private long startNanos;
        private long allocatedBefore;
        int answered;
        long elapsedNanos;
        long allocated;

        User(TargetCursor cursor, int count) {
            this.cursor = cursor;
            this.count = count;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            allocatedBefore = threads.getCurrentThreadAllocatedBytes();
            startNanos = System.nanoTime();
            write(ctx, BATCH);
        }

        private void write(ChannelHandlerContext ctx, int limit) {
            for (int i = 0; i < limit && written < count; i++) {
                cursor.moveTo(written++);
                ctx.write(new Probe(cursor.address(), options), ctx.voidPromise());
            }
            ctx.flush();
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof ProbeOutcome outcome) {
                answered += outcome instanceof Replied ? 1 : 0;
                finished++;
                returned++;
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            int refill = returned;
            returned = 0;
            if (finished == count) {
                elapsedNanos = System.nanoTime() - startNanos;
                allocated = threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
                done.complete(null);
            } else if (refill > 0) {
                write(ctx, refill);
            }
            ctx.fireChannelReadComplete();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            done.completeExceptionally(cause);
        }
    }
}
