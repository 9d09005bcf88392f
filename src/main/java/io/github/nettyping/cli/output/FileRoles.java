package io.github.nettyping.cli.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files a command reads and writes, whatever their names: one of them that is written may be none of the others. Links, hard
 * links and redirections of the standard streams are seen through. Devices and pipes may serve twice, but for a pipe that is
 * written and read. Confined to one thread.
 */
public final class FileRoles {

    /** The name under which files are read and written for {@code -}. */
    private static final Path STANDARD_INPUT = Path.of("/proc/self/fd/0");

    private static final int MOST_LINKS = 40;

    private final List<Role> roles = new ArrayList<>();

    private record Role(String name, boolean written, Optional<Object> identity, boolean pipe, boolean stream) {

        boolean clashesWith(Role other) {
            return (written || other.written)
                    && identity.isPresent()
                    && identity.equals(other.identity)
                    && !(pipe && written == other.written)
                    // Shells write 2>&1.
                    && !(stream && other.stream);
        }
    }

    /** A file that is read; {@code -} is standard input. */
    public FileRoles reads(String option, String file) {
        return file.equals("-")
                ? add("standard input, which " + option + " reads,", STANDARD_INPUT, false, false)
                : add(option + ' ' + file, Path.of(file), false, false);
    }

    /** A file that is written, if there is one. */
    public FileRoles writes(String option, Optional<Path> file) {
        file.ifPresent(path -> add(option + ' ' + path, path, true, false));
        return this;
    }

    /** Standard error, and standard output if anything goes there. */
    public FileRoles writesStreams(boolean output) {
        add("standard error", Path.of("/proc/self/fd/2"), true, true);
        return output ? add("standard output", Path.of("/proc/self/fd/1"), true, true) : this;
    }

    private FileRoles add(String name, Path path, boolean written, boolean stream) {
        Optional<BasicFileAttributes> there = attributes(path);
        boolean pipe = there.isPresent() && there.get().isOther() && !isDevice(path);
        boolean device = there.isPresent() && there.get().isOther() && !pipe;
        Optional<Object> identity = there.isPresent()
                ? Optional.ofNullable(there.get().fileKey()).filter(key -> !device)
                : Optional.of(place(path));
        roles.add(new Role(name, written, identity, pipe, stream));
        return this;
    }

    private static Optional<BasicFileAttributes> attributes(Path path) {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class));
        } catch (IOException | SecurityException e) {
            return Optional.empty();
        }
    }

    private static boolean isDevice(Path path) {
        try {
            int type = (int) Files.getAttribute(path, "unix:mode") & 0170000;
            // S_IFCHR and S_IFBLK of inode(7).
            return type == 0020000 || type == 0060000;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Returns where a file would be made, which links may decide. */
    private static Path place(Path path) {
        Path place = path.toAbsolutePath().normalize();
        try {
            for (int i = 0; i < MOST_LINKS && Files.isSymbolicLink(place); i++) {
                place = place.resolveSibling(Files.readSymbolicLink(place)).normalize();
            }
            Path directory = place.getParent();
            return directory == null ? place : directory.toRealPath().resolve(place.getFileName());
        } catch (IOException e) {
            // Whoever opens it will say why it cannot be.
            return place;
        }
    }

    /** Throws if a file has two roles that do not go together. */
    public void check() {
        for (int i = 0; i < roles.size(); i++) {
            for (int j = i + 1; j < roles.size(); j++) {
                Role one = roles.get(i);
                Role other = roles.get(j);
                if (one.clashesWith(other)) {
                    throw new IllegalArgumentException(one.name + " and " + other.name + " are the same file"
                            + (one.written && other.written ? ", and both are written" : ", which would be overwritten")
                            + "; name two");
                }
            }
        }
    }
}
