package io.github.nettyping.cli.fping;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of one command line and checks them, in fping's order and words. Confined to one thread. */
final class FpingOptionsReader {

    /** What this stands in for. */
    static final String VERSION = "5.5";

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    /** Far beyond any run, and small enough to be added up. */
    private static final long LONGEST_NANOS = Long.MAX_VALUE / 8;

    private static final long SHORTEST_PERIOD_NANOS = 1_000;
    private static final long LONGEST_DEFAULT_TIMEOUT_NANOS = 2_000_000_000L;
    private static final int TIMESTAMP_PAYLOAD_BYTES = 12;
    private static final float SMALLEST_BACKOFF = 1.0f;
    private static final float LARGEST_BACKOFF = 5.0f;

    private final FpingArguments arguments;
    private final FpingOptions options;
    private boolean sizeGiven;
    private boolean timeoutGiven;

    private FpingOptionsReader(String program, List<String> words) {
        this.arguments = new FpingArguments(program, words);
        this.options = new FpingOptions(program);
    }

    /**
     * Reads a command line.
     *
     * @param program the name it was called by, {@code fping6} for IPv6 only
     * @throws FpingExit if the program ends here: for help, or because it cannot go on
     */
    static FpingOptions read(String program, List<String> words) {
        FpingOptionsReader reader = new FpingOptionsReader(program, words);
        if (program.contains("fping6")) {
            reader.options.family = Optional.of(IpFamily.IPV6);
        }
        for (FpingOption option = reader.arguments.next(); option != null; option = reader.arguments.next()) {
            reader.take(option);
        }
        reader.options.words = reader.arguments.words();
        reader.check();
        reader.derive();
        return reader.options;
    }

    private void take(FpingOption option) {
        switch (option) {
            case IPV4 -> family(IpFamily.IPV4, "can't specify both -4 and -6");
            case IPV6 -> family(IpFamily.IPV6, "can't specify both -4 and -6");
            case SIZE -> {
                options.payloadBytes = (int) Math.min(number(), Integer.MAX_VALUE);
                sizeGiven = true;
            }
            case BACKOFF -> options.backoff = (float) decimal();
            case COUNT -> count();
            case VCOUNT -> {
                count();
                options.everyRoundTrip = true;
            }
            case FILE -> options.file = arguments.value();
            case GENERATE -> options.generate = true;
            case TTL -> options.hopLimit = (int) Math.min(positive(), Integer.MAX_VALUE);
            case INTERVAL -> options.intervalNanos = millis();
            case IFACE -> options.interfaceName = existingInterface();
            case OIFACE -> options.outgoingInterface = outgoingInterface();
            case FWMARK -> options.mark = positive();
            case LOOP -> options.looping = true;
            case ALL -> options.allAddresses = true;
            case DONTFRAG -> options.dontFragment = true;
            case TOS -> trafficClass();
            case PERIOD -> options.periodNanos = millis();
            case RETRY -> options.retries = number();
            case RANDOM -> options.randomPayload = true;
            case SRC -> source();
            case SEQMAP_TIMEOUT -> millis();
            case TIMEOUT -> {
                options.timeoutNanos = millis();
                timeoutGiven = true;
            }
            case SELECT_TIME -> {}
            case CHECK_SOURCE -> options.checkSource = true;
            case ICMP_TIMESTAMP -> {
                family(IpFamily.IPV4, "ICMP Timestamp is IPv4 only");
                options.icmpTimestamp = true;
                options.payloadBytes = TIMESTAMP_PAYLOAD_BYTES;
            }
            case REACHABLE -> options.minReachable = positive();
            case FAST_REACHABLE -> {
                options.minReachable = positive();
                options.endWhenReachable = true;
            }
            case HELP -> throw FpingExit.answered(FpingOption.usage(options.program));
            case VERSION -> throw FpingExit.answered(options.program + ": Version " + VERSION + '\n');
            default -> takeOutput(option);
        }
    }

    private void takeOutput(FpingOption option) {
        switch (option) {
            case ALIVE -> options.showAlive = true;
            case ADDR -> options.addressAsName = true;
            case RDNS -> {
                options.nameOfAll = true;
                eitherName();
            }
            case NAME -> {
                options.nameOfAddress = true;
                eitherName();
            }
            case TIMESTAMP -> options.timestamps = true;
            case TIMESTAMP_FORMAT -> options.timeFormat = timeFormat();
            case ELAPSED -> options.showElapsed = true;
            case JSON -> options.json = true;
            case NETDATA -> options.netdata = true;
            case OUTAGE -> options.outage = true;
            case QUIET -> quiet();
            case SQUIET -> {
                quiet();
                report();
            }
            case STATS -> options.statistics = true;
            case UNREACH -> options.showUnreachable = true;
            case PRINT_TOS -> options.printTrafficClass = true;
            case PRINT_TTL -> options.printHopLimit = true;
            case PRINT_REPLY_DST -> options.printReplyDestination = true;
            default -> throw new AssertionError(option);
        }
    }

    // Values.

    private FpingExit wrongValue() {
        return FpingExit.refused(FpingOption.usage(options.program));
    }

    private FpingExit refused(String message) {
        return FpingExit.refused(options.program + ": " + message + '\n');
    }

    private long number() {
        OptionalLong value = FpingNumbers.unsigned(arguments.value(), false);
        return value.orElseThrow(this::wrongValue);
    }

    private long positive() {
        long value = number();
        if (value == 0) {
            throw wrongValue();
        }
        return value;
    }

