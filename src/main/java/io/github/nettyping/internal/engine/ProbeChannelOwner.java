package io.github.nettyping.internal.engine;

import io.github.nettyping.probe.ProbeOutcome;

/** The writer of probes to a {@link ProbeChannel}, and what it is told by that. Called on the channel's event loop. */
public interface ProbeChannelOwner {

    /** A probe has its outcome; never from inside a write or a flush. */
    void onOutcome(ProbeOutcome outcome);

    /** The outcomes of one batch have all been told. */
    void onReadComplete();

    /** Something went wrong that is no outcome. The channel may go on, or close, which is told then. */
    void onFailure(Throwable cause);

    /** The channel has closed, and every probe has its outcome. */
    void onClosed();
}
