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

    /** Takes words apart; throws {@link IllegalArgumentException} that names a word which is none. */
    static TargetWords of(Collection<String> words) {
        Set<String> names = new LinkedHashSet<>();
        Targets.Builder builder = Targets.builder()
                .allAddresses(true)
                .hostNames(name -> names.add(name.toLowerCase(Locale.ROOT)));
        words.forEach(builder::add);
        return new TargetWords(builder.build(), names);
    }

    boolean hasName(String word) {
        return names.contains(word.toLowerCase(Locale.ROOT));
    }
}
