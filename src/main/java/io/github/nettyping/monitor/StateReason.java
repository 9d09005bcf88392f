package io.github.nettyping.monitor;

/** Why a target changed its state. Immutable. */
public sealed interface StateReason {

    /**
     * So many probes in a row were answered.
     *
     * @param probes 1 or more
     */
    record Answered(int probes) implements StateReason {}

    /**
     * So many probes in a row were lost.
     *
     * @param probes 1 or more
     */
    record Lost(int probes) implements StateReason {}

    /**
     * So many probes in a row were lost while a target on the way to it was down.
     *
     * @param parent that one
     * @param probes 1 or more
     */
    record Behind(MonitoredTarget parent, int probes) implements StateReason {}

    /**
     * So many probes of the window were lost: since the target last came up, if that was within it.
     *
     * @param probes lost ones
     * @param window how many probes the window holds
     */
    record WindowLoss(int probes, int window) implements StateReason {}

    /**
     * So many answers in the window took longer than permitted.
     *
     * @param slow     answers that did
     * @param answered all answers
     */
    record WindowRoundTrips(int slow, int answered) implements StateReason {}
}
