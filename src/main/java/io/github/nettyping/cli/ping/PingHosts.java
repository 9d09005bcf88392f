package io.github.nettyping.cli.ping;

import io.github.nettyping.cli.output.Complaints;
import io.github.nettyping.cli.output.ExitCode;
import io.github.nettyping.cli.target.NameLookup;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.target.TargetWord;
import io.github.nettyping.target.Targets;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * Whom the words of a command line mean. Immutable.
 *
 * @param hosts   those found, each address once, in the order of the words
 * @param refusal why the kernel has no route to the host, if only one was asked for. Of several, each probe will tell
 * @param missing the exit code for those that were not found, {@link ExitCode#OK} if there are none
 */
record PingHosts(List<PingHost> hosts, Optional<String> refusal, ExitCode missing) {

    private static final IpAddress ANY = IpAddress.ofIpv4(0);
    private static final IpAddress LOOPBACK = IpAddress.ofIpv4(0x7f00_0001);

    /** What gai_strerror(3) says of EAI_ADDRFAMILY, and so ping(8). */
    private static final String NOT_OF_FAMILY = "Address family for hostname not supported";

    /**
     * Checks that a word is a host name or the address of one host.
     *
     * @throws IllegalArgumentException if not, saying what was expected
     */
    static void check(String word) {
        if (TargetWord.of(word) == TargetWord.NAME) {
            Targets.builder().hostNames(name -> {}).add(word);
            return;
        }
        long addresses = Targets.parse(word).count();
        // In front of the scope: the name of an interface may hold anything.
        boolean set = addresses != 1 || word.split("%", 2)[0].chars().anyMatch(c -> c == '-' || c == ',' || c == '/');
        if (set) {
            throw new IllegalArgumentException('"' + word + "\" is a set of addresses; expected one host");
        }
        if (PingPacketSettings.isGroupWithoutScope(word)) {
            throw new IllegalArgumentException(
                    '"' + word + "\" is link-local; expected with an interface, as in " + word + "%eth0 or by -I eth0");
        }
    }

    static IpAddress literal(String word) {
        return Targets.parse(word).get(0);
    }

    /**
     * Resolves words that have been checked, all at once; says of each that is not found why.
     *
     * @param lookup fails with {@link UnknownHostException}, whose message is for the user
     * @param routes returns the way to an address
     * @param allIps whether a name stands for all of its addresses
     */
    static PingHosts resolve(
            List<String> words,
            Optional<IpFamily> family,
            Function<String, CompletableFuture<List<InetAddress>>> lookup,
            Function<IpAddress, PingRoute> routes,
            boolean allIps,
            PrintWriter err) {
        Map<String, CompletableFuture<List<InetAddress>>> pending = new LinkedHashMap<>();
        for (String word : new LinkedHashSet<>(words)) {
            pending.put(word, lookup.apply(word));
        }
        Map<IpAddress, PingHost> hosts = new LinkedHashMap<>();
        Optional<String> refusal = Optional.empty();
        ExitCode missing = ExitCode.OK;
        for (Map.Entry<String, CompletableFuture<List<InetAddress>>> entry : pending.entrySet()) {
            String word = entry.getKey();
            try {
                List<InetAddress> fitting = of(word, await(entry.getValue()), family);
                for (Choice choice : choose(fitting, routes, allIps)) {
                    PingRoute route = choice.route();
                    // As ping(8), without the program's name.
                    route.warning().ifPresent(err::println);
                    if (route.barred()) {
                        String lead = pending.size() == 1 ? "" : word + ": ";
                        Complaints.print(err, lead + route.refusal().orElseThrow());
                        missing = missing.orWorse(ExitCode.UNRESOLVED);
                    } else {
                        IpAddress host = choice.address();
                        hosts.putIfAbsent(host, new PingHost(word, host, route.source(), route.group()));
                        refusal = pending.size() == 1 && hosts.size() == 1 ? route.refusal() : Optional.empty();
                    }
                }
            } catch (UnknownHostException e) {
                Complaints.print(err, String.valueOf(e.getMessage()));
                missing = missing.orWorse(ExitCode.UNRESOLVED);
            }
        }
        return new PingHosts(List.copyOf(hosts.values()), refusal, missing);
    }

    private static List<InetAddress> await(CompletableFuture<List<InetAddress>> addresses) throws UnknownHostException {
        try {
            return addresses.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw e;
        }
    }

    /** A literal is of its own family, whatever was asked for. */
    private static List<InetAddress> of(String word, List<InetAddress> addresses, Optional<IpFamily> family)
            throws UnknownHostException {
        List<InetAddress> fitting = new ArrayList<>(addresses);
        fitting.removeIf(address -> family.isPresent() && IpFamily.of(address) != family.get());
        if (fitting.isEmpty()) {
            throw new UnknownHostException(word + ": " + NOT_OF_FAMILY);
        }
        return fitting;
    }

    private record Choice(IpAddress address, PingRoute route) {}

    /** Returns the first address with a route, else the first of all; or all of them. */
    private static List<Choice> choose(
            List<InetAddress> addresses, Function<IpAddress, PingRoute> routes, boolean all) {
        List<Choice> choices = new ArrayList<>();
        for (InetAddress candidate : addresses) {
            IpAddress address = IpAddress.of(candidate);
            // The kernel takes one for the other, and so does ping(8).
            IpAddress host = address.equals(ANY) ? LOOPBACK : address;
            Choice choice = new Choice(host, routes.apply(host));
            if (!all && choice.route().refusal().isEmpty()) {
                return List.of(choice);
            }
            choices.add(choice);
        }
        return all ? choices : choices.subList(0, 1);
    }

    /** Returns those of them that are not excluded, see {@link PingTargets#without}. */
    PingHosts without(PingTargets targets, NameLookup names) {
        return new PingHosts(targets.without(hosts, names), refusal, missing);
    }

    Set<IpFamily> families() {
        Set<IpFamily> families = EnumSet.noneOf(IpFamily.class);
        hosts.forEach(host -> families.add(host.address().family()));
        return families;
    }
}
