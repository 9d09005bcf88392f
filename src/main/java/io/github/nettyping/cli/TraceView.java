package io.github.nettyping.cli;

/** What a trace shows, and how. Immutable. */
record TraceView(ResultFormat.Name format, boolean quiet, boolean numeric, boolean pathMtu) {}
