package io.github.nettyping.cli.target;

import java.util.List;

/**
 * Who of those that are named is asked. Immutable.
 *
 * @param excludes        what is left out, as typed
 * @param excludeFiles    names of files of it, {@code -} for standard input
 * @param excludeReserved whether addresses with a special purpose are left out
 * @param allIps          whether a host name stands for all of its addresses
 */
public record TargetSelection(
        List<String> excludes, List<String> excludeFiles, boolean excludeReserved, Groups groups, boolean allIps) {

    /** For commands without these options. */
    static final TargetSelection NONE = new TargetSelection(List.of(), List.of(), false, Groups.REFUSED, false);

    /** What becomes of addresses of many hosts. */
    public enum Groups {
        /** There is no way to ask them. */
        REFUSED("only single hosts are asked, leave it out"),
        /** They are asked by those who say so. */
        NEED_CONSENT("--broadcast permits it, else leave it out"),
        ASKED("");

        private final String remedy;

        Groups(String remedy) {
            this.remedy = remedy;
        }

        String remedy() {
            return remedy;
        }
    }

    boolean excludesAny() {
        return !excludes.isEmpty() || !excludeFiles.isEmpty() || excludeReserved;
    }
}
