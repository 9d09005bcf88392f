package io.github.nettyping.cli.picture;

import io.github.nettyping.probe.ProbeOutcome;
import java.util.List;

/**
 * What became of the targets in a cell, by the names the results have. The colours of those that are not alive stay apart
 * from each other and from those of round trips for people who see no red or no green as well.
 */
public enum CellState {
    /** Answered; its colour is that of the round trip. */
    ALIVE(0, "alive", 0, 0),
    TIMEOUT(1, "timeout", 0x14171c, 0x06080b),
    UNREACHABLE(2, "unreachable", 0xe65c00, 0xe65c00),
    TTL_EXCEEDED(3, "ttl_exceeded", 0xf7a8ff, 0xf7a8ff),
    /** Any other ICMP error. */
    ICMP_ERROR(4, "icmp_error", 0xc2185b, 0xc2185b),
    /** The kernel refused the packet. */
    SEND_FAILED(5, "send_failed", 0x7c3aed, 0x7c3aed),
    /** This host dropped what it received. */
    DROPPED_LOCALLY(6, "dropped_locally", 0x8a0a1e, 0x8a0a1e),
    /** A target without a verdict: the sweep was stopped, or left it to another. */
    NO_VERDICT(7, "no verdict", 0xb0b8c6, 0xdfe6f0),
    /** No target. */
    NOT_ASKED(8, "not asked", 0xe6e9ef, 0x2a313d);

    /** How many of them are verdicts: the first ones. */
    static final int VERDICTS = 7;

    private static final List<CellState> ORDER = List.of(values());

    /** The bytes of a page count on it. */
    private final int index;

    private final String text;
    private final int light;
    private final int dark;

    CellState(int index, String text, int light, int dark) {
        this.index = index;
        this.text = text;
        this.light = light;
        this.dark = dark;
    }

    /** Returns what a result means to its cell. */
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

    /** Returns the verdict with a number, 0 to {@link #VERDICTS} - 1. */
    static CellState verdict(int index) {
        return ORDER.get(index);
    }

    int index() {
        return index;
    }

    boolean isVerdict() {
        return this != NO_VERDICT && this != NOT_ASKED;
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
