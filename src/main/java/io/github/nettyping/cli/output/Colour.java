package io.github.nettyping.cli.output;

import java.util.Map;

/**
 * The colours of words at a terminal; without colour, words stay as they are. Immutable.
 *
 * <p>Only colours that can be read on light and on dark backgrounds are used, so neither yellow nor white, and nothing is
 * told by colour alone.
 */
public final class Colour {

    /** When words get colours. */
    public enum Wish {
        /** At a terminal that has them. */
        AUTO,
        ALWAYS,
        NEVER
    }

    /** What a colour means. The numbers are those of ECMA-48, SGR. */
    public enum Tone {
        /** A host that answers; something that works. */
        GOOD("32"),
        /** Silence, loss; something that does not work. */
        BAD("31"),
        /** Somebody else reports trouble. */
        ODD("35"),
        /** This machine has trouble. */
        LOCAL("36"),
        HEADING("1"),
        FAINT("2");

        private final String begin;

        Tone(String number) {
            begin = "\u001b[" + number + 'm';
        }
    }

    public static final Colour NONE = new Colour(false);

    private static final Colour SOME = new Colour(true);

    private static final String END = "\u001b[0m";

    private final boolean on;

    private Colour(boolean on) {
        this.on = on;
    }

    /** Returns what is wanted of standard output. */
    public static Colour ofStandardOutput(Wish wish) {
        return of(wish, wish == Wish.AUTO && Terminal.is(Terminal.STANDARD_OUTPUT), System.getenv());
    }

    /** Returns what is wanted of standard error. */
    public static Colour ofStandardError(Wish wish) {
        return of(wish, wish == Wish.AUTO && Terminal.is(Terminal.STANDARD_ERROR), System.getenv());
    }

    /** Returns what is wanted of a file. */
    public static Colour ofFile(Wish wish) {
        return of(wish, false, Map.of());
    }

    /**
     * Returns what is wanted.
     *
     * @param environment {@code NO_COLOR}, if it is not empty, and a {@code TERM} without colours count unless colours are
     *                    always wanted
     * @see <a href="https://no-color.org">no-color.org</a>
     */
    static Colour of(Wish wish, boolean terminal, Map<String, String> environment) {
        boolean able = terminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
        return wish == Wish.ALWAYS || (wish == Wish.AUTO && able) ? SOME : NONE;
    }

    public boolean isOn() {
        return on;
    }

    /** Returns text in a colour. */
    public String paint(Tone tone, String text) {
        return on ? tone.begin + text + END : text;
    }

    /** Begins a colour, without garbage. */
    public void begin(StringBuilder text, Tone tone) {
        if (on) {
            text.append(tone.begin);
        }
    }

    /** Ends what {@link #begin} began. */
    public void end(StringBuilder text) {
        if (on) {
            text.append(END);
        }
    }
}
