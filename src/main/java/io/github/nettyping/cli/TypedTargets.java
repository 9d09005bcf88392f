package io.github.nettyping.cli;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.target.Targets;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Targets as typed. Immutable.
 *
 * @param addresses those typed as addresses
 * @param names     host names still to be resolved, each once, in the order of typing
 */
record TypedTargets(Targets addresses, Set<String> names) {

    /**
     * Waits for the first address of every name. Closing the lookup meanwhile ends that early.
     *
     * @param complain takes a line for each name that leads to no host, in the order of typing
     */
    ResolvedTargets resolve(NameLookup lookup, Consumer<String> complain) {
        List<CompletableFuture<List<InetAddress>>> lookups = new ArrayList<>(names.size());
        names.forEach(name -> lookups.add(lookup.addresses(name)));
        Targets.Builder all = Targets.builder().add(addresses);
        Map<IpAddress, String> found = new HashMap<>();
        boolean complete = true;
        boolean stopped = false;
        int next = 0;
        for (String name : names) {
            try {
                IpAddress address = IpAddress.of(lookups.get(next++).join().get(0));
                if (GroupTargets.isGroup(address)) {
                    complete = false;
                    complain.accept(name + ": " + GroupTargets.complaint(address));
                } else {
                    all.add(address);
                    found.putIfAbsent(address, name);
                }
            } catch (CancellationException e) {
                stopped = true;
                break;
            } catch (CompletionException e) {
                complete = false;
                complain.accept(message(e));
            }
        }
        return new ResolvedTargets(all.build(), found, complete, stopped);
    }

    private static String message(CompletionException failure) {
        if (failure.getCause() instanceof UnknownHostException unknown) {
            return String.valueOf(unknown.getMessage());
        }
        throw failure;
    }
}
