package io.github.nettyping.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The program where everybody can read it; the home of who builds it need not be. Immutable. */
final class InstalledProgram {

    private final String classPath;

    private InstalledProgram(String classPath) {
        this.classPath = classPath;
    }

    /** Copies the class path into a directory. */
    static InstalledProgram in(Path directory) {
        List<String> classPath = new ArrayList<>();
        try {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                Path from = Path.of(entry);
                Path to = directory.resolve(classPath.size() + "-" + from.getFileName());
                try (Stream<Path> files = Files.walk(from)) {
                    files.forEach(
                            file -> copy(file, to.resolve(from.relativize(file).toString())));
                }
                classPath.add(to.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new InstalledProgram(String.join(File.pathSeparator, classPath));
    }

    private static void copy(Path from, Path to) {
        try {
            boolean directory = Files.isDirectory(from);
            Files.copy(from, to);
            Files.setPosixFilePermissions(to, PosixFilePermissions.fromString(directory ? "rwxr-xr-x" : "rw-r--r--"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the words that start it. */
    List<String> command(String... arguments) {
        List<String> words = new ArrayList<>(Program.command(arguments));
        words.set(words.indexOf("-cp") + 1, classPath);
        return words;
    }
}
