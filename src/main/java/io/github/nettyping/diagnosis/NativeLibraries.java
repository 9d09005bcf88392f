package io.github.nettyping.diagnosis;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether the native parts of Netty and jnr-ffi load. Immutable.
 *
 * @param failure         why they do not load; empty if they do
 * @param noexecDirectory the directory they are unpacked into, if it is mounted with {@code noexec}
 * @param otherDirectory  a directory that this user can make and that permits execution; empty if none was needed or
 *                        found
 */
public record NativeLibraries(
        Optional<String> failure, Optional<String> noexecDirectory, Optional<String> otherDirectory) {

    static NativeLibraries loaded() {
        return new NativeLibraries(Optional.empty(), Optional.empty(), Optional.empty());
    }

    static NativeLibraries failed(UnsupportedOperationException failure, Machine machine) {
        Mounts mounts = new Mounts(machine);
        Optional<String> noexec = Stream.of("io.netty.native.workdir", "java.io.tmpdir")
                .flatMap(property -> Stream.ofNullable(System.getProperty(property)))
                .filter(directory -> mounts.has("noexec", directory))
                .findFirst();
        return new NativeLibraries(
                Optional.of(reason(failure)),
                noexec,
                noexec.isPresent() ? executable(machine, mounts) : Optional.empty());
    }

    /**
     * Returns the messages of the causes, that of the system last; without causes, the message of the exception itself.
     */
    private static String reason(UnsupportedOperationException failure) {
        String reasons = Stream.iterate(failure.getCause(), Objects::nonNull, Throwable::getCause)
                .flatMap(cause -> Stream.ofNullable(cause.getMessage()))
                .distinct()
                .collect(Collectors.joining(": "));
        return reasons.isEmpty() ? String.valueOf(failure.getMessage()) : reasons;
    }

    // Not below a directory that everybody may write to: others could put a library of their own there.
    private static Optional<String> executable(Machine machine, Mounts mounts) {
        return Stream.ofNullable(System.getProperty("user.home"))
                // The options in NETTYPING_JAVA_OPTS are split at blanks.
                .filter(directory -> directory.matches("/[^\\s\"'$`\\\\]*"))
                .map(directory -> Path.of(directory, ".cache", "nettyping").toString())
                .filter(directory -> !mounts.has("noexec", directory) && !mounts.has("ro", directory))
                .filter(machine::canMakeDirectory)
                .findFirst();
    }
}
