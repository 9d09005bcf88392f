package io.github.nettyping.target;

import java.util.regex.Pattern;

/**
 * Checks whether a word can be a host name. It may have letters and digits of every script (internationalised names are
 * typed as they are written), dashes, underscores, and dots between labels. Stateless.
 */
final class HostNameSyntax {

    /** RFC 1035, section 2.3.4: 255 octets on the wire, of which two are the first length and the root. */
    private static final int MAX_NAME = 253;
    /** RFC 1035, section 2.3.4. */
    private static final int MAX_LABEL = 63;

    private static final String CHARACTERS = "letters, digits, dots and dashes of a host name, or an address";

    /** What inet_aton(3), and so many resolvers, take for an IPv4 address. */
    private static final Pattern NUMBERS =
            Pattern.compile("(0[xX][0-9a-fA-F]+|[0-9]+)(\\.(0[xX][0-9a-fA-F]+|[0-9]+)){0,3}");

    private HostNameSyntax() {}

    /**
     * Passes over a word without a colon that is not all digits, dots, dashes, commas and slashes.
     *
     * @throws TargetSyntaxException if it is no host name
     */
    static void check(String word) {
        WordScanner in = new WordScanner(word);
        int labelStart = 0;
        int labelLength = 0;
        int length = 0;
        for (int i = 0; i < word.length(); ) {
            int c = word.codePointAt(i);
            in.moveTo(i);
            if (c == '.') {
                if (labelLength == 0) {
                    throw in.unexpected("a letter or a digit of a host name, or an address");
                }
                labelStart = i + 1;
                labelLength = 0;
            } else if (!standsInLabel(c)) {
                throw in.error(i, "'" + Character.toString(c) + "' cannot stand here", CHARACTERS);
            } else if (++labelLength > MAX_LABEL) {
                throw in.error(
                        labelStart, "more than 63 characters without a dot", "labels of at most 63 in a host name");
            }
            i += Character.charCount(c);
            // A dot at the end stands for the root, and is in the two octets already.
            if (++length > MAX_NAME && !(c == '.' && i == word.length())) {
                throw in.error(0, "more than 253 characters", "at most 253 in a host name");
            }
        }
        if (NUMBERS.matcher(word).matches()) {
            throw in.error(0, "a hexadecimal number, to many programs an address", "an address in four octets");
        }
    }

    private static boolean standsInLabel(int c) {
        // Vowel signs and accents are parts of letters: in Devanagari or Thai nearly every word has some.
        int type = Character.getType(c);
        return Character.isLetterOrDigit(c)
                || c == '-'
                || c == '_'
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }
}
