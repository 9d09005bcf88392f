package io.github.nettyping.cli.sweep;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.TimedOut;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What may tell why nobody answers: the first of the failures of each kind. Confined to an event loop, until its end. */
final class SweepClues {

    private @Nullable NotSent notSent;
    private @Nullable TimedOut timedOut;

    /** Looks at an outcome that is no reply. */
    void record(ProbeOutcome outcome) {
        if (notSent == null && outcome instanceof NotSent failed) {
            notSent = failed;
        } else if (timedOut == null && outcome instanceof TimedOut silent) {
            timedOut = silent;
        }
    }

    static SweepClues of(Stream<SweepClues> parts) {
        SweepClues all = new SweepClues();
        parts.forEach(part -> {
            all.notSent = all.notSent == null ? part.notSent : all.notSent;
            all.timedOut = all.timedOut == null ? part.timedOut : all.timedOut;
        });
        return all;
    }

    Optional<NotSent> notSent() {
        return Optional.ofNullable(notSent);
    }

    Optional<IpAddress> silent() {
        return Optional.ofNullable(timedOut).map(silent -> silent.probe().target());
    }
}
