package io.github.nettyping.cli.sweep;

import io.github.nettyping.cli.format.AddressText;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.target.Shard;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a sweep would do, for people: a few lines. Stateless. */
final class ForecastText {

    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = 3_600;
    private static final int SECONDS_PER_DAY = 86_400;

    private ForecastText() {}

    /** Returns the lines, each with its end. */
    static String of(Forecast forecast) {
        List<String> lines = new ArrayList<>();
        lines.add("count " + forecast.sequence().count());
        lines.add("first " + address(forecast.first()));
        lines.add("last " + address(forecast.last()));
        lines.add("order " + order(forecast));
        if (!forecast.order().shard().equals(Shard.WHOLE)) {
            lines.add("part " + forecast.order().shard() + " of "
                    + forecast.sequence().targets().count() + " targets");
        }
        lines.add("expected duration " + duration(forecast.shortestSeconds()) + " to "
                + duration(forecast.longestSeconds()));
        lines.add(
                "  the shorter one if each target answers its first probe, the longer one if none answers: then each gets "
                        + forecast.probesEach() + (forecast.probesEach() == 1 ? " probe" : " probes") + ", and "
                        + duration(forecast.waitSeconds()) + " to do so");
        lines.add("  at " + forecast.rate() + " probes per second"
                + (forecast.isRateGiven() ? "" : ", which --rate can change")
                + ", of which at most "
                + forecast.options().maxInFlight() + " wait at once, or as many as the receive buffer has room for");
        return String.join("\n", lines) + "\n";
    }

    private static String address(Optional<IpAddress> address) {
        return address.map(AddressText::of).orElse("none");
    }

    private static String order(Forecast forecast) {
        return forecast.order().seed().isPresent()
                ? "random, seed " + forecast.order().seed().getAsLong()
                : "sequential";
    }

    /** Returns a time as people say it: to the millisecond below a minute, then in whole seconds, in the two largest units. */
    static String duration(BigDecimal seconds) {
        if (seconds.compareTo(BigDecimal.valueOf(SECONDS_PER_MINUTE)) < 0) {
            return seconds.setScale(3, RoundingMode.HALF_UP) + " s";
        }
        BigInteger whole = seconds.setScale(0, RoundingMode.HALF_UP).toBigInteger();
        if (whole.compareTo(BigInteger.valueOf(SECONDS_PER_HOUR)) < 0) {
            return units(whole, SECONDS_PER_MINUTE, "min", 1, "s");
        }
        if (whole.compareTo(BigInteger.valueOf(SECONDS_PER_DAY)) < 0) {
            return units(whole, SECONDS_PER_HOUR, "h", SECONDS_PER_MINUTE, "min");
        }
        return units(whole, SECONDS_PER_DAY, "d", SECONDS_PER_HOUR, "h");
    }

    private static String units(BigInteger seconds, int large, String largeName, int small, String smallName) {
        BigInteger[] parts = seconds.divideAndRemainder(BigInteger.valueOf(large));
        return parts[0] + " " + largeName + ' ' + parts[1].intValue() / small + ' ' + smallName;
    }
}
