package io.github.nettyping.cli.target;

/**
 * Who of those that are named is asked. Immutable.
 *
 * @param allIps whether a host name stands for all of its addresses
 */
public record TargetSelection(Excludes excludes, Groups groups, boolean allIps) {

    /** For commands without these options. */
    static final TargetSelection NONE = new TargetSelection(Excludes.NONE, Groups.REFUSED, false);

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
}
