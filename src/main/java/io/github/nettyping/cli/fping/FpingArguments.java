package io.github.nettyping.cli.fping;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the arguments apart, one option at a time, since what an option says may end the program before the next is
 * looked at. Letters may be grouped, values joined or apart, options may follow targets, and names of options are never
 * abbreviated. Confined to one thread.
 */
final class FpingArguments {

    /** fping has room for so much of a message: the rest is cut off. */
    private static final int MESSAGE_LENGTH = 62;

    private final String program;
    private final List<String> arguments;
    private final List<String> words = new ArrayList<>();
    private int next;
    /** Position in the group of letters that is being read, 0 for none. */
    private int inGroup;

    private @Nullable String value;

    FpingArguments(String program, List<String> arguments) {
        this.program = program;
        this.arguments = arguments;
    }

    /**
     * Returns the next option, null at the end.
     *
     * @throws FpingExit if there is no such option, or its value is missing or too much
     */
    @Nullable
    FpingOption next() {
        value = null;
        if (inGroup > 0) {
            return nextOfGroup();
        }
        while (next < arguments.size()) {
            String argument = arguments.get(next++);
            if (argument.equals("--")) {
                words.addAll(arguments.subList(next, arguments.size()));
                next = arguments.size();
            } else if (argument.startsWith("--")) {
                return named(argument.substring(2));
            } else if (argument.startsWith("-") && argument.length() > 1) {
                inGroup = 1;
                return nextOfGroup();
            } else {
                words.add(argument);
            }
        }
        return null;
    }

    /** Returns the value of the last option, which has one. */
    String value() {
        if (value == null) {
            throw new IllegalStateException("the option has no value");
        }
        return value;
    }

    /** Returns what is no option; complete at the end. */
    List<String> words() {
        return words;
    }

    private FpingOption nextOfGroup() {
        String group = arguments.get(next - 1);
        char letter = group.charAt(inGroup++);
        FpingOption option = FpingOption.ofLetter(letter);
        if (option == null) {
            throw wrong("invalid option", String.valueOf(letter));
        }
        boolean last = inGroup == group.length();
        if (option.value != null) {
            if (!last) {
                value = group.substring(inGroup);
            } else if (next < arguments.size()) {
                value = arguments.get(next++);
            } else {
                throw wrong("option requires an argument", String.valueOf(letter));
            }
            last = true;
        }
        if (last) {
            inGroup = 0;
        }
        return option;
    }

    private FpingOption named(String text) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        FpingOption option = FpingOption.ofName(name);
        if (option == null) {
            throw wrong("invalid option", text);
        }
        if (option.value == null) {
            if (equals >= 0) {
                throw wrong("option takes no arguments", name);
            }
        } else if (equals >= 0) {
            value = text.substring(equals + 1);
        } else if (next < arguments.size()) {
            value = arguments.get(next++);
        } else {
            throw wrong("option requires an argument", name);
        }
        return option;
    }

    private FpingExit wrong(String what, String which) {
        String message = what + " -- '" + which;
        String cut = message.length() > MESSAGE_LENGTH ? message.substring(0, MESSAGE_LENGTH) : message;
        return FpingExit.refused(program + ": " + cut + "'\nsee 'fping -h' for usage information\n");
    }
}
