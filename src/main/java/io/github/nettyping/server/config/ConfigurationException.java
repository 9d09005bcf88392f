package io.github.nettyping.server.config;

/** A configuration that cannot be used. The message is one line: file, line, column, what is there and what was expected. */
@SuppressWarnings("serial") // Never serialised.
public final class ConfigurationException extends Exception {

    public ConfigurationException(String message) {
        super(message);
    }
}
