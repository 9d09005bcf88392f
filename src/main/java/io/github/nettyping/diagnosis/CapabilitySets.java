package io.github.nettyping.diagnosis;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The capability sets of a thread, as far as they matter here. Immutable. capabilities(7).
 *
 * @param effective   what it may do now
 * @param permitted   what it may make effective
 * @param inheritable what an executable with capabilities of its own may keep
 * @param ambient     what any program it executes gets
 * @param bounding    what it and its children can ever get
 */
public record CapabilitySets(
        Set<Capability> effective,
        Set<Capability> permitted,
        Set<Capability> inheritable,
        Set<Capability> ambient,
        Set<Capability> bounding) {

    /** Reads the sets from the fields of {@code /proc/self/status}. If the kernel does not have a set, it is empty. */
    static CapabilitySets of(Map<String, String> status) {
        return new CapabilitySets(
                set(status, "CapEff"),
                set(status, "CapPrm"),
                set(status, "CapInh"),
                set(status, "CapAmb"),
                set(status, "CapBnd"));
    }

    private static Set<Capability> set(Map<String, String> status, String field) {
        long bits = Optional.ofNullable(status.get(field))
                .map(hex -> Long.parseUnsignedLong(hex, 16))
                .orElse(0L);
        Set<Capability> set = EnumSet.noneOf(Capability.class);
        for (Capability capability : Capability.values()) {
            if ((bits >>> capability.bit() & 1) != 0) {
                set.add(capability);
            }
        }
        return Set.copyOf(set);
    }
}
