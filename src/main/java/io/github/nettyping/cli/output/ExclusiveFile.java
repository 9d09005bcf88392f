package io.github.nettyping.cli.output;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A regular file that has either its old content or all of the new, whenever process or machine stop, and that no other process
 * holds or replaces meanwhile, as long as it does so by this class. Confined to one thread at a time.
 *
 * <p>The lock is of fcntl(2): it belongs to the file that has the name now, so the next one is locked before it gets the name;
 * and it is lost when any channel of this process to the file is closed, so the file is read by the channel that locks it.
 */
public final class ExclusiveFile implements Closeable {

    private final Path place;
    private FileChannel channel;
    private boolean isNew;

    private ExclusiveFile(Path place, FileChannel channel, boolean isNew) {
        this.place = place;
        this.channel = channel;
        this.isNew = isNew;
    }

    /** Takes hold of a file, which is made if there is none. */
    public static ExclusiveFile hold(Path path) throws IOException {
        if (!Files.notExists(path) && !Files.isRegularFile(path.toRealPath())) {
            throw new FileSystemException(path.toString(), null, "is no regular file");
        }
        Path place = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        while (true) {
            boolean isNew = Files.notExists(place);
            FileChannel channel = FileChannel.open(
                    place,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    isNew ? StandardOpenOption.CREATE_NEW : StandardOpenOption.CREATE);
            try {
                Object opened = identity(place);
                lock(place, channel);
                // Whoever had it may have replaced it in between.
                if (opened != null && opened.equals(identity(place))) {
                    return new ExclusiveFile(place, channel, isNew);
                }
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            channel.close();
        }
    }

    private static @Nullable Object identity(Path file) throws IOException {
        return Files.exists(file)
                ? Files.readAttributes(file, BasicFileAttributes.class).fileKey()
                : null;
    }

    /**
     * Locks a file for as long as its channel is open. A file system without locks has none.
     *
     * @throws FileSystemException if another process, or another part of this one, holds it
     */
    static void lock(Path file, FileChannel channel) throws FileSystemException {
        boolean held;
        try {
            held = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            held = false;
        } catch (IOException e) {
            held = true;
        }
        if (!held) {
            throw new FileSystemException(file.toString(), null, "another process is writing to it");
        }
    }

    /** Tells whether there was none, and nothing has been written yet. */
    public boolean isNew() {
        return isNew;
    }

    /** Returns the content, or no more than its beginning. */
    public byte[] read(int mostBytes) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(channel.size(), mostBytes));
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
            // Until all is there, or the file has become shorter.
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /**
     * Returns the file by way of which one is replaced. Always the same name beside it: what a killed process left is replaced by
     * the next one.
     */
    public static Path beside(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".tmp");
    }

    /** Replaces the content, and forces it and the name to the disk. */
    public void replace(byte[] content) throws IOException {
        Path beside = beside(place);
        if (Files.exists(beside, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(beside, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(place.toString(), null, beside + " is in the way");
        }
        FileChannel next = FileChannel.open(
                beside,
                StandardOpenOption.WRITE,
                StandardOpenOption.READ,
                StandardOpenOption.CREATE,
                LinkOption.NOFOLLOW_LINKS);
        try {
            lock(beside, next);
            next.truncate(0);
            for (ByteBuffer rest = ByteBuffer.wrap(content); rest.hasRemaining(); ) {
                next.write(rest);
            }
            next.force(true);
            Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            next.close();
            Files.deleteIfExists(beside);
            throw e;
        }
        channel.close();
        channel = next;
        isNew = false;
        WholeFile.forceDirectoryOf(place);
    }

    /** Gives it back; one that never got a content does not stay. */
    @Override
    public void close() throws IOException {
        if (isNew) {
            Files.deleteIfExists(place);
        }
        channel.close();
    }
}
