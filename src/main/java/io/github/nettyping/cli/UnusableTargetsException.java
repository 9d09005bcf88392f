package io.github.nettyping.cli;

/** What was typed names no target that can be asked, as names have shown. The message says why. */
@SuppressWarnings("serial") // Never serialised.
final class UnusableTargetsException extends RuntimeException {

    UnusableTargetsException(String message) {
        super(message);
    }
}
