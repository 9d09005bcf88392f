package io.github.nettyping.cli.target;

import io.github.nettyping.cli.output.FileRoles;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.target.Targets;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The targets of a command line: its words, and the lines of files.
 *
 * @param files        names of files, {@code -} for standard input
 * @param allAddresses whether IPv4 prefixes include network and broadcast address
 */
public record TargetArguments(List<String> words, List<String> files, boolean allAddresses, TargetSelection selection) {

    /** Creates those of a command that asks everybody who is named. */
    public TargetArguments(List<String> words, List<String> files, boolean allAddresses) {
        this(words, files, allAddresses, TargetSelection.NONE);
    }

    /** Reads them as {@link #read(InputStream, boolean)} does, without IPv6 ranges that are too large to be asked. */
    public TypedTargets read(InputStream standardInput) {
        return read(standardInput, false);
    }

    /** Returns the files that are read. */
    public FileRoles roles() {
        FileRoles roles = new FileRoles();
        files.forEach(file -> roles.reads("--targets", file));
        selection.excludes().files().forEach(file -> roles.reads("--exclude-file", file));
        return roles;
    }

    /**
     * Reads the files and returns what they and the words name. Nothing is resolved.
     *
     * @param anySize whether IPv6 ranges may have more addresses than can be asked, since not all of them will be
     * @throws IllegalArgumentException if something cannot be used, saying what and what was expected
     */
    public TypedTargets read(InputStream standardInput, boolean anySize) {
        if (words.isEmpty() && files.isEmpty()) {
            throw new IllegalArgumentException("no target; name one, such as 192.0.2.0/24, or a file by --targets");
        }
        selection.excludes().requireOneReader(files);
        Set<String> names = new LinkedHashSet<>();
        Set<String> excludedNames = new LinkedHashSet<>();
        Targets.Builder builder = Targets.builder()
                .allAddresses(allAddresses)
                .hostNames(names::add)
                .excludedHostNames(excludedNames::add);
        if (anySize) {
            builder.limit(Long.MAX_VALUE);
        }
        words.forEach(builder::add);
        for (String file : files) {
            TargetFiles.read("--targets", file, standardInput, builder::add);
        }
        Targets targets = builder.build();
        if (targets.count() == 0 && names.isEmpty()) {
            throw new IllegalArgumentException("no target in " + String.join(", ", files) + "; expected one a line");
        }
        boolean named = targets.count() > 0;
        if (selection.excludes().any()) {
            selection.excludes().applyTo(builder, standardInput);
            Targets rest = builder.build();
            if (rest.count() == 0 && names.isEmpty()) {
                throw new IllegalArgumentException("no target left: "
                        + (targets.count() == 1 ? "the one there was is" : "all " + targets.count() + " are")
                        + " excluded");
            }
            targets = rest;
        }
        Optional<IpAddress> group = GroupTargets.find(targets);
        if (group.isPresent() && selection.groups() != TargetSelection.Groups.ASKED) {
            throw new IllegalArgumentException(GroupTargets.complaint(group.get(), selection.groups()));
        }
        // A builder has everything a second time: it lives on only where it is needed.
        boolean done = names.isEmpty() && excludedNames.isEmpty();
        return new TypedTargets(targets, named, names, excludedNames, done ? Targets.builder() : builder, selection);
    }
}
