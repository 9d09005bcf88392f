package io.github.nettyping.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file that {@code --output} names: a regular one, a device or a pipe. Used by one thread at a time, who holds its
 * monitor; {@link #force} by any.
 */
final class ResultFile implements Output.Sink, Closeable {

    private static final String OPTION = "--output";

    private final Path path;
    private final FileChannel channel;
    private long length;

    private ResultFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Creates the file, or makes it empty.
     *
     * @throws FileFailure if that cannot be done
     */
    static ResultFile create(Path path) throws FileFailure {
        try {
            return new ResultFile(
                    path,
                    FileChannel.open(
                            path,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING));
        } catch (IOException e) {
            throw new FileFailure(OPTION, path, e, "name a file that can be written");
        }
    }

    @Override
    public int write(ByteBuffer bytes, int position, int limit) throws FileFailure {
        try {
            int written = channel.write(bytes.slice(position, limit - position));
            length += written;
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
