package io.github.nettyping.cli.option;

import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Where picocli's exceptions are thrown and caught. A class that did it by itself would load them whenever it is loaded,
 * and they are of an age that archives of classes do not take. Stateless.
 */
public final class PicocliValues {

    private PicocliValues() {}

    /** Returns what an action returns; an {@link IllegalArgumentException} becomes a complaint of picocli's. */
    public static <T> T checked(CommandSpec spec, Supplier<T> action) {
        try {
            return action.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
