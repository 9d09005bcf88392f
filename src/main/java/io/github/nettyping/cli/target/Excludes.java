package io.github.nettyping.cli.target;

import io.github.nettyping.target.TargetSyntaxException;
import io.github.nettyping.target.Targets;
import java.io.InputStream;
import java.util.List;

/**
 * Who is left out, as typed. Immutable.
 *
 * @param words    addresses, prefixes, ranges, names
 * @param files    names of files of them, {@code -} for standard input
 * @param reserved whether addresses with a special purpose are left out
 */
public record Excludes(List<String> words, List<String> files, boolean reserved) {

    public static final Excludes NONE = new Excludes(List.of(), List.of(), false);

    public Excludes {
        words = List.copyOf(words);
        files = List.copyOf(files);
    }

    public boolean any() {
        return !words.isEmpty() || !files.isEmpty() || reserved;
    }

    /**
     * Throws {@link IllegalArgumentException} if standard input is to be read for something else, too.
     *
     * @param targetFiles of those who are asked
     */
    public void requireOneReader(List<String> targetFiles) {
        if (files.contains(TargetFiles.STANDARD_INPUT) && targetFiles.contains(TargetFiles.STANDARD_INPUT)) {
            throw new IllegalArgumentException(
                    "--exclude-file -: standard input is read by --targets; expected a file for one of them");
        }
    }

    /** Has a set leave them out; throws {@link IllegalArgumentException} if something cannot be used. */
    public void applyTo(Targets.Builder builder, InputStream standardInput) {
        for (String word : words) {
            try {
                builder.exclude(word);
            } catch (TargetSyntaxException e) {
                throw new IllegalArgumentException("--exclude " + e.getMessage(), e);
            }
        }
        for (String file : files) {
            TargetFiles.read("--exclude-file", file, standardInput, builder::exclude);
        }
        if (reserved) {
            builder.excludeReserved();
        }
    }
}
