package io.github.nettyping.monitor;

import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.packet.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What was known of a target at one moment. Immutable.
 *
 * @param target       whose
 * @param address      the address that is asked; empty as long as its name has none
 * @param state        its state
 * @param since        since when
 * @param interval     the time between two probes
 * @param sent         probes that the kernel took, since the target was added; those under way are not among them yet
 * @param received     those that were answered
 * @param lost         those that were not
 * @param late         answers that came after their probe was given up
 * @param duplicates   further copies of answers
 * @param localTrouble probes that were not sent, or whose answer this host may have lost; neither answered nor lost
 * @param skipped      probes that were not sent because this process was held up when they were due
 * @param local        whether the latest probe met such trouble: then the state may be out of date
 * @param lastRttNanos the latest round trip; empty without one
 * @param lastError    the latest ICMP error, with the node that sent it
 * @param lastErrorAt  when that came
 * @param unresolved   why the name could not be resolved the last time; empty if it could, or if none was given
 * @param window       the last probes; which are put in order when they are first asked for
 */
public record TargetSnapshot(
        MonitoredTarget target,
        Optional<IpAddress> address,
        TargetState state,
        Instant since,
        Duration interval,
        long sent,
        long received,
        long lost,
        long late,
        long duplicates,
        long localTrouble,
        long skipped,
        boolean local,
        OptionalLong lastRttNanos,
        Optional<IcmpError> lastError,
        Optional<Instant> lastErrorAt,
        Optional<String> unresolved,
        WindowStatistics window) {}
