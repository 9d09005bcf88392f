package io.github.nettyping.correlation;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.Replied;
import io.netty.util.collection.IntObjectHashMap;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts have answered the probes in flight that take several replies, by slot. Confined to one thread.
 *
 * <p>Whoever is in a group can send replies from as many addresses as it likes, so the number of addresses has a bound.
 */
final class GroupReplies {

    /** For all probes of a channel together: the hosts of a /16. An address takes about 100 bytes. */
    static final int MAX_SOURCES = 1 << 16;

    private record Group(Replied first, Set<IpAddress> sources) {}

    private final IntObjectHashMap<Group> groups = new IntObjectHashMap<>();
    private final int maxSources;
    private int sources;

    GroupReplies(int maxSources) {
        this.maxSources = maxSources;
    }

    /** Tells whether no further address can be remembered before a probe ends. */
    boolean isFull() {
        return sources == maxSources;
    }

    /** Tells whether this host has answered the probe in a slot. */
    boolean contains(int slot, IpAddress source) {
        Group group = groups.get(slot);
        return group != null && group.sources.contains(source);
    }

    /** Notes the first reply of a host; there must be room. */
    void add(int slot, Replied reply) {
        Group group = groups.get(slot);
        if (group == null) {
            group = new Group(reply, new HashSet<>());
            groups.put(slot, group);
        }
        if (group.sources.add(reply.from())) {
            sources++;
        }
    }

    /** Returns the first reply to the probe in a slot. */
    @Nullable
    Replied first(int slot) {
        Group group = groups.get(slot);
        return group == null ? null : group.first;
    }

    /** Forgets what was answered to the probe in a slot, if anything was. */
    void forget(int slot) {
        if (groups.isEmpty()) {
            return;
        }
        Group group = groups.remove(slot);
        if (group != null) {
            sources -= group.sources.size();
        }
    }
}
