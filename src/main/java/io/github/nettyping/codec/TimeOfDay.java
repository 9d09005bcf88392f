package io.github.nettyping.codec;

import io.github.nettyping.internal.Ranges;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.OptionalInt;

/**
 * A time as ICMP timestamps and the timestamp option of IP hold it: milliseconds since midnight UT, or, with the highest
 * bit set, any number the node could give. Immutable.
 *
 * @param bits the 32 bits of the field
 * @see <a href="https://www.rfc-editor.org/rfc/rfc792#page-16">RFC 792, Timestamp or Timestamp Reply Message</a>,
 *     <a href="https://www.rfc-editor.org/rfc/rfc791#page-22">RFC 791, Internet Timestamp</a>
 */
public record TimeOfDay(int bits) {

    private static final int MILLIS_PER_DAY = 86_400_000;
    private static final int NON_STANDARD = 1 << 31;
    private static final int NANOS_PER_MILLI = 1_000_000;

    /**
     * {@return a standard time}
     *
     * @param millis since midnight UT, 0 to 86,399,999
     * @throws IllegalArgumentException if the number is out of range
     */
    public static TimeOfDay ofMillis(int millis) {
        Ranges.require("millis", millis, 0, MILLIS_PER_DAY - 1);
        return new TimeOfDay(millis);
    }

    /**
     * {@return the time of day of a moment in UT, in whole milliseconds}
     *
     * @param moment any moment
     */
    public static TimeOfDay of(Instant moment) {
        return new TimeOfDay(moment.atOffset(ZoneOffset.UTC).get(ChronoField.MILLI_OF_DAY));
    }

    /**
     * {@return a number that is no standard time: the value with the highest bit set}
     *
     * @param value 0 to 2<sup>31</sup>-1
     * @throws IllegalArgumentException if the number is out of range
     */
    public static TimeOfDay nonStandard(int value) {
        Ranges.require("value", value, 0, Integer.MAX_VALUE);
        return new TimeOfDay(value | NON_STANDARD);
    }

    /** {@return whether the sender claims that these are milliseconds since midnight UT: the highest bit is clear} */
    public boolean isStandard() {
        return bits >= 0;
    }

    /**
     * Returns the milliseconds since midnight UT.
     *
     * @return 0 to 86,399,999; empty if this is no standard time, or more than a day, as from nodes that write the
     *     bytes in another order
     */
    public OptionalInt millis() {
        return isStandard() && bits < MILLIS_PER_DAY ? OptionalInt.of(bits) : OptionalInt.empty();
    }

    /** Returns the time, such as {@code 23:59:59.999}, or the number in hexadecimal if there is none. */
    @Override
    public String toString() {
        return millis().isPresent()
                ? LocalTime.ofNanoOfDay((long) bits * NANOS_PER_MILLI).toString()
                : "0x" + Integer.toHexString(bits);
    }
}
