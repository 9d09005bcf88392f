package io.github.nettyping.cli.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that has either its old content or all of the new: written beside its place, then moved there. Devices and pipes
 * are written to as they are. Immutable.
 *
 * @param option the option that names it, for messages
 */
public record WholeFile(String option, Path path) {

    /** {@code S_ISVTX} of inode(7). */
    private static final int STICKY = 01000;

    /** Finds out whether it can be written, before a long run shows that it cannot. Throws as {@link #write}. */
    public void check() {
        try {
            // Fails for links that lead round in a circle.
            Path real = Files.notExists(path) ? path : path.toRealPath();
            if (Files.isDirectory(real)) {
                throw new FileSystemException(path.toString(), null, "is a directory");
            }
            if (isPlain()) {
                Files.delete(Files.createTempFile(directory(), ".nettyping", ".tmp"));
                requireReplaceable();
            } else if (!Files.isWritable(path)) {
                throw new AccessDeniedException(path.toString());
            }
        } catch (IOException e) {
            throw complaint(e);
        }
    }

    /** Writes it. The message of an {@link UncheckedIOException} says why that failed, and what helps. */
    public void write(byte[] content) {
        try {
            if (isPlain()) {
                replace(content);
            } else {
                Blockable.call(option + ' ' + path, () -> Files.write(path, content));
            }
        } catch (IOException e) {
            throw complaint(e);
        }
    }

    private boolean isPlain() {
        return Files.notExists(path) || Files.isRegularFile(path);
    }

    /** In a directory as /tmp, only the owners of a file and of the directory may replace it, and root. stat(2), inode(7). */
    private void requireReplaceable() throws IOException {
        Path place = place();
        if (Files.notExists(place) || ((int) Files.getAttribute(directory(), "unix:mode") & STICKY) == 0) {
            return;
        }
        int user = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        boolean owned = user == 0
                || user == (int) Files.getAttribute(place, "unix:uid")
                || user == (int) Files.getAttribute(directory(), "unix:uid");
        if (!owned) {
            throw new FileSystemException(
                    path.toString(), null, "another user's, in a directory where only its owner may replace it");
        }
    }

    private Path place() throws IOException {
        return Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
    }

    private Path directory() throws IOException {
        Path parent = place().getParent();
        if (parent == null) {
            throw new FileSystemException(path.toString(), null, "is a directory");
        }
        return parent;
    }

    private void replace(byte[] content) throws IOException {
        Path place = place();
        String name = "." + place.getFileName() + '.' + ProcessHandle.current().pid() + ".tmp";
        Path beside = place.resolveSibling(name);
        try {
            try (FileChannel channel = FileChannel.open(
                    beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS)) {
                for (ByteBuffer rest = ByteBuffer.wrap(content); rest.hasRemaining(); ) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(beside);
            throw e;
        }
    }

    /** Makes sure that a name stays, which forcing the file does not: fsync(2). */
    static void forceDirectoryOf(Path absolute) throws IOException {
        Path directory = absolute.getParent();
        if (directory != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private UncheckedIOException complaint(IOException e) {
        return new UncheckedIOException(
                option + " " + path + ": " + FileFailure.reason(e) + "; name a file that can be written", e);
    }
}
