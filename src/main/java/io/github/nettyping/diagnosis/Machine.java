package io.github.nettyping.diagnosis;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The files in which a machine describes itself. Tests put a directory of their own in their place. What does not exist
 * or cannot be read is empty. Immutable.
 */
final class Machine {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path root;

    Machine(Path root) {
        this.root = root;
    }

    /** Returns the content of a file, byte by byte. */
    Optional<String> text(String path) {
        // Not Files.readString: for a file of size 0, as all in /proc are, it first reads one byte. The handler of
        // numbers in /proc/sys gives nothing more after that (kernel/sysctl.c, proc_dointvec).
        try (InputStream in = Files.newInputStream(file(path))) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                content.write(buffer, 0, length);
            }
            return Optional.of(content.toString(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Returns the lines of a file; none if it does not exist. */
    Stream<String> lines(String path) {
        return text(path).stream().flatMap(String::lines);
    }

    /** Returns the number in a file, such as one of {@code /proc/sys}. */
    OptionalLong number(String path) {
        Optional<String> text = text(path).map(String::strip).filter(word -> word.matches("-?[0-9]{1,18}"));
        return text.isPresent() ? OptionalLong.of(Long.parseLong(text.get())) : OptionalLong.empty();
    }

    /** Returns the switch in a file of {@code /proc/sys}. */
    Optional<Boolean> flag(String path) {
        OptionalLong number = number(path);
        return number.isPresent() ? Optional.of(number.getAsLong() != 0) : Optional.empty();
    }

    /** Returns the target of a symbolic link. */
    Optional<String> link(String path) {
        try {
            return Optional.of(Files.readSymbolicLink(file(path)).toString());
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    boolean exists(String path) {
        return Files.exists(file(path));
    }

    /** Tells whether a file's mode permits its owner to write. It does not matter who asks. */
    boolean ownerMayWrite(String path) {
        try {
            return Files.getPosixFilePermissions(file(path)).contains(PosixFilePermission.OWNER_WRITE);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Tells whether this process can make a directory, or write to it if it exists. */
    boolean canMakeDirectory(String path) {
        Path existing = file(path);
        while (!Files.exists(existing)) {
            Path parent = existing.getParent();
            if (parent == null) {
                return false;
            }
            existing = parent;
        }
        return Files.isDirectory(existing) && Files.isWritable(existing);
    }

    private Path file(String path) {
        return root.resolve(path.substring(1));
    }
}
