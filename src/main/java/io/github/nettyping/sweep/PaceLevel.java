package io.github.nettyping.sweep;

/**
 * A stretch of time in which {@link AutoPacer} kept one rate: what was sent in it, and what became of that. Confined to
 * one thread.
 */
final class PaceLevel {

    /** With fewer probes or replies it is not judged. */
    static final int ENOUGH_PROBES = 64;

    static final int ENOUGH_REPLIES = 16;

    /** With fewer expected replies their absence is not judged. */
    private static final int ENOUGH_EXPECTED = 32;

    /** So many answered second tries are no accident. */
    private static final int ENOUGH_LOST = 8;

    /** Loss that a working network may have. */
    private static final double TOLERATED_LOSS = 0.02;

    /** Shares of the usual, beyond what chance explains. */
    private static final double AS_USUAL = 0.85;

    private static final double FAR_LESS = 0.7;

    /** Less sent than this share of what was permitted: something else sets the pace. */
    private static final double BINDING_SHARE = 0.8;

    final double rate;
    final long sinceNanos;
    final long sinceWallNanos;

    /** Probes and further tries. */
    long taken;
    /** Probes. */
    long started;
    /** First tries that were answered. */
    long answered;
    /** Probes whose first try was not, and a later one was. */
    long answeredLater;

    /** Whether it has been judged by first tries, and by second ones. */
    boolean judged;

    boolean weighed;
    private boolean ended;
    private long endNanos;

    /** Begins one. {@code rate}: probes per second that are permitted. */
    PaceLevel(double rate, long sinceNanos, long sinceWallNanos) {
        this.rate = rate;
        this.sinceNanos = sinceNanos;
        this.sinceWallNanos = sinceWallNanos;
    }

    void end(long nowNanos) {
        ended = true;
        endNanos = nowNanos;
    }

    /** Returns how long ago it ended, negative as long as it has not. */
    long nanosSinceEnd(long nowNanos) {
        return ended ? nowNanos - endNanos : -1;
    }

    long ageNanos(long nowNanos) {
        return nowNanos - sinceNanos;
    }

    /** Tells whether there is enough to judge; replies are the last figures to come. */
    boolean isTelling() {
        return started >= ENOUGH_PROBES && answered >= ENOUGH_REPLIES;
    }

    /** Returns what was sent, in packets per second; it must have ended. */
    double perSecond() {
        return taken * 1e9 / Math.max(1, endNanos - sinceNanos);
    }

    /** Tells whether it was the rate that decided how much was sent; it must have ended. */
    boolean wasBinding() {
        return perSecond() >= BINDING_SHARE * rate;
    }

    /** Returns the part of the probes whose first try was answered. */
    double answeredShare() {
        return (double) answered / started;
    }

    /** Tells whether about as many were answered as usual, or more. {@code usual}: a share, negative if not known. */
    boolean keepsPace(double usual) {
        return isTelling() && (usual < 0 || answeredShare() >= AS_USUAL * usual - 2 * deviation(usual));
    }

    /** Tells whether far fewer were answered than usual. */
    boolean fallsBehind(double usual) {
        return usual * started >= ENOUGH_EXPECTED && answeredShare() < FAR_LESS * usual - 3 * deviation(usual);
    }

    private double deviation(double share) {
        return Math.sqrt(share * (1 - share) / started);
    }

    /** Returns the part of the hosts that answered whose first try was lost. */
    double loss() {
        return (double) answeredLater / (answered + answeredLater);
    }

    /** Tells whether there was significant loss. {@code base}: the loss at any rate. */
    boolean hasLoss(double base) {
        double tolerated = base + TOLERATED_LOSS;
        double deviation = Math.sqrt(tolerated * Math.max(0, 1 - tolerated) / Math.max(1, answered + answeredLater));
        return answeredLater >= ENOUGH_LOST && loss() > tolerated + 2 * deviation;
    }
}
