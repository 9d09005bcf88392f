package io.github.nettyping.cli.ping;

import io.github.nettyping.cli.format.AddressText;
import io.github.nettyping.cli.output.UnusableException;
import io.github.nettyping.cli.target.Excludes;
import io.github.nettyping.cli.target.NameLookup;
import io.github.nettyping.cli.target.TargetArguments;
import io.github.nettyping.cli.target.TargetFiles;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.target.TargetWord;
import io.github.nettyping.target.Targets;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Hosts as typed, in the order of typing. Immutable.
 *
 * @param words         names and single addresses; prefixes and ranges have become these
 * @param asked         an empty set that leaves out who is excluded, but for {@code excludedNames}
 * @param excludedNames host names whose addresses are left out, too
 * @param allIps        whether a name stands for all of its addresses
 */
record PingTargets(List<String> words, Targets.Builder asked, Set<String> excludedNames, boolean allIps) {

    /** Each is asked again and again, and remembered with all its round trips. */
    static final int MOST = 16_384;

    /**
     * Reads words and the lines of files.
     *
     * @throws IllegalArgumentException if something cannot be used, saying what and what was expected
     */
    static PingTargets read(TargetArguments named, PingPacketSettings packets, InputStream standardInput) {
        List<String> words = named.words();
        List<String> files = named.files();
        Excludes excludes = named.selection().excludes();
        if (words.isEmpty() && files.isEmpty()) {
            throw new IllegalArgumentException("no host; name one, such as 192.0.2.7 or host.example");
        }
        excludes.requireOneReader(files);
        Reader reader = new Reader(named.allAddresses(), packets);
        words.forEach(reader::add);
        for (String file : files) {
            TargetFiles.read("--targets", file, standardInput, reader::add);
        }
        if (reader.words.isEmpty()) {
            throw new IllegalArgumentException("no host in " + String.join(", ", files) + "; expected one a line");
        }
        Set<String> excludedNames = new LinkedHashSet<>();
        Targets.Builder asked = Targets.builder().excludedHostNames(excludedNames::add);
        excludes.applyTo(asked, standardInput);
        return new PingTargets(
                List.copyOf(reader.words),
                asked,
                excludedNames,
                named.selection().allIps());
    }

    private static final class Reader {

        private final boolean allAddresses;
        private final PingPacketSettings packets;
        private final Set<String> words = new LinkedHashSet<>();

        Reader(boolean allAddresses, PingPacketSettings packets) {
            this.allAddresses = allAddresses;
            this.packets = packets;
        }

        void add(String word) {
            if (isSet(word)) {
                Targets set = Targets.builder()
                        .allAddresses(allAddresses)
                        // However many: that is told here.
                        .limit(Long.MAX_VALUE)
                        .add(word)
                        .build();
                requireRoom(set.count(), word);
                for (long i = 0; i < set.count(); i++) {
                    words.add(AddressText.of(set.get(i)));
                }
            } else {
                PingHosts.check(packets.scoped(word));
                words.add(word);
            }
            requireRoom(0, word);
        }

        private void requireRoom(long more, String word) {
            if (more > MOST || words.size() + more > MOST) {
                throw new IllegalArgumentException(
                        "too many hosts with \"" + word + "\": ping asks each again and again," + " and at most " + MOST
                                + "; sweep asks any number once");
            }
        }
    }

    /** Tells whether a word means several addresses, or might. */
    private static boolean isSet(String word) {
        return TargetWord.of(word) != TargetWord.NAME
                // In front of the scope: the name of an interface may hold anything.
                && word.split("%", 2)[0].chars().anyMatch(c -> c == '-' || c == ',' || c == '/');
    }

    /**
     * Leaves out those hosts that are excluded.
     *
     * @throws UnusableException if an excluded name is not found, or nobody is left
     */
    List<PingHost> without(List<PingHost> hosts, NameLookup names) {
        Map<String, CompletableFuture<List<InetAddress>>> pending = new LinkedHashMap<>();
        excludedNames.forEach(name -> pending.put(name, names.addressesOfBothFamilies(name)));
        pending.values().forEach(found -> addresses(found).forEach(address -> asked.exclude(IpAddress.of(address))));
        hosts.forEach(host -> asked.add(host.address()));
        Targets rest = asked.build();
        List<PingHost> left = new ArrayList<>(hosts);
        left.removeIf(host -> !rest.contains(host.address()));
        if (left.isEmpty() && !hosts.isEmpty()) {
            throw new UnusableException("no host left: all of them are excluded");
        }
        return left;
    }

    private static List<InetAddress> addresses(CompletableFuture<List<InetAddress>> found) {
        try {
            return found.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) {
                // To go on would be to ask whom nobody wanted asked.
                throw new UnusableException("excluded name " + unknown.getMessage()
                        + "; nothing is asked, since its addresses cannot be left out");
            }
            throw e;
        }
    }
}
