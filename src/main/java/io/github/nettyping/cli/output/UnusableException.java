package io.github.nettyping.cli.output;

/** Targets or a checkpoint that were well written cannot be used, as names or files have shown. The message says why. */
@SuppressWarnings("serial")
public // Never serialised.
final class UnusableException extends RuntimeException {

    public UnusableException(String message) {
        super(message);
    }
}
