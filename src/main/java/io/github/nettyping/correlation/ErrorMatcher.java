package io.github.nettyping.correlation;

import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.codec.Quote;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.ProbeObserver.Rejection;
import io.github.nettyping.probe.RttSource;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Judges ICMP errors by what they quote: which probe one is about, if any. Every error is either returned or counted,
 * and then told to the observer. Confined to the channel's event loop.
 *
 * <p>Only 8 bytes are sure to be quoted: identifier and sequence number, and from the IP header the destination. A
 * quote that reaches further must hold the right token as well.
 */
final class ErrorMatcher {

    private final ProbeToken token;
    private final SlotTable table;
    private final Counters counters;
    private final Observation observation;

    ErrorMatcher(ProbeToken token, SlotTable table, Counters counters, Observation observation) {
        this.token = token;
        this.table = table;
        this.counters = counters;
        this.observation = observation;
    }

    /**
     * The probe a quote fits.
     *
     * @param live    whether it is in flight
     * @param certain whether it is the slot's last probe, and no other that is over fits as well
     */
    private record Match(int slot, int generation, boolean live, boolean certain) {}

    /** Returns what the error says of a probe in flight. */
    @Nullable
    ErrorEvidence match(IcmpError error, int identifier) {
        Match match = find(error, identifier);
        if (match == null) {
            return rejected(error);
        }
        return match.live()
                ? inFlight(error, match.slot(), match.generation())
                : afterVerdict(error, match.slot(), match.generation(), match.certain());
    }

    /** Tells of a message that quotes a probe and does not concern its fate. */
    void tellNotice(IcmpError notice, int identifier) {
        Match match = find(notice, identifier);
        if (match != null && match.certain() && observation.sees(match.slot())) {
            int slot = match.slot();
            observation.notice(
                    evidence(notice, slot, match.generation()).outcome(table.probe(slot), table.attempt(slot)));
        }
    }

    private @Nullable Match find(IcmpError error, int identifier) {
        Optional<Quote> quote = error.quote();
        if (quote.isEmpty() || quote.get().identifier() != identifier) {
            return null;
        }
        return quote.get().payloadBytes() >= EchoPayload.FILLER ? byToken(quote.get()) : byHeaders(quote.get());
    }

    private @Nullable Match byToken(Quote quote) {
        IpAddress destination = quote.destination();
        int slot = quote.payloadInt(EchoPayload.SLOT);
        int generation = quote.payloadInt(EchoPayload.GENERATION);
        long right = token.of(destination.high(), destination.low(), slot, generation);
        if (quote.payloadLong(EchoPayload.TOKEN) != right
                || !table.contains(slot)
                || quote.sequence() != (slot & ReplyMatcher.SEQUENCES - 1)) {
            return null;
        }
        boolean own = table.isOwnGeneration(slot, generation);
        return new Match(slot, generation, own && table.isLive(slot), own);
    }

    private @Nullable Match byHeaders(Quote quote) {
        IpAddress destination = quote.destination();
        int live = 0;
        int over = 0;
        int match = 0;
        for (int slot = quote.sequence(); slot < table.capacity(); slot += ReplyMatcher.SEQUENCES) {
            if (table.isDestination(slot, destination.high(), destination.low(), destination.scopeId())
                    && table.hasSent(slot)) {
                if (table.isLive(slot)) {
                    live++;
                    match = slot;
                } else if (live == 0) {
                    over++;
                    match = slot;
                }
            }
        }
        // Of two probes in flight that fit, it must not be charged to the wrong one.
        return live > 1 || live + over == 0
                ? null
                : new Match(match, table.newestSentGeneration(match), live == 1, live == 1 || over == 1);
    }

    private @Nullable ErrorEvidence rejected(IcmpError error) {
        if (error.from().isPresent()) {
            observation.rejected(Rejection.QUOTE, error.from().get());
        } else {
            counters.count(Rejection.QUOTE);
        }
        return null;
    }

    private ErrorEvidence inFlight(IcmpError error, int slot, int generation) {
        counters.icmpErrors++;
        return evidence(error, slot, generation);
    }

    private @Nullable ErrorEvidence afterVerdict(IcmpError error, int slot, int generation, boolean certain) {
        counters.lateErrors++;
        if (certain && observation.sees(slot)) {
            observation.lateError(evidence(error, slot, generation).outcome(table.probe(slot), table.attempt(slot)));
        }
        return null;
    }

    private ErrorEvidence evidence(IcmpError error, int slot, int generation) {
        long wallSent = table.wallNanos(slot, generation);
        long byUserClock = Math.max(0, error.readNanos() - table.monotonicNanos(slot, generation));
        OptionalLong stamp = error.kernelReceiveNanos();
        long byStamp = stamp.isPresent() ? stamp.getAsLong() - wallSent : -1;
        // An error does not tell the wall clock's offset. But no stamp is later than the reading, unless somebody
        // set the clock.
        long transmit = table.transmitNanos(slot, generation);
        RttSource source = byStamp < 0 || byStamp > byUserClock + ReplyMatcher.MAX_CLOCK_SHIFT_NANOS
                ? RttSource.USER_CLOCK
                : ReplyMatcher.sourceOfStamped(wallSent, transmit, stamp.getAsLong());
        long rtt =
                switch (source) {
                    case KERNEL_TX_RX -> stamp.getAsLong() - transmit;
                    case USER_TX_KERNEL_RX -> byStamp;
                    case USER_CLOCK -> byUserClock;
                };
        return new ErrorEvidence(slot, table.attempt(slot, generation), error, wallSent, rtt, source);
    }
}
