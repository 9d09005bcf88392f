package io.github.nettyping.trace;

import io.github.nettyping.internal.engine.Request;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** A probe of a trace: of a hop, or only of what the interface takes. Confined to the event loop. */
final class HopRequest extends Request {

    /** Null once it has its outcome or nobody waits for it: a request remembered elsewhere keeps nothing alive. */
    private @Nullable TraceTask task;

    private @Nullable HopRecord hop;

    private boolean sent;
    /** Where it stands among the task's pending ones. */
    private int place;

    HopRequest(TraceTask task, @Nullable HopRecord hop, IpAddress target, ProbeOptions options) {
        super(target, options);
        this.task = task;
        this.hop = hop;
    }

    /** Returns whom it asks; null if it is only to find out what the interface takes. */
    @Nullable
    HopRecord hop() {
        return hop;
    }

    boolean isSent() {
        return sent;
    }

    int place() {
        return place;
    }

    void place(int newPlace) {
        place = newPlace;
    }

    /** Nobody waits for it any more. */
    void forget() {
        task = null;
        hop = null;
    }

    @Override
    public boolean observes(Probe probe) {
        return true;
    }

    @Override
    public void onSent(Probe probe, int attempt, long sentAtNanos) {
        sent = true;
        TraceTask current = task;
        if (current != null) {
            current.sent(this);
        }
    }

    @Override
    public void outcome(ProbeOutcome outcome) {
        TraceTask current = task;
        if (current != null) {
            HopRecord asked = hop;
            forget();
            current.outcome(this, asked, outcome);
        }
    }

    @Override
    public void closed(ClosedChannelException cause) {
        // The session has been closed before.
    }
}
