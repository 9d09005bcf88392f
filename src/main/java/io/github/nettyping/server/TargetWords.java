package io.github.nettyping.server;

import io.github.nettyping.target.Targets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Targets as typed, taken apart. Immutable.
 *
 * @param addresses those that were given as addresses or sets of them
 * @param names     the others, in small letters
 */
record TargetWords(Targets addresses, Set<String> names) {

    /**
     * Takes words apart, of IPv4 prefixes without network and broadcast address; throws {@link IllegalArgumentException} that
     * names a word which is none.
     */
    static TargetWords of(Collection<String> words) {
        return of(words, false);
    }

    /** The same with all addresses of prefixes. */
    static TargetWords ofAll(Collection<String> words) {
        return of(words, true);
    }

    private static TargetWords of(Collection<String> words, boolean allAddresses) {
        Set<String> names = new LinkedHashSet<>();
        Targets.Builder builder = Targets.builder()
                .allAddresses(allAddresses)
                .hostNames(name -> names.add(name.toLowerCase(Locale.ROOT)));
        words.forEach(builder::add);
        return new TargetWords(builder.build(), names);
    }

    boolean hasName(String word) {
        return names.contains(word.toLowerCase(Locale.ROOT));
    }
}
