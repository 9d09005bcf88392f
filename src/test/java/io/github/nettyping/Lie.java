package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import io.github.nettyping.testing.Behaviour;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** What a host does to a probe, and what is to become of that on each kind of socket. */
final class Lie {

    /** What is to become of the probe, and what is to be counted, and nothing else. */
    record Truth(ProbeOutcome.Kind kind, Set<ReplyFlag> flags, Map<String, Long> counted) {

        static Truth silence(String... counted) {
            return new Truth(ProbeOutcome.Kind.TIMED_OUT, Set.of(), count(counted));
        }

        static Truth reply(Set<ReplyFlag> flags, String... counted) {
            return new Truth(ProbeOutcome.Kind.REPLIED, flags, count(counted));
        }

        static Truth error(ProbeOutcome.Kind kind, String... counted) {
            return new Truth(kind, Set.of(), count(counted));
        }

        /** Each name as often as it is named. */
        private static Map<String, Long> count(String... names) {
            Map<String, Long> counts = new TreeMap<>();
            for (String name : names) {
                counts.merge(name, 1L, Long::sum);
            }
            return counts;
        }

        void check(ProbeOutcome outcome, Map<String, Long> soFar) {
            assertThat(outcome.kind()).as("counted so far: " + soFar).isEqualTo(kind);
            if (outcome instanceof Replied reply) {
                boolean fromTarget = reply.from().equals(reply.probe().target());
                assertThat(reply.flags()).isEqualTo(flags);
                assertThat(fromTarget).isNotEqualTo(flags.contains(ReplyFlag.OTHER_SOURCE));
            }
        }
    }

    private final String what;
    private final Function<IpFamily, Behaviour> behaviour;
    private final ProbeOptions options;
    private final Map<SocketKind, Truth> truths = new EnumMap<>(SocketKind.class);

    private Lie(String what, ProbeOptions options, Function<IpFamily, Behaviour> behaviour) {
        this.what = what;
        this.options = options;
        this.behaviour = behaviour;
    }

    static Lie of(String what, Duration timeout, Behaviour behaviour) {
        return of(what, LyingHosts.once(timeout), family -> behaviour);
    }

    static Lie of(String what, ProbeOptions options, Function<IpFamily, Behaviour> behaviour) {
        return new Lie(what, options, behaviour);
    }

    /** Without kinds: on all that nothing has been said of yet. */
    Lie means(Truth truth, SocketKind... kinds) {
        for (SocketKind kind : kinds.length == 0 ? SocketKind.values() : kinds) {
            truths.putIfAbsent(kind, truth);
        }
        return this;
    }

    boolean isOn(SocketKind kind) {
        return truths.containsKey(kind);
    }

    Truth truth(SocketKind kind) {
        return truths.get(kind);
    }

    Behaviour behaviour(IpFamily family) {
        return behaviour.apply(family);
    }

    ProbeOptions options() {
        return options;
    }

    @Override
    public String toString() {
        return what;
    }
}
