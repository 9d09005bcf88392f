package io.github.nettyping.cli.option;

import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * Where picocli's exceptions are thrown and caught. A class that did it by itself would load them whenever it is loaded,
 * and they are of an age that archives of classes do not take. Stateless.
 */
public final class PicocliValues {

    private PicocliValues() {}

    /** A converter of picocli's, without the type of it. */
    @FunctionalInterface
    public interface Conversion<T> {
        T convert(String text) throws Exception;
    }

    /**
     * Converts a value and hands it on.
     *
     * @return whether it could be converted
     */
    public static <T> boolean take(Conversion<T> converter, String value, Consumer<T> taker) {
        T taken;
        try {
            taken = converter.convert(value);
        } catch (TypeConversionException e) {
            return false;
        } catch (Exception e) {
            throw new IllegalStateException("a converter failed on " + value, e);
        }
        taker.accept(taken);
        return true;
    }

    /**
     * Returns what an action returns.
     *
     * @throws ParameterException with its message if it throws an {@link IllegalArgumentException}
     */
    public static <T> T checked(CommandSpec spec, Supplier<T> action) {
        try {
            return action.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
