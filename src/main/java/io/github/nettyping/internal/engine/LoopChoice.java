package io.github.nettyping.internal.engine;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Takes event loops of a group. Stateless. */
public final class LoopChoice {

    /** A group that goes round has shown all its loops by then. */
    private static final int ROUNDS = 2;

    private LoopChoice() {}

    /**
     * Returns the next loops of a group, each once.
     *
     * @param count 1 or more
     * @throws IllegalArgumentException if the group has fewer
     */
    public static List<EventLoop> next(EventLoopGroup group, int count) {
        if (count == 1) {
            return List.of(group.next());
        }
        List<EventLoop> all = loops(group);
        if (all.size() < count) {
            throw new IllegalArgumentException("loops: " + count + " (expected: at most " + all.size()
                    + ", as many as the group has; make it with " + count + " threads or more)");
        }
        Set<EventLoop> taken = new LinkedHashSet<>();
        for (int i = 0; i < ROUNDS * all.size() && taken.size() < count; i++) {
            taken.add(group.next());
        }
        // A group may prefer some of its loops to others.
        for (EventLoop loop : all) {
            if (taken.size() < count) {
                taken.add(loop);
            }
        }
        return List.copyOf(taken);
    }

    /** Returns some event loops, followed by the others of those they belong with. */
    public static List<EventLoop> first(List<EventLoop> some, List<EventLoop> all) {
        Set<EventLoop> ordered = new LinkedHashSet<>(some);
        ordered.addAll(all);
        return List.copyOf(ordered);
    }

    /** Returns all loops of a group. */
    public static List<EventLoop> loops(EventLoopGroup group) {
        List<EventLoop> loops = new ArrayList<>();
        for (EventExecutor executor : group) {
            if (executor instanceof EventLoop loop) {
                loops.add(loop);
            }
        }
        return loops;
    }
}
