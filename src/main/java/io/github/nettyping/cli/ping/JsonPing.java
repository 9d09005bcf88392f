package io.github.nettyping.cli.ping;

import io.github.nettyping.PingOptions;
import io.github.nettyping.PingResult;
import io.github.nettyping.cli.format.JsonLines;
import io.github.nettyping.packet.SendOptions;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.TimedOut;
import io.netty.channel.EventLoop;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One host under way for programs: an object for each probe as soon as its outcome is final, and one for each further
 * reply. Confined to the event loop.
 */
final class JsonPing extends PingSession {

    /** What is known of a probe without outcome. */
    private record Waiting(long sentAtNanos, Optional<IcmpErrorOutcome> error) {}

    private final Optional<JsonLines> json;
    private final Map<Long, Waiting> waiting = new LinkedHashMap<>();
    private long failures;

    /** Prepares a host; without {@code json}, which all hosts have in common, nothing is printed. */
    JsonPing(EventLoop loop, PingHost host, PingPlan plan, Optional<JsonLines> json) {
        super(loop, host, plan);
        this.json = json;
    }

    @Override
    PingOptions options(SendOptions packets) {
        return plan().options(host().group(), packets);
    }

    @Override
    void begin() {}

    @Override
    void finish(boolean hurried) {
        if (!hurried) {
            // Those that were out at the deadline are lost; when a user interrupts, nobody knows.
            waiting.forEach(this::writeLost);
        }
        waiting.clear();
        setOver();
    }

    private void writeLost(long sequence, Waiting probe) {
        write(
                sequence,
                probe.error().map(ProbeOutcome.class::cast).orElseGet(() -> timedOut(probe.sentAtNanos())),
                false);
    }

    private TimedOut timedOut(long sentAtNanos) {
        return new TimedOut(new Probe(host().address(), ProbeOptions.defaults()), 1, sentAtNanos);
    }

    private void write(long sequence, ProbeOutcome outcome, boolean duplicate) {
        json.ifPresent(lines -> lines.probe(sequence, outcome, duplicate));
    }

    @Override
    public void onSent(long sequence, int attempt, long sentAtNanos) {
        if (transmitted(sequence)) {
            waiting.put(sequence, new Waiting(sentAtNanos, Optional.empty()));
        }
    }

    @Override
    public void onResult(PingResult result) {
        long sequence = result.sequence();
        if (isEnded() || (result.outcome() instanceof NotSent notSent && isFarewell(notSent))) {
            return;
        }
        waiting.remove(sequence);
        if (result.outcome() instanceof Replied reply) {
            if (host().group()) {
                // It has been told when it came.
                return;
            }
            tally().reply(sequence, reply);
        } else if (result.outcome() instanceof NotSent) {
            transmitted(sequence);
        } else if (result.outcome() instanceof IcmpErrorOutcome) {
            failures++;
        }
        write(sequence, result.outcome(), false);
        endIfDone();
    }

    /** Without a deadline the end of the series is the end. */
    private void endIfDone() {
        if (plan().deadline().isPresent() && plan().isDone(tally().received(), failures)) {
            end();
        }
    }

    @Override
    public void onReply(long sequence, Replied reply) {
        if (isEnded()) {
            return;
        }
        waiting.remove(sequence);
        if (tally().reply(sequence, reply)) {
            write(sequence, reply, false);
            endIfDone();
        } else {
            write(sequence, reply, true);
        }
    }

    @Override
    public void onDuplicate(long sequence, Replied reply) {
        if (!isEnded()) {
            tally().reply(sequence, reply);
            write(sequence, reply, true);
        }
    }

    @Override
    public void onLate(long sequence, Replied reply) {
        if (!isEnded()) {
            tally().late();
        }
    }

    @Override
    public void onError(long sequence, IcmpErrorOutcome error) {
        if (!isEnded()) {
            tally().error(sequence, error.error().family());
            waiting.computeIfPresent(sequence, (key, probe) -> new Waiting(probe.sentAtNanos(), Optional.of(error)));
        }
    }
}
