package io.github.nettyping.cli.output;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The file that {@code --output} names: a regular one, a device or a pipe. Used by one thread at a time, who holds its
 * monitor; {@link #force} by any.
 */
public final class ResultFile implements StableSink, Closeable {

    private static final String OPTION = "--output";
    private static final int READ_BYTES = 1 << 20;

    private final Path path;
    private final FileChannel channel;
    private long length;
    private CRC32C checksum = new CRC32C();

    private ResultFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Opens a file and empties it; no other process that does the same can have it meanwhile. */
    public static ResultFile create(Path path) throws FileFailure {
        FileChannel channel = null;
        try {
            channel = Blockable.call(
                    OPTION + ' ' + path,
                    () -> FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE));
            if (Files.isRegularFile(path)) {
                ExclusiveFile.lock(path, channel);
                channel.truncate(0);
            }
            return new ResultFile(path, channel);
        } catch (IOException e) {
            FileFailure failure = new FileFailure(OPTION, path, e, "name a file that can be written");
            closeAfter(failure, channel);
            throw failure;
        }
    }

    /**
     * Opens a regular file and keeps what it has, until {@link #truncate}; no other process that does the same can have it
     * meanwhile.
     *
     * @throws NoSuchFileException if there is none, or no directory for it
     * @throws FileFailure if it cannot be had
     */
    public static ResultFile keep(Path path, boolean create) throws NoSuchFileException, FileFailure {
        FileChannel channel = null;
        try {
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                throw new FileSystemException(path.toString(), null, "is no regular file, and cannot be gone on with");
            }
            channel = create
                    ? FileChannel.open(
                            path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)
                    : FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            ExclusiveFile.lock(path, channel);
            return new ResultFile(path, channel);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            FileFailure failure = new FileFailure(OPTION, path, e, "name another file");
            closeAfter(failure, channel);
            throw failure;
        }
    }

    private static void closeAfter(FileFailure failure, @Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Returns how many bytes the file has on the disk, whoever wrote them. */
    public long size() throws FileFailure {
        try {
            return channel.size();
        } catch (IOException e) {
            throw new FileFailure(OPTION, path, e, "name another file");
        }
    }

    /** Reads the beginning of the file, of so many bytes, as if it had been written by this. */
    public void read(long bytes) throws FileFailure {
        CRC32C sum = new CRC32C();
        ByteBuffer part = ByteBuffer.allocateDirect(READ_BYTES);
        try {
            for (long at = 0; at < bytes; at += part.position()) {
                part.clear().limit((int) Math.min(READ_BYTES, bytes - at));
                if (channel.read(part, at) <= 0) {
                    throw new EOFException("has become shorter");
                }
                sum.update(part.duplicate().flip());
            }
        } catch (IOException e) {
            throw new FileFailure(OPTION, path, e, "name another file");
        }
        synchronized (this) {
            length = bytes;
            checksum = sum;
        }
    }

    /** Drops what comes after what has been {@link #read} or written, and goes on from there. */
    public void truncate() throws FileFailure {
        try {
            channel.truncate(length);
            channel.position(length);
            WholeFile.forceDirectoryOf(path.toRealPath());
        } catch (IOException e) {
            throw new FileFailure(OPTION, path, e, "name another file");
        }
    }

    @Override
    public long checksum() {
        return checksum.getValue();
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void force() throws FileFailure {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw new FileFailure(OPTION, path, e, "make room, or name another file");
        }
    }

    @Override
    public int write(ByteBuffer bytes, int position, int limit) throws FileFailure {
        try {
            int written = channel.write(bytes.slice(position, limit - position));
            length += written;
            checksum.update(bytes.slice(position, written));
            return written;
        } catch (IOException e) {
            throw new FileFailure(OPTION, path, e, "make room, or name another file");
        }
    }

    @Override
    public void close() throws FileFailure {
        try {
            channel.close();
        } catch (IOException e) {
            // Some file systems tell only now.
            throw new FileFailure(OPTION, path, e, "make room, or name another file");
        }
    }
}
