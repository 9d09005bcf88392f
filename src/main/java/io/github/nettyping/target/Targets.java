package io.github.nettyping.target;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A set of addresses, each once, with a number from 0 in order: IPv4 before IPv6, addresses without a scope before
 * those of a link, links by index, then ascending. Immutable.
 *
 * <p>Held as ranges: memory grows with the number of separate ranges, 16 bytes for IPv4 and 44 for IPv6, never with
 * the number of addresses.
 *
 * <pre>{@code
 * Targets targets = Targets.parse("192.0.2.0/24", "10.0-3.1,5.1-254", "2001:db8::/120", "fe80::1%eth0");
 * TargetCursor cursor = targets.cursor();
 * for (long i = 0; i < targets.count(); i++) {
 *     cursor.moveTo(i);
 *     send(cursor.high(), cursor.low(), cursor.scopeId());
 * }
 * }</pre>
 *
 * <table class="striped">
 * <caption>Words</caption>
 * <thead><tr><th scope="col">word</th><th scope="col">addresses</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">{@code 192.0.2.7}, {@code 2001:db8::7}</th><td>one</td></tr>
 * <tr><th scope="row">{@code 192.0.2.0/24}</th><td>the prefix around the address; without network and broadcast
 * address up to /30, unless {@link Builder#allAddresses}</td></tr>
 * <tr><th scope="row">{@code 2001:db8::/120}</th><td>the prefix around the address, all of it</td></tr>
 * <tr><th scope="row">{@code 192.0.2.10-192.0.2.99}, {@code 2001:db8::1-2001:db8::ff}</th><td>both ends and what lies
 * between</td></tr>
 * <tr><th scope="row">{@code 192.0.2.10-99}, {@code 10.0-3.1,5.1-254}</th><td>every combination of the values listed
 * for the four octets</td></tr>
 * <tr><th scope="row">{@code fe80::1%eth0}, {@code fe80::1%2}, {@code fe80::%eth0/120}</th><td>the same on the link of
 * that interface; only for link-local addresses</td></tr>
 * </tbody></table>
 *
 * <p>An address that one word leaves out is in the set if another word names it. What {@link Builder#exclude} names is
 * never in the set. {@code ::ffff:a.b.c.d} is refused, and so are host names, unless {@link Builder#hostNames} collects
 * them: nothing here asks a resolver.
 */
public final class Targets {

    private final Ipv4Intervals ipv4;
    private final Ipv6Intervals ipv6;

    private Targets(Ipv4Intervals ipv4, Ipv6Intervals ipv6) {
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
    }

    /**
     * {@return the set that words name: their union}
     *
     * @param words targets as in the table above, in any order
     * @throws TargetSyntaxException if one is malformed
     * @throws IllegalArgumentException if they fall into more than 16,777,216 separate ranges
     */
    public static Targets parse(String... words) {
        Builder builder = builder();
        for (String word : words) {
            builder.add(word);
        }
        return builder.build();
    }

    /** {@return a new builder of an empty set} */
    public static Builder builder() {
        return new Builder(InterfaceLookup.ofSystem());
    }

    /** {@return the number of addresses} */
    public long count() {
        return ipv4.count() + ipv6.count();
    }

    /** {@return which families occur; unmodifiable} */
    public Set<IpFamily> families() {
        EnumSet<IpFamily> families = EnumSet.noneOf(IpFamily.class);
        if (ipv4.count() > 0) {
            families.add(IpFamily.IPV4);
        }
        if (ipv6.count() > 0) {
            families.add(IpFamily.IPV6);
        }
        return Collections.unmodifiableSet(families);
    }

    /**
     * {@return one address; takes time with the logarithm of the number of ranges}
     *
     * @param index its number, 0 to {@code count() - 1}
     * @throws IndexOutOfBoundsException if there is no such address
     */
    public IpAddress get(long index) {
        TargetCursor cursor = cursor();
        cursor.moveTo(index);
        return cursor.address();
    }

    /**
     * {@return whether an address is in the set, its scope included}
     *
     * @param address any address
     */
    public boolean contains(IpAddress address) {
        return indexOf(address).isPresent();
    }

    /**
     * {@return the number of an address, the inverse of {@link #get}; empty if the set does not have it, its scope
     * included} Takes time with the logarithm of the number of ranges.
     *
     * @param address any address
     */
    public OptionalLong indexOf(IpAddress address) {
        if (address.family() == IpFamily.IPV4) {
            return ipv4.indexOf(address);
        }
        OptionalLong index = ipv6.indexOf(address);
        return index.isPresent() ? OptionalLong.of(ipv4.count() + index.getAsLong()) : index;
    }

    /**
     * {@return a new set of what is in this one and not in another, with numbers of its own} Takes time linear in the
     * number of ranges of both.
     *
     * <p>In the other set, an IPv6 address without a scope stands for that address on every link, and one with a scope
     * for the one on that link: {@code fe80::1} takes {@code fe80::1%eth0} away, {@code fe80::1%eth0} neither
     * {@code fe80::1%eth1} nor {@code fe80::1}.
     *
     * @param others what is taken away
     * @throws IllegalArgumentException if what is left falls into more than 16,777,216 separate ranges
     */
    public Targets without(Targets others) {
        Ipv6Intervals.Builder rest = new Ipv6Intervals.Builder();
        ipv6.slice().without(others.ipv6.slice(), rest);
        return new Targets(ipv4.without(others.ipv4, Long.MAX_VALUE), rest.build(Long.MAX_VALUE));
    }

    /**
     * Returns what is in this set and also in another: what {@link #without} takes away, in the same time. An address
     * of the other set without a scope stands for every link, so it matters which of two sets is asked.
     *
     * @param others what is kept
     * @return a new set, with numbers of its own
     * @throws IllegalArgumentException if it falls into more than 16,777,216 separate ranges
     */
    public Targets intersection(Targets others) {
        Ipv6Intervals.Builder common = new Ipv6Intervals.Builder();
        ipv6.slice().intersection(others.ipv6.slice(), common);
        return new Targets(ipv4.intersection(others.ipv4), common.build(Long.MAX_VALUE));
    }

    /**
     * Returns a way to walk the set without an object for each address.
     *
     * @return a new cursor, which must be moved first
     */
    public TargetCursor cursor() {
        return new TargetCursor(ipv4, ipv6);
    }

    /**
     * Returns the ranges that hold the set: as few as possible, in the order of their addresses' numbers. So the count
     * of addresses before a range is the number of its first address.
     *
     * @return a new stream, which makes each range when it gets there
     */
    public Stream<AddressRange> ranges() {
        return Stream.concat(
                IntStream.range(0, ipv4.size()).mapToObj(ipv4::range),
                IntStream.range(0, ipv6.size()).mapToObj(ipv6::range));
    }

    /** Returns the number of ranges the set is held in. */
    int intervals() {
        return ipv4.size() + ipv6.size();
    }

    /** Returns the number of addresses and ranges. */
    @Override
    public String toString() {
        return "Targets[" + count() + " addresses in " + intervals() + " ranges]";
    }

    /**
     * Collects targets. Confined to one thread.
     *
     * <p>Set options before adding targets: a word is read at once, with the options set by then. When the targets, or what is
     * excluded, fall into more than 16,777,216 separate ranges, the method called throws an
     * {@link IllegalArgumentException}.
     */
    public static final class Builder {

        private final RangeCollector targets;
        private final RangeCollector excludes;
        private boolean allAddresses;
        private boolean limited;
        private long limit = Long.MAX_VALUE;
        private boolean started;

        Builder(InterfaceLookup interfaces) {
            this.targets = new RangeCollector(interfaces);
            this.excludes = new RangeCollector(interfaces);
        }

        /**
         * Sets whether IPv4 prefixes up to /30 include their network and broadcast address.
         *
         * @param newAllAddresses {@code false} unless set
         * @return this
         * @throws IllegalStateException if a target has been added
         */
        public Builder allAddresses(boolean newAllAddresses) {
            checkNotStarted();
            allAddresses = newAllAddresses;
            return this;
        }

        /**
         * Collects host names instead of refusing them. The caller resolves them, never on an event loop, and adds the
         * addresses.
         *
         * <p>A host name is a word that {@link TargetWord} calls one, of letters and digits of every script, dashes,
         * underscores and dots, at most 253 characters long, 63 between dots. Nothing checks whether it exists.
         *
         * @param newHostNames takes each name as typed, at once, in the order of adding; what it throws comes out of the
         *                     method that adds
         * @return this
         * @throws IllegalStateException if a target has been added
         */
        public Builder hostNames(Consumer<String> newHostNames) {
            checkNotStarted();
            targets.hostNames(Objects.requireNonNull(newHostNames, "newHostNames"));
            return this;
        }

        /**
         * Keeps only the first addresses of the whole set, in its order. IPv6 prefixes and ranges may then have any
         * size; without a limit, 2^32 addresses each.
         *
         * @param addresses how many to keep, at least 1; {@link Long#MAX_VALUE} keeps all that can be counted
         * @return this
         * @throws IllegalArgumentException if {@code addresses} is less than 1
         * @throws IllegalStateException if a target has been added
         */
        public Builder limit(long addresses) {
            if (addresses < 1) {
                throw new IllegalArgumentException("addresses: " + addresses + " (expected: >= 1)");
            }
            checkNotStarted();
            limited = true;
            limit = addresses;
            return this;
        }

        private void checkNotStarted() {
            if (started) {
                throw new IllegalStateException("options must be set before the first target is added");
            }
        }

        /**
         * Adds what a word names.
         *
         * @param word a target as in the table of {@link Targets}, or, given {@link #hostNames}, a host name
         * @return this
         * @throws TargetSyntaxException if it is malformed; nothing is added then
         */
        public Builder add(String word) {
            Objects.requireNonNull(word, "word");
            started = true;
            targets.parse(word, allAddresses, limited);
            return this;
        }

        /**
         * Adds one address, such as one a name was resolved to.
         *
         * @param address any address
         * @return this
         */
        public Builder add(IpAddress address) {
            started = true;
            targets.add(address, address);
            return this;
        }

        /**
         * Adds the addresses of a range, whatever their number.
         *
         * @param range any range
         * @return this
         */
        public Builder add(AddressRange range) {
            started = true;
            targets.add(range.first(), range.last());
            return this;
        }

        /**
         * Adds all addresses of another set.
         *
         * @param others any set
         * @return this
         */
        public Builder add(Targets others) {
            started = true;
            targets.ipv4.add(others.ipv4);
            targets.ipv6.add(others.ipv6.slice());
            return this;
        }

        /**
         * Adds what the lines of a UTF-8 file name: the first word of each counts, {@code #} begins a comment, blank
         * lines are skipped.
         *
         * @param file any readable file
         * @return this
         * @throws IOException if it cannot be read
         * @throws TargetSyntaxException if a line is malformed, naming file and line; the lines before it are added
         */
        public Builder addFile(Path file) throws IOException {
            TargetFile.read(file, this::add);
            return this;
        }

        /**
         * Adds what the lines of a stream name, as {@link #addFile} does. Reads to the end, does not close.
         *
         * @param lines  the stream
         * @param source its name in messages, such as {@code standard input}
         * @return this
         * @throws IOException if it cannot be read
         * @throws TargetSyntaxException if a line is malformed, naming source and line; the lines before it are added
         */
        public Builder addLines(Reader lines, String source) throws IOException {
            TargetFile.read(lines, source, this::add);
            return this;
        }

        /**
         * Collects the host names among excludes instead of refusing them. The caller resolves them and excludes the
         * addresses.
         *
         * @param newHostNames takes each name as typed, as that of {@link #hostNames}
         * @return this
         */
        public Builder excludedHostNames(Consumer<String> newHostNames) {
            excludes.hostNames(Objects.requireNonNull(newHostNames, "newHostNames"));
            return this;
        }

        /**
         * Leaves out what a word names, whatever else names it and whether that is added before or after. A prefix means all of
         * its addresses, network and broadcast address included, and may be of any size, as may an IPv6 range. An IPv6
         * address without a scope is left out on every link, see {@link Targets#without}.
         *
         * @param word as in the table of {@link Targets}, or, given {@link #excludedHostNames}, a host name
         * @return this
         * @throws TargetSyntaxException if it is malformed; nothing is excluded then
         */
        public Builder exclude(String word) {
            excludes.parseExcluded(Objects.requireNonNull(word, "word"));
            return this;
        }

        /**
         * Leaves out one address, such as one a name was resolved to.
         *
         * @param address any address; one without a scope is left out on every link
         * @return this
         */
        public Builder exclude(IpAddress address) {
            excludes.add(address, address);
            return this;
        }

        /**
         * Leaves out what the lines of a file name, which is read as by {@link #addFile}.
         *
         * @param file any readable file
         * @return this
         * @throws IOException if it cannot be read
         * @throws TargetSyntaxException if a line is malformed, naming file and line
         */
        public Builder excludeFile(Path file) throws IOException {
            TargetFile.read(file, this::exclude);
            return this;
        }

        /**
         * Leaves out what the lines of a stream name, which is read as by {@link #addLines}.
         *
         * @param lines  the stream
         * @param source its name in messages, such as {@code standard input}
         * @return this
         * @throws IOException if it cannot be read
         * @throws TargetSyntaxException if a line is malformed, naming source and line
         */
        public Builder excludeLines(Reader lines, String source) throws IOException {
            TargetFile.read(lines, source, this::exclude);
            return this;
        }

        /**
         * Leaves out the addresses that are not reachable all over the internet, by {@link ReservedRanges}: private networks
         * ({@code 10.0.0.0/8}, {@code 192.168.0.0/16}, {@code fc00::/7}), loopback, link-local, documentation, multicast,
         * {@code 240.0.0.0/4} and others.
         *
         * @return this
         */
        public Builder excludeReserved() {
            ReservedRanges.excludeFrom(excludes);
            return this;
        }

        /**
         * Returns the set of all that was added, without what was excluded; the builder can be used further. A
         * {@linkplain #limit limit} counts what is left.
         *
         * @return a new set
         */
        public Targets build() {
            RangeCollector left = excludes.isEmpty() ? targets : targets.without(excludes);
            Ipv4Intervals four = left.ipv4.build(limit);
            return new Targets(four, left.ipv6.build(limit - four.count()));
        }
    }
}
