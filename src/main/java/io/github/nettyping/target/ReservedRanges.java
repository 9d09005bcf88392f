package io.github.nettyping.target;

import io.github.nettyping.packet.IpAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The address space that is set aside: IANA's registries of IPv4 and IPv6 special-purpose addresses as of
 * {@link #registryDate()}, and multicast, which they leave to others. A copy comes with this library; nothing is fetched.
 * Safe for use by many threads.
 *
 * <p>Set aside does not mean unreachable: {@link ReservedRange#reach()} tells. Of several prefixes around an address,
 * the longest one that says something counts. So {@code 192.0.0.9} is reachable, although {@code 192.0.0.0/24} around
 * it is not.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6890">RFC 6890</a>, RFC 8190
 */
public final class ReservedRanges {

    private static final String FILE = "reserved-ranges.tsv";
    private static final String DATE = "# registry-date: ";
    private static final InterfaceLookup NO_INTERFACES = name -> OptionalInt.empty();

    /**
     * Read when first asked for. Not by the initializer of a class: if the file cannot be opened now, because too many are
     * open, the next one to ask tries again.
     */
    private static volatile @Nullable ReservedRanges shipped;

    private final LocalDate date;
    private final List<ReservedRange> ranges;

    private ReservedRanges(LocalDate date, List<ReservedRange> ranges) {
        this.date = date;
        this.ranges = List.copyOf(ranges);
    }

    /**
     * {@return all ranges, also those that are reachable from everywhere} Shorter prefixes before longer ones; some lie
     * within others. Unmodifiable.
     */
    public static List<ReservedRange> all() {
        return shipped().ranges;
    }

    /**
     * Returns the date of the registries that were copied.
     *
     * @return the date of their last change before the copy
     */
    public static LocalDate registryDate() {
        return shipped().date;
    }

    /**
     * {@return what is known of an address: the longest prefix that has it; empty for an ordinary address}
     *
     * @param address any address, of any link
     */
    public static Optional<ReservedRange> find(IpAddress address) {
        ReservedRange longest = null;
        for (ReservedRange range : all()) {
            if (range.contains(address)) {
                longest = range;
            }
        }
        return Optional.ofNullable(longest);
    }

    /** Adds those that are not reachable from everywhere. */
    static void excludeFrom(RangeCollector excludes) {
        RangeCollector reserved = new RangeCollector(NO_INTERFACES);
        // From the widest to the narrowest, so that the last one that says something has the last word.
        for (ReservedRange range : all()) {
            RangeCollector changed = new RangeCollector(NO_INTERFACES);
            changed.add(range.first(), range.last());
            switch (range.reach()) {
                case NOT_GLOBAL -> reserved.add(changed);
                case GLOBAL -> reserved = reserved.without(changed);
                case NOT_SAID -> {
                    // That of a wider prefix counts.
                }
            }
        }
        excludes.add(reserved);
    }

    private static ReservedRanges shipped() {
        ReservedRanges ranges = shipped;
        if (ranges == null) {
            ranges = load();
            shipped = ranges;
        }
        return ranges;
    }

    private static ReservedRanges load() {
        try (InputStream stream = ReservedRanges.class.getResourceAsStream(FILE)) {
            if (stream == null) {
                throw new IOException("no such resource beside " + ReservedRanges.class);
            }
            return read(new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + ": " + e.getMessage(), e);
        }
    }

    private static ReservedRanges read(BufferedReader lines) throws IOException {
        Optional<LocalDate> date = Optional.empty();
        List<ReservedRange> ranges = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(DATE)) {
                date = Optional.of(LocalDate.parse(line.substring(DATE.length())));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                ranges.add(range(line));
            }
        }
        ranges.sort(Comparator.comparingInt(ReservedRange::length));
        return new ReservedRanges(date.orElseThrow(() -> new IOException("no line " + DATE)), ranges);
    }

    private static ReservedRange range(String line) throws IOException {
        String[] columns = line.split("\t", -1);
        if (columns.length != 4) {
            throw new IOException("not four columns: " + line);
        }
        ReservedRange.Reach reach =
                switch (columns[1]) {
                    case "yes" -> ReservedRange.Reach.GLOBAL;
                    case "no" -> ReservedRange.Reach.NOT_GLOBAL;
                    case "-" -> ReservedRange.Reach.NOT_SAID;
                    default -> throw new IOException("neither yes, no nor -: " + line);
                };
        String prefix = columns[0];
        int length = Integer.parseInt(prefix.substring(prefix.indexOf('/') + 1));
        // Not a set, because that would count its addresses.
        RangeCollector one = new RangeCollector(NO_INTERFACES);
        one.parseExcluded(prefix);
        Ipv6Columns row = one.ipv6.slice().ranges();
        boolean ipv4 = one.ipv6.isEmpty();
        IpAddress first = ipv4 ? one.ipv4().range(0).first() : new IpAddress(row.firstHigh[0], row.firstLow[0], 0);
        IpAddress last = ipv4 ? one.ipv4().range(0).last() : new IpAddress(row.lastHigh[0], row.lastLow[0], 0);
        return new ReservedRange(prefix, length, first, last, reach, columns[2], columns[3]);
    }
}
