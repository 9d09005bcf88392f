package io.github.nettyping.cli.target;

import io.github.nettyping.cli.output.UnusableException;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.target.Targets;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Targets as typed. To be resolved once, by one thread.
 *
 * @param addresses     those typed as addresses, without those excluded as addresses
 * @param named         whether there were any, before excludes
 * @param names         host names still to be resolved, each once, in the order of typing
 * @param excludedNames the same of those whose addresses are left out
 * @param collected     goes on with what names lead to
 */
public record TypedTargets(
        Targets addresses,
        boolean named,
        Set<String> names,
        Set<String> excludedNames,
        Targets.Builder collected,
        TargetSelection selection) {

    private boolean areAddresses() {
        return names.isEmpty() && excludedNames.isEmpty();
    }

    /**
     * Waits for the addresses of every name, by a lookup of their own if there are any.
     *
     * @param family   the only one that is looked for, empty for both
     * @param stop     ends that early
     * @param complain takes a line for each name that leads to no host, in the order of typing
     * @throws UnusableException if an excluded name is not found, or nothing is left after excludes
     */
    public ResolvedTargets resolve(Optional<IpFamily> family, CompletableFuture<Void> stop, Consumer<String> complain) {
        if (areAddresses()) {
            return ResolvedTargets.of(addresses);
        }
        try (NameLookup lookup = new NameLookup(family)) {
            stop.thenRun(lookup::close);
            return resolve(lookup, complain);
        }
    }

    /** The same by a lookup of somebody else, who ends it early by closing that. */
    public ResolvedTargets resolve(NameLookup lookup, Consumer<String> complain) {
        if (areAddresses()) {
            return ResolvedTargets.of(addresses);
        }
        Found found = new Found(complain);
        boolean all = NamesInOrder.resolve(
                        excludedNames, lookup::addressesOfBothFamilies, this::exclude, TypedTargets::refuse)
                && NamesInOrder.resolve(names, lookup::addresses, found::add, found::miss);
        Targets targets = collected.build();
        boolean hadSome = named || !found.names.isEmpty();
        if (all && hadSome && targets.count() == 0) {
            throw new UnusableException("no target left: all of them are excluded");
        }
        found.names.keySet().removeIf(address -> !targets.contains(address));
        return new ResolvedTargets(targets, found.names, found.complete, !all);
    }

    private void exclude(String name, List<InetAddress> found) {
        found.forEach(address -> collected.exclude(IpAddress.of(address)));
    }

    /** To go on would be to ask whom nobody wanted asked. */
    private static void refuse(String message) {
        throw new UnusableException(
                "excluded name " + message + "; nothing is asked, since its addresses cannot be left out");
    }

    private final class Found {

        final Map<IpAddress, String> names = new HashMap<>();
        private final Consumer<String> complain;
        boolean complete = true;

        Found(Consumer<String> complain) {
            this.complain = complain;
        }

        void add(String name, List<InetAddress> found) {
            for (InetAddress each : selection.allIps() ? found : found.subList(0, 1)) {
                IpAddress address = IpAddress.of(each);
                if (GroupTargets.isGroup(address) && selection.groups() != TargetSelection.Groups.ASKED) {
                    miss(name + ": " + GroupTargets.complaint(address, selection.groups()));
                } else {
                    collected.add(address);
                    names.putIfAbsent(address, name);
                }
            }
        }

        void miss(String message) {
            complete = false;
            complain.accept(message);
        }
    }
}
