package io.github.nettyping.cli.manual;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** What somebody may have meant who mistyped a word. Stateless. */
public final class Suggestion {

    /** Of a short word, less may be wrong. */
    private static final int MOST_EDITS = 2;

    private static final int LETTERS_FOR_AN_EDIT = 3;

    private Suggestion() {}

    /** Returns the word that is nearest to what was typed, if it is near: with few letters wrong, or as its beginning. */
    public static Optional<String> of(String typed, Stream<String> words) {
        int most = Math.min(MOST_EDITS, typed.replaceFirst("^-+", "").length() / LETTERS_FOR_AN_EDIT);
        return words.filter(word -> distance(typed, word) <= most
                        || (typed.length() > LETTERS_FOR_AN_EDIT && word.startsWith(typed)))
                .min(Comparator.comparingInt((String word) -> distance(typed, word))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Returns how many letters are to be changed, added, left out, or swapped with their neighbours. */
    static int distance(String one, String other) {
        int[][] distances = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    distances[i][j] = i + j;
                    continue;
                }
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                int least = Math.min(distances[i - 1][j] + 1, distances[i][j - 1] + 1);
                least = Math.min(least, distances[i - 1][j - 1] + change);
                boolean swapped = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                distances[i][j] = swapped ? Math.min(least, distances[i - 2][j - 2] + 1) : least;
            }
        }
        return distances[one.length()][other.length()];
    }
}
