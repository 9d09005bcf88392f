package io.github.nettyping.cli.ping;

import io.github.nettyping.cli.format.ResultFormat;

/**
 * What a ping shows, and how. Immutable.
 *
 * @param quiet       whether single results are left out
 * @param numeric     whether addresses stand without their names
 * @param timestamps  whether lines begin with the time
 * @param outstanding whether a line tells of the probe before that has no answer yet
 * @param verbose     whether notices of routers and identifiers are shown, and further hosts of a group are marked
 */
record PingView(
        ResultFormat.Name format,
        boolean quiet,
        boolean numeric,
        boolean timestamps,
        boolean outstanding,
        boolean audible,
        boolean verbose) {}
