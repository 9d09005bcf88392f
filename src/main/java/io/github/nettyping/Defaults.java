package io.github.nettyping;

/** What several kinds of options have as their default. Stateless. */
final class Defaults {

    static final int MAX_IN_FLIGHT = 65_536;

    static final int BUFFER_BYTES = 8 << 20;

    private Defaults() {}
}
