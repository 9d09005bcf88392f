package io.github.nettyping.cli.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that has either its old content or all of the new, whenever process or machine stop: written beside its place, forced to
 * the disk, moved there, and the move forced, too. For one process at a time. Immutable.
 */
public record DurableFile(Path path) {

    public void write(byte[] content) throws IOException {
        // Always the same name beside it: what a killed process left is replaced by the next one.
        forceDirectoryOf(replace(path, "", content));
    }

    /** Replaces a file by way of one beside it, whose name ends in {@code suffix} and {@code .tmp}; returns its place. */
    static Path replace(Path path, String suffix, byte[] content) throws IOException {
        Path place = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        Path beside = place.resolveSibling("." + place.getFileName() + suffix + ".tmp");
        try {
            writeTo(beside, content);
            Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(beside);
            throw e;
        }
        return place;
    }

    private static void writeTo(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                LinkOption.NOFOLLOW_LINKS)) {
            for (ByteBuffer rest = ByteBuffer.wrap(content); rest.hasRemaining(); ) {
                channel.write(rest);
            }
            channel.force(true);
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
}
