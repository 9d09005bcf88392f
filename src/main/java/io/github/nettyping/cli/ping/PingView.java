package io.github.nettyping.cli.ping;

import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.cli.output.Colour;

/**
 * What a ping shows, and how. Immutable.
 *
 * @param quiet       whether single results are left out
 * @param names       which addresses stand with their names
 * @param timestamps  whether lines begin with the time
 * @param outstanding whether a line tells of the probe before that has no answer yet
 * @param verbose     whether notices of routers and identifiers are shown, and further hosts of a group are marked
 * @param precise     whether round trips always have three decimals
 */
record PingView(
        ResultFormat.Name format,
        boolean quiet,
        Names names,
        boolean timestamps,
        boolean outstanding,
        boolean audible,
        boolean verbose,
        boolean precise,
        Colour colour) {

    /** Which addresses stand with their names. */
    enum Names {
        NONE,
        /** Those of a host that was named. */
        AS_TYPED,
        ALL
    }

    boolean isNamed(PingHost host) {
        return names == Names.ALL || (names == Names.AS_TYPED && host.isNamed());
    }
}
