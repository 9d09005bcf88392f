package io.github.nettyping.correlation;

import io.github.nettyping.codec.Ipv4Options;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Keeps what it is told, and does something about it. Confined to one thread. */
final class RecordingObserver implements ProbeObserver {

    record SentPacket(Probe probe, int attempt, long sentAtNanos) {}

    record Rejected(Rejection reason, IpAddress from) {}

    @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
    record Damaged(Replied reply, byte[] payload) {}

    final List<SentPacket> sent = new ArrayList<>();
    final List<ProbeOutcome> outcomes = new ArrayList<>();
    final List<Replied> replies = new ArrayList<>();
    final List<Replied> duplicates = new ArrayList<>();
    final List<Replied> late = new ArrayList<>();
    final List<Damaged> damaged = new ArrayList<>();
    final List<Ipv4Options> ipv4Options = new ArrayList<>();
    final List<IcmpErrorOutcome> notices = new ArrayList<>();
    final List<IcmpErrorOutcome> errors = new ArrayList<>();
    final List<IcmpErrorOutcome> lateErrors = new ArrayList<>();
    final List<Rejected> rejected = new ArrayList<>();
    final List<Integer> inFlight = new ArrayList<>();

    /** Which probes it wants to hear of. */
    Predicate<Probe> interest = probe -> true;

    /** Gets the name of each method as it is called. */
    Consumer<String> reaction = method -> {};

    @Override
    public boolean observes(Probe probe) {
        return interest.test(probe);
    }

    @Override
    public void onSent(Probe probe, int attempt, long sentAtNanos) {
        sent.add(new SentPacket(probe, attempt, sentAtNanos));
        reaction.accept("onSent");
    }

    @Override
    public void onOutcome(ProbeOutcome outcome) {
        outcomes.add(outcome);
        reaction.accept("onOutcome");
    }

    @Override
    public void onReply(Replied reply) {
        replies.add(reply);
        reaction.accept("onReply");
    }

    @Override
    public void onDuplicate(Replied reply) {
        duplicates.add(reply);
        reaction.accept("onDuplicate");
    }

    @Override
    public void onLate(Replied reply) {
        late.add(reply);
        reaction.accept("onLate");
    }

    @Override
    public void onDamaged(Replied reply, ByteBuf payload) {
        damaged.add(new Damaged(reply, ByteBufUtil.getBytes(payload)));
        reaction.accept("onDamaged");
    }

    @Override
    public void onIpv4Options(Replied reply, Ipv4Options options) {
        ipv4Options.add(options);
        reaction.accept("onIpv4Options");
    }

    @Override
    public void onNotice(IcmpErrorOutcome notice) {
        notices.add(notice);
        reaction.accept("onNotice");
    }

    @Override
    public void onError(IcmpErrorOutcome error) {
        errors.add(error);
        reaction.accept("onError");
    }

    @Override
    public void onLateError(IcmpErrorOutcome error) {
        lateErrors.add(error);
        reaction.accept("onLateError");
    }

    @Override
    public void onRejected(Rejection reason, IpAddress from) {
        rejected.add(new Rejected(reason, from));
        reaction.accept("onRejected");
    }

    @Override
    public void onInFlight(int probes) {
        inFlight.add(probes);
        reaction.accept("onInFlight");
    }
}
