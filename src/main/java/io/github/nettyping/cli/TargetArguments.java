package io.github.nettyping.cli;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.target.Targets;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The targets of a command line: its words, and the lines of files.
 *
 * @param words        targets as typed
 * @param files        names of files, {@code -} for standard input
 * @param allAddresses whether IPv4 prefixes include network and broadcast address
 */
record TargetArguments(List<String> words, List<String> files, boolean allAddresses) {

    private static final String STANDARD_INPUT = "-";

    /** Reads them as {@link #read(InputStream, boolean)} does, without IPv6 ranges that are too large to be asked. */
    TypedTargets read(InputStream standardInput) {
        return read(standardInput, false);
    }

    /**
     * Reads the files and returns what they and the words name. Nothing is resolved.
     *
     * @param anySize whether IPv6 ranges may have more addresses than can be asked, since not all of them will be
     * @throws IllegalArgumentException if something cannot be used, saying what and what was expected
     */
    TypedTargets read(InputStream standardInput, boolean anySize) {
        if (words.isEmpty() && files.isEmpty()) {
            throw new IllegalArgumentException("no target; name one, such as 192.0.2.0/24, or a file by --targets");
        }
        Set<String> names = new LinkedHashSet<>();
        Targets.Builder builder = Targets.builder().allAddresses(allAddresses).hostNames(names::add);
        if (anySize) {
            builder.limit(Long.MAX_VALUE);
        }
        words.forEach(builder::add);
        for (String file : files) {
            addFile(builder, file, standardInput);
        }
        Targets targets = builder.build();
        if (targets.count() == 0 && names.isEmpty()) {
            throw new IllegalArgumentException("no target in " + String.join(", ", files) + "; expected one a line");
        }
        Optional<IpAddress> group = GroupTargets.find(targets);
        if (group.isPresent()) {
            throw new IllegalArgumentException(GroupTargets.complaint(group.get()));
        }
        return new TypedTargets(targets, names);
    }

    private static void addFile(Targets.Builder builder, String file, InputStream standardInput) {
        try {
            if (file.equals(STANDARD_INPUT)) {
                builder.addLines(new InputStreamReader(standardInput, StandardCharsets.UTF_8), "standard input");
            } else {
                builder.addFile(Path.of(file));
            }
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    "--targets " + file + ": " + reason(e) + "; expected a readable file, or - for standard input", e);
        }
    }

    private static String reason(Exception e) {
        // These have nothing but the name of the file for their message.
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        return e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }
}
