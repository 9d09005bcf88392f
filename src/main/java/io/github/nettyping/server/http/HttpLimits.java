package io.github.nettyping.server.http;

import java.time.Duration;

/**
 * What a client may take. Immutable.
 *
 * @param connections at once
 * @param head        from the first byte of a request to the end of its headers, and from there to the end of its body
 * @param idle        between two requests
 * @param write       for the client to take what was written to it
 */
public record HttpLimits(int connections, Duration head, Duration idle, Duration write) {

    /** Longest first line. */
    static final int LINE_BYTES = 8_192;

    /** All headers together. */
    static final int HEADER_BYTES = 16_384;

    /** Parameters of a query. */
    static final int PARAMETERS = 64;

    /** Returns those that a server has, which needs to be told only how many clients there may be. */
    public static HttpLimits of(int connections) {
        return new HttpLimits(connections, Duration.ofSeconds(10), Duration.ofSeconds(75), Duration.ofSeconds(30));
    }
}