    private double decimal() {
        OptionalDouble value = FpingNumbers.decimal(arguments.value());
        return value.orElseThrow(this::wrongValue);
    }

    private long millis() {
        return nanos(decimal() * NANOS_PER_MILLI);
    }

    private static long nanos(double value) {
        return Math.min((long) value, LONGEST_NANOS);
    }

    private void family(IpFamily family, String otherwise) {
        if (options.family.isPresent() && options.family.get() != family) {
            throw refused(otherwise);
        }
        options.family = Optional.of(family);
    }

    private void count() {
        options.count = positive();
        options.counting = true;
    }

    private void eitherName() {
        if (options.nameOfAll && options.nameOfAddress) {
            throw refused("use either one of -d or -n");
        }
    }

    private void quiet() {
        options.verbose = false;
        options.quiet = true;
    }

    private void report() {
        String value = arguments.value();
        int comma = value.indexOf(',');
        OptionalDouble seconds = FpingNumbers.decimal(comma < 0 ? value : value.substring(0, comma));
        options.reportNanos = nanos(seconds.orElseThrow(this::wrongValue) * NANOS_PER_SECOND);
        // Any other word is ignored.
        options.cumulative |= comma >= 0 && value.substring(comma + 1).equals("cumulative");
    }

    private void trafficClass() {
        OptionalLong value = FpingNumbers.unsignedLong(arguments.value(), true);
        if (value.isEmpty() || value.getAsLong() < 0 || value.getAsLong() > 255) {
            throw wrongValue();
        }
        options.trafficClass = (int) value.getAsLong();
    }

    private FpingOptions.TimeFormat timeFormat() {
        return switch (arguments.value()) {
            case "ctime" -> FpingOptions.TimeFormat.CTIME;
            case "iso" -> FpingOptions.TimeFormat.ISO;
            case "rfc3339" -> FpingOptions.TimeFormat.RFC3339;
            default -> throw wrongValue();
        };
    }

    private void source() {
        String text = arguments.value();
        Optional<IpAddress> four = NumericAddress.dottedQuad(text);
        Optional<IpAddress> six = four.isPresent() || text.contains("%") ? Optional.empty() : NumericAddress.ipv6(text);
        if (four.isPresent()) {
            options.source4 = four.get();
        } else {
            options.source6 = six.orElseThrow(() -> refused("can't parse source address: " + text));
        }
    }

    private String existingInterface() {
        String name = arguments.value();
        if (!name.isEmpty() && find(name) == null) {
            throw FpingExit.refused("binding to specific interface (SO_BINDTODEVICE): No such device\n");
        }
        return name;
    }

    private int outgoingInterface() {
        NetworkInterface found = find(arguments.value());
        if (found == null) {
            throw refused("unknown interface '" + arguments.value() + '\'');
        }
        return found.getIndex();
    }

    private static @Nullable NetworkInterface find(String name) {
        try {
            return name.isEmpty() ? null : NetworkInterface.getByName(name);
        } catch (SocketException e) {
            return null;
        }
    }

    // All of them together.

    private void check() {
        if (options.hopLimit > 255) {
            throw refused("ttl " + options.hopLimit + " out of range");
        }
        if (options.showUnreachable && options.showAlive) {
            throw refused("specify only one of a, u");
        }
        if (options.outgoingInterface != 0 && options.interfaceName != null) {
            throw refused("specify only --oiface or -I, --iface");
        }
        if (options.counting && options.looping) {
            throw refused("specify only one of c, l");
        }
        if (options.json && !options.repeating()) {
            throw refused("option -J, --json requires -c, -C, or -l");
        }
        if (options.periodNanos < SHORTEST_PERIOD_NANOS && !isRoot()) {
            throw refused("-p must be >= 0.001");
        }
        if (options.payloadBytes > FpingOptions.MAX_PAYLOAD_BYTES) {
            throw refused("data size " + options.payloadBytes + " not valid, must not be larger than "
                    + FpingOptions.MAX_PAYLOAD_BYTES);
        }
        if (options.backoff < SMALLEST_BACKOFF || options.backoff > LARGEST_BACKOFF) {
            throw refused(String.format(
                    Locale.ROOT,
                    "backoff factor %.1f not valid, must be between %.1f and %.1f",
                    options.backoff,
                    SMALLEST_BACKOFF,
                    LARGEST_BACKOFF));
        }
        if (options.icmpTimestamp && sizeGiven) {
            throw refused("cannot change ICMP Timestamp size");
        }
    }

    private static boolean isRoot() {
        try {
            return Objects.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"), 0);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private void derive() {
        if (options.counting) {
            options.perProbe |= options.verbose;
        }
        if (options.looping) {
            options.perProbe |= options.reportNanos == 0;
        }
        if (options.repeating()) {
            options.showAlive = false;
            options.showUnreachable = false;
            options.verbose = false;
            if (!timeoutGiven) {
                options.timeoutNanos = Math.min(options.periodNanos, LONGEST_DEFAULT_TIMEOUT_NANOS);
            }
        }
        if (options.showAlive || options.showUnreachable || options.minReachable > 0) {
            options.verbose = false;
        }
        boolean words = !options.words.isEmpty();
        // Words, a file and a generated list exclude each other, and a list is generated from words.
        boolean fileAndMore = options.file != null && (words || options.generate);
        if (fileAndMore || (options.generate && !words)) {
            throw wrongValue();
        }
    }
}
