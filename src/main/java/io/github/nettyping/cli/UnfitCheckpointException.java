package io.github.nettyping.cli;

/** A file is no checkpoint, or not that of this sweep; the message says so in full, with the remedy. Immutable. */
final class UnfitCheckpointException extends Exception {

    private static final long serialVersionUID = 1;

    UnfitCheckpointException(String message) {
        super(message);
    }
}
