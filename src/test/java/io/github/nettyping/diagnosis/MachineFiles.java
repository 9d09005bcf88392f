package io.github.nettyping.diagnosis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A directory that looks like a machine, as far as a test says. Confined to one thread. */
final class MachineFiles {

    private final Path root;

    MachineFiles(Path root) {
        this.root = root;
    }

    Machine machine() {
        return new Machine(root);
    }

    MachineFiles put(String path, String text) {
        try {
            Files.createDirectories(file(path).getParent());
            Files.writeString(file(path), text, StandardCharsets.ISO_8859_1);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    MachineFiles putReadOnly(String path, String text) {
        put(path, text);
        try {
            Files.setPosixFilePermissions(file(path), PosixFilePermissions.fromString("r--r--r--"));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    MachineFiles link(String path, String target) {
        try {
            Files.createDirectories(file(path).getParent());
            Files.createSymbolicLink(file(path), Path.of(target));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    MachineFiles putDirectory(String path) {
        try {
            Files.createDirectories(file(path));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String path) {
        return root.resolve(path.substring(1));
    }
}
