package io.github.nettyping.cli.checkpoint;

import java.util.OptionalInt;

/**
 * What is known of a sweep at some time, enough to go on from there. Immutable.
 *
 * @param identity    what a sweep that goes on must have in common with it
 * @param outputBytes how much of the output belongs to it
 * @param outputCrc   CRC-32C of these bytes
 * @param done        the targets in that, and what became of them
 * @param past        what was sent and received
 * @param exitCode    with which it finished; empty as long as it has not
 */
record Checkpoint(
        SweepIdentity identity,
        String command,
        String version,
        long outputBytes,
        long outputCrc,
        Ledger.Snapshot done,
        SweepPast past,
        OptionalInt exitCode) {}
