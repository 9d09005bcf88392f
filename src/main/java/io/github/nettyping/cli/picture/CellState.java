package io.github.nettyping.cli.picture;

import io.github.nettyping.probe.ProbeOutcome;

/**
 * What became of the targets in a cell, by the names the results have. The colours of those that are not alive stay apart
 * from each other and from those of round trips for people who see no red or no green as well.
 */
public enum CellState {
    /** Answered; its colour is that of the round trip. */
    ALIVE("alive", 0, 0),
    TIMEOUT("timeout", 0x14171c, 0x06080b),
    UNREACHABLE("unreachable", 0xe65c00, 0xe65c00),
    TTL_EXCEEDED("ttl_exceeded", 0xf7a8ff, 0xf7a8ff),
    /** Any other ICMP error. */
    ICMP_ERROR("icmp_error", 0xc2185b, 0xc2185b),
    /** The kernel refused the packet. */
    SEND_FAILED("send_failed", 0x7c3aed, 0x7c3aed),
    /** This host dropped what it received. */
    DROPPED_LOCALLY("dropped_locally", 0x8a0a1e, 0x8a0a1e),
    /** A target without a verdict: the sweep was stopped, or left it to another. */
    NO_VERDICT("no verdict", 0xb0b8c6, 0xdfe6f0),
    /** No target. */
    NOT_ASKED("not asked", 0xe6e9ef, 0x2a313d);

    /** How many of them are verdicts: the first ones. */
    static final int VERDICTS = 7;

    private final String text;
    private final int light;
    private final int dark;

    CellState(String text, int light, int dark) {
        this.text = text;
        this.light = light;
        this.dark = dark;
    }

    public static CellState of(ProbeOutcome.Kind kind) {
        return switch (kind) {
            case REPLIED -> ALIVE;
            case TIMED_OUT -> TIMEOUT;
            case UNREACHABLE -> UNREACHABLE;
            case TIME_EXCEEDED -> TTL_EXCEEDED;
            case OTHER_ICMP_ERROR -> ICMP_ERROR;
            case NOT_SENT -> SEND_FAILED;
            case DROPPED_LOCALLY -> DROPPED_LOCALLY;
        };
    }

    /** Returns its place among the states, on which the bytes of a page count. */
    @SuppressWarnings("EnumOrdinal")
    int index() {
        return ordinal();
    }

    boolean isVerdict() {
        return index() < VERDICTS;
    }

    public String text() {
        return text;
    }

    /** Returns its colour on a light page and in files, as 0xrrggbb. */
    public int light() {
        return light;
    }

    /** Returns its colour on a dark page, as 0xrrggbb. */
    public int dark() {
        return dark;
    }
}
