package io.github.nettyping.internal.engine;

import io.github.nettyping.codec.DestinationUnreachableMessage;
import io.github.nettyping.codec.ErrorReport;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import io.github.nettyping.probe.RttSource;
import io.github.nettyping.probe.TimedOut;
import io.github.nettyping.probe.Unreachable;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Takes requests, notes when they came, and lets the test answer them. */
public class FakeSender implements Sender {

    public static final IpAddress TARGET = IpAddress.ofIpv4(0x7f00_0001);

    private final TestLoop loop;
    public final List<Request> submitted = new ArrayList<>();
    public final List<Long> submittedAtMillis = new ArrayList<>();
    public final List<Request> givenUp = new ArrayList<>();
    boolean closed;
    /** How many requests there is room for in all. */
    public int room = Integer.MAX_VALUE;

    public FakeSender(TestLoop loop) {
        this.loop = loop;
    }

    @Override
    public void submit(Request request) {
        submitted.add(request);
        submittedAtMillis.add(loop.eventLoop().ticker().nanoTime() / 1_000_000);
    }

    @Override
    public boolean hasRoomFor(int payloadBytes) {
        return submitted.size() < room;
    }

    @Override
    public void giveUp(Request request) {
        givenUp.add(request);
    }

    @Override
    public void close(ClosedChannelException cause, Runnable whenOver) {
        closed = true;
        submitted.forEach(request -> request.closed(cause));
        whenOver.run();
    }

    /** Returns a request by its number, from 1. */
    public Request request(int number) {
        return submitted.get(number - 1);
    }

    public void answer(int number) {
        request(number).outcome(reply(number));
    }

    public void timeOut(int number) {
        request(number).outcome(new TimedOut(request(number).probe(), 1, 0));
    }

    public Replied reply(int number) {
        return reply(number, 1_000_000L * number);
    }

    public Replied reply(int number, long rttNanos) {
        return new Replied(
                request(number).probe(),
                1,
                1,
                TARGET,
                0,
                rttNanos,
                RttSource.USER_CLOCK,
                OptionalInt.empty(),
                OptionalInt.empty(),
                64,
                EnumSet.noneOf(ReplyFlag.class));
    }

    public Unreachable error(int number) {
        ErrorReport report =
                new ErrorReport(IpFamily.IPV4, 3, 1, Optional.of(TARGET), Optional.empty(), 0, OptionalLong.empty());
        DestinationUnreachableMessage message = new DestinationUnreachableMessage(report, OptionalInt.empty());
        return new Unreachable(request(number).probe(), 1, 1, message, 0, 1, RttSource.USER_CLOCK);
    }
}
