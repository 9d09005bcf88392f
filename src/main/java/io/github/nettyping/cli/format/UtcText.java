package io.github.nettyping.cli.format;

import java.time.Instant;

/**
 * Points in time as {@code 2026-01-01T00:00:00.000000001Z}: ISO 8601, UTC, always nine digits. Garbage only once for
 * each second told. Confined to one thread.
 */
public final class UtcText {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private long second = Long.MIN_VALUE;
    private String prefix = "";

    public static String of(Instant time) {
        StringBuilder text = new StringBuilder();
        new UtcText().append(text, time.getEpochSecond(), time.getNano());
        return text.toString();
    }

    /** Appends a time given in nanoseconds since 1970. */
    void append(StringBuilder out, long epochNanos) {
        append(out, Math.floorDiv(epochNanos, NANOS_PER_SECOND), Math.floorMod(epochNanos, NANOS_PER_SECOND));
    }

    private void append(StringBuilder out, long epochSecond, long nanos) {
        if (epochSecond != second) {
            second = epochSecond;
            // Of a whole second Instant writes 2026-01-01T00:00:00Z.
            String whole = Instant.ofEpochSecond(epochSecond).toString();
            prefix = whole.substring(0, whole.length() - 1);
        }
        out.append(prefix).append('.');
        Numbers.appendPadded(out, nanos, 9);
        out.append('Z');
    }
}
