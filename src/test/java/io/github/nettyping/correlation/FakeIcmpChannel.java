package io.github.nettyping.correlation;

import io.github.nettyping.codec.DestinationUnreachableMessage;
import io.github.nettyping.codec.EchoReply;
import io.github.nettyping.codec.EchoRequest;
import io.github.nettyping.codec.ErrorReport;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.codec.Quote;
import io.github.nettyping.codec.RedirectMessage;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.ReceiveQueue;
import io.github.nettyping.packet.SendListener;
import io.github.nettyping.packet.SystemCallException;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.MockTicker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A channel with a scripted kernel: what it takes, what waits to be received, what it dropped. Time stands still
 * unless the test moves it; the wall clock is the monotonic one plus {@link #wallOffset}.
 */
final class FakeIcmpChannel extends EmbeddedChannel implements ReceiveQueue {

    static final int IDENTIFIER = 0x1234;
    static final long SECRET_HIGH = 0x0123_4567_89ab_cdefL;
    static final long SECRET_LOW = 0x0fed_cba9_8765_4321L;
    static final IpAddress ROUTER = IpAddress.ofIpv4(0xc633_6401);

    enum Kernel {
        ACCEPTS,
        BLOCKS,
        REFUSES
    }

    /** A packet the kernel took. */
    static final class Sent {

        private final IpAddress destination;
        private final int identifier;
        private final int sequence;
        private final byte[] payload;
        private final long monotonicNanos;
        private final SendListener listener;
        private final long key;

        private Sent(EchoRequest request, long monotonicNanos) {
            this.listener = request.packet().sendListener();
            this.key = request.packet().sendKey();
            this.destination = request.packet().peer();
            this.identifier = request.identifier();
            this.sequence = request.sequence();
            this.payload = ByteBufUtil.getBytes(request.payload());
            this.monotonicNanos = monotonicNanos;
        }

        IpAddress destination() {
            return destination;
        }

        int identifier() {
            return identifier;
        }

        int sequence() {
            return sequence;
        }

        byte[] payload() {
            return payload;
        }

        long monotonicNanos() {
            return monotonicNanos;
        }
    }

    final MockTicker ticker;
    final List<Sent> sent = new ArrayList<>();
    /** Messages in the receive queue, which only {@link #drain} passes up. */
    final Deque<Object> waiting = new ArrayDeque<>();

    Kernel kernel = Kernel.ACCEPTS;
    long wallOffset = 1_800_000_000_000_000_000L;
    long drops;
    /** Replies that are lost here before the call that sends the packet returns. */
    int dropsPerPacket;
    /** Messages that one drain reads; the queue is seen empty only if it reads fewer. */
    int readBudget = 1000;

    /** Drains in place of what stands in {@link #waiting}, if anything does. */
    BooleanSupplier drainer;

    private boolean nested = true;

    int drains;
    int dropsAsked;
    /** Runs in the call that sends a packet, before and after the packet leaves. */
    Runnable inSend = () -> {};
    /** What arrives as fast as it is read, if anything. */
    Object refill;

    static FakeIcmpChannel with(ProbeCorrelator correlator, ChannelHandler... above) {
        ChannelHandler[] handlers = new ChannelHandler[above.length + 1];
        handlers[0] = correlator;
        System.arraycopy(above, 0, handlers, 1, above.length);
        return of(handlers);
    }

    /** A channel for very many packets at once, for which leak detection would take minutes. */
    static FakeIcmpChannel wide(ProbeCorrelator correlator) {
        FakeIcmpChannel channel = with(correlator);
        channel.config().setAllocator(new UnpooledByteBufAllocator(true, true));
        return channel;
    }

    static FakeIcmpChannel of(ChannelHandler... handlers) {
        FakeIcmpChannel channel = new FakeIcmpChannel(new OffsetTicker(), handlers);
        try {
            channel.register();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return channel;
    }

    private FakeIcmpChannel(MockTicker ticker, ChannelHandler... handlers) {
        super(builder().register(false).ticker(ticker).handlers(handlers));
        this.ticker = ticker;
    }

    static ProbeCorrelator.Builder correlator() {
        return ProbeCorrelator.builder()
                .maxInFlight(1000)
                .identifier(IDENTIFIER)
                .secret(SECRET_HIGH, SECRET_LOW);
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) {
        for (Object msg = in.current(); msg != null && kernel != Kernel.BLOCKS; msg = in.current()) {
            EchoRequest request = (EchoRequest) msg;
            IcmpPacket packet = request.packet();
            if (kernel == Kernel.REFUSES) {
                SystemCallException cause = new SystemCallException("sendmmsg", 101, "ENETUNREACH", "");
                packet.notifyRefused(cause);
                in.remove(cause);
                continue;
            }
            long before = now();
            inSend.run();
            sent.add(new Sent(request, now()));
            drops += dropsPerPacket;
            inSend.run();
            packet.notifySent(before + wallOffset, before, now());
            in.remove();
        }
    }

    /** Whether a flush runs tasks that are due, as it does here unless told otherwise, and on no true event loop. */
    void nestTasks(boolean wanted) {
        nested = wanted;
    }

    /** Runs what is due, on the event loop. */
    void runTasks() {
        super.runPendingTasks();
    }

    @Override
    public void runPendingTasks() {
        if (nested) {
            super.runPendingTasks();
        }
    }

    @Override
    public boolean drain() {
        drains++;
        if (drainer != null) {
            return drainer.getAsBoolean();
        }
        for (int read = 0; read < readBudget; read++) {
            Object message = waiting.poll();
            if (message == null) {
                return true;
            }
            pipeline().fireChannelRead(message);
            if (refill != null) {
                waiting.add(refill);
            }
        }
        return false;
    }

    @Override
    public long drops() {
        dropsAsked++;
        return drops;
    }

    /** Returns the time on the scale of {@link System#nanoTime()}. */
    long now() {
        return ticker.initialNanoTime() + ticker.nanoTime();
    }

    /** Lets time pass in steps of a millisecond, as on a machine that never stands still. */
    void advanceMillis(long millis) {
        for (long i = 0; i < millis; i++) {
            ticker.advance(1, TimeUnit.MILLISECONDS);
            runPendingTasks();
        }
    }

    /** Lets time pass at once, with nobody running: a pause. What is due runs at its end. */
    void pauseMillis(long millis) {
        ticker.advance(millis, TimeUnit.MILLISECONDS);
        runPendingTasks();
    }

    /** Lets time pass at once, in the middle of something else. */
    void standStill(long nanos) {
        ticker.advance(nanos, TimeUnit.NANOSECONDS);
    }

    Sent lastSent() {
        return sent.get(sent.size() - 1);
    }

    /** Tells that the kernel stamped a packet at a time of the wall clock. */
    void stamp(Sent packet, long wallNanos) {
        packet.listener.stamped(packet.key, wallNanos);
    }

    /** Returns the time by the wall clock. */
    long wall() {
        return now() + wallOffset;
    }

    /** Starts a true reply to a packet. */
    Reply reply(Sent packet) {
        return new Reply(packet);
    }

    /** Passes a true reply to a packet up, received now. */
    void receiveReply(Sent packet) {
        writeInbound(reply(packet).build());
    }

    /** Returns what a router says of a packet, received now; it quotes so many bytes of the payload. */
    IcmpError unreachable(Sent packet, int payloadBytes) {
        ErrorReport report = report(3, packet, payloadBytes, packet.destination());
        return new DestinationUnreachableMessage(report, OptionalInt.empty());
    }

    IcmpError redirect(Sent packet, int payloadBytes) {
        return redirect(packet, payloadBytes, packet.destination());
    }

    IcmpError redirect(Sent packet, int payloadBytes, IpAddress quotedDestination) {
        return new RedirectMessage(report(5, packet, payloadBytes, quotedDestination), ROUTER);
    }

    private ErrorReport report(int type, Sent packet, int payloadBytes, IpAddress quotedDestination) {
        Quote quote = Quote.of(
                quotedDestination,
                Optional.empty(),
                packet.identifier(),
                packet.sequence(),
                Arrays.copyOf(packet.payload(), payloadBytes));
        OptionalLong stamp = OptionalLong.of(now() + wallOffset);
        return new ErrorReport(IpFamily.IPV4, type, 1, Optional.of(ROUTER), Optional.of(quote), now(), stamp);
    }

    <T> T outcome(Class<T> type) {
        return type.cast(inboundMessages().remove());
    }

    void releaseWaiting() {
        waiting.forEach(ReferenceCountUtil::release);
    }

    /** A reply that tells the truth in all that is not changed. */
    final class Reply {

        private IpAddress source;
        private int code;
        private int identifier;
        private int sequence;
        private byte[] payload;
        private byte[] ipv4Options = {};
        private boolean stamped = true;
        private long stampOffset;
        private long arrivedNanos = now();
        private long readNanos = now();

        private Reply(Sent packet) {
            this.source = packet.destination();
            this.identifier = packet.identifier();
            this.sequence = packet.sequence();
            this.payload = packet.payload().clone();
        }

        Reply source(IpAddress value) {
            this.source = value;
            return this;
        }

        Reply code(int value) {
            this.code = value;
            return this;
        }

        Reply identifier(int value) {
            this.identifier = value;
            return this;
        }

        Reply sequence(int value) {
            this.sequence = value;
            return this;
        }

        Reply payload(byte[] value) {
            this.payload = value;
            return this;
        }

        Reply xor(int offset, int bits) {
            payload[offset] ^= (byte) bits;
            return this;
        }

        /** The IPv4 header had these options. */
        Reply ipv4Options(int... octets) {
            this.ipv4Options = new byte[octets.length];
            for (int i = 0; i < octets.length; i++) {
                ipv4Options[i] = (byte) octets[i];
            }
            return this;
        }

        Reply unstamped() {
            this.stamped = false;
            return this;
        }

        /** When the kernel stamped it, by the monotonic clock; it is read then, or now if that is later. */
        Reply arrived(long nanos) {
            this.arrivedNanos = nanos;
            this.readNanos = Math.max(readNanos, nanos);
            return this;
        }

        /** How far the wall clock was ahead of what it is now, when the kernel stamped it. */
        Reply stampedAhead(long nanos) {
            this.stampOffset = nanos;
            return this;
        }

        Reply read(long nanos) {
            this.readNanos = nanos;
            return this;
        }

        EchoReply build() {
            long stamp = stamped ? arrivedNanos + wallOffset + stampOffset : 0;
            IcmpPacket packet = IcmpPacket.of(Unpooled.wrappedBuffer(payload), source)
                    .received(stamp, readNanos, wallOffset)
                    .hopLimit(57)
                    .ipv4Options(ipv4Options);
            return EchoReply.of(packet, code, identifier, sequence);
        }
    }
}
