package io.github.nettyping.cli.trace;

import io.github.nettyping.cli.format.ResultFormat;

/** What a trace shows, and how. Immutable. */
record TraceView(ResultFormat.Name format, boolean quiet, boolean numeric, boolean pathMtu) {}
