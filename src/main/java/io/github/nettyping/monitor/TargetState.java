package io.github.nettyping.monitor;

/** What a monitor holds of a target. Trouble of this host changes none of them. */
public enum TargetState {
    /** Neither an answer has come, nor have enough probes been lost. */
    UNKNOWN,
    /** It answers. */
    UP,
    /** It answers, but more is lost, or takes longer, than {@link MonitorOptions} call good. */
    DEGRADED,
    /** It does not answer. */
    DOWN;

    /** {@return whether a target in this state answers} */
    public boolean answers() {
        return this == UP || this == DEGRADED;
    }
}
