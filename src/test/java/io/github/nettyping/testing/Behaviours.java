package io.github.nettyping.testing;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/** Behaviours made of others: which host does what, when, and how often. */
public final class Behaviours {

    private Behaviours() {}

    /**
     * Returns a host that is not there.
     *
     * @return sends nothing
     */
    public static Behaviour silent() {
        return (probe, answers) -> {};
    }

    /**
     * Returns a host that does everything later.
     *
     * @param delay     added to the network's own
     * @param behaviour what it does
     * @return takes the next probe meanwhile
     */
    public static Behaviour delayed(Duration delay, Behaviour behaviour) {
        return (probe, answers) -> behaviour.answer(probe, answers.after(delay));
    }

    /**
     * Returns a host that does several things at once, such as an error and a reply.
     *
     * @param behaviours in the order of their answers
     * @return does them all
     */
    public static Behaviour all(Behaviour... behaviours) {
        List<Behaviour> list = List.of(behaviours);
        return (probe, answers) -> list.forEach(behaviour -> behaviour.answer(probe, answers));
    }

    /**
     * Returns a network of different hosts.
     *
     * @param hosts the behaviour of an address; asked for each probe
     * @return many hosts
     */
    public static Behaviour byAddress(Function<InetAddress, Behaviour> hosts) {
        return (probe, answers) -> hosts.apply(probe.destination()).answer(probe, answers);
    }

    /**
     * Returns a network of different hosts, without an object per probe.
     *
     * @param hosts the behaviour of the last 32 bits of an address; asked for each probe
     * @return many hosts
     */
    public static Behaviour byAddressBits(IntFunction<Behaviour> hosts) {
        return (probe, answers) -> hosts.apply(probe.destinationBits()).answer(probe, answers);
    }

    /**
     * Returns hosts that change their mind: each address counts its own probes.
     *
     * @param behaviours for the first probe, the second and so on; the last one for all that follow
     * @return to be used by one responder
     */
    public static Behaviour byAttempt(Behaviour... behaviours) {
        List<Behaviour> list = List.of(behaviours);
        Map<InetAddress, Integer> attempts = new HashMap<>();
        return (probe, answers) -> {
            int attempt = attempts.merge(probe.destination(), 1, Integer::sum);
            list.get(Math.min(attempt, list.size()) - 1).answer(probe, answers);
        };
    }

    /**
     * Returns a path of routers: a probe of hop limit n ends at the n-th of them.
     *
     * @param target  what happens to probes that pass them all
     * @param routers nearest first
     * @return many hosts in a row
     */
    public static Behaviour path(Behaviour target, InetAddress... routers) {
        List<IcmpError> hops =
                List.of(routers).stream().map(IcmpError::timeExceeded).toList();
        return (probe, answers) -> {
            int hop = Math.max(probe.hopLimit(), 1);
            (hop <= hops.size() ? hops.get(hop - 1) : target).answer(probe, answers);
        };
    }

    /**
     * Returns a network in which every target has a way of its own.
     *
     * @param target  what happens to probes that pass all routers
     * @param length  how many routers there are before an address
     * @param routers the address of the n-th of them, from 1
     * @return many hosts behind many routers
     */
    public static Behaviour paths(
            Behaviour target,
            ToIntFunction<InetAddress> length,
            BiFunction<InetAddress, Integer, InetAddress> routers) {
        return (probe, answers) -> {
            InetAddress destination = probe.destination();
            int hop = Math.max(probe.hopLimit(), 1);
            Behaviour here = hop <= length.applyAsInt(destination)
                    ? IcmpError.timeExceeded(routers.apply(destination, hop))
                    : target;
            here.answer(probe, answers);
        };
    }
}
