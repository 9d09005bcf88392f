package io.github.nettyping.cli;

/**
 * What a trace shows, and how. Immutable.
 *
 * @param format  form of the results
 * @param quiet   whether there are none
 * @param numeric whether addresses stand without their names
 * @param pathMtu whether the path MTU has been asked for
 */
record TraceView(ResultFormat.Name format, boolean quiet, boolean numeric, boolean pathMtu) {}
