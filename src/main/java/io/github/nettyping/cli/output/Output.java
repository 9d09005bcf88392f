package io.github.nettyping.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way of lines to standard output or a file: collects them and writes them when 64 KiB have come together, or a moment after
 * the first of them. Confined to an event loop, which may be one of several that have a sink in common: what is written
 * at a time is whole lines.
 *
 * <p>Writing blocks the event loop while the reader is slow, and so slows the sweep down to what can be read. After a
 * failure everything that follows is dropped.
 */
public final class Output {

    /** Takes bytes, as write(2) does. Outputs that have one in common use it one after another. */
    @FunctionalInterface
    public interface Sink {

        /**
         * Writes what lies between two positions, or part of it.
         *
         * @return how many bytes were taken, 0 if none can be now
         * @throws IOException if none ever will; its message is for people
         */
        int write(ByteBuffer bytes, int position, int limit) throws IOException;
    }

    private static final int BUFFER_BYTES = 1 << 16;
    private static final long SHORTEST_PAUSE_NANOS = 50_000;
    private static final long LONGEST_PAUSE_NANOS = 10_000_000;

    private final Sink sink;
    private final Consumer<Runnable> later;
    private final Runnable onFailure;
    private final Runnable onWritten;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private boolean flushDue;
    private @Nullable IOException failure;

    /**
     * Creates an empty output.
     *
     * @param later     runs a task on the event loop after a moment, well below 100 ms
     * @param onFailure called once if the sink fails
     */
    public Output(Sink sink, Consumer<Runnable> later, Runnable onFailure) {
        this(sink, later, onFailure, () -> {});
    }

    /**
     * Creates an empty output that tells when something has been written.
     *
     * @param onWritten called after every write while nobody else may use the sink: all whole lines that had been added are
     *                  there. A line that is being added is not, unless it is longer than the buffer
     */
    public Output(Sink sink, Consumer<Runnable> later, Runnable onFailure, Runnable onWritten) {
        this.sink = sink;
        this.later = later;
        this.onFailure = onFailure;
        this.onWritten = onWritten;
    }

    public Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Adds text, as UTF-8. */
    public void append(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                byte[] rest = text.subSequence(i, text.length()).toString().getBytes(StandardCharsets.UTF_8);
                append(rest, 0, rest.length);
                return;
            }
            makeRoom();
            buffer.put((byte) c);
        }
    }

    public void append(byte[] bytes, int offset, int length) {
        int end = offset + length;
        for (int at = offset; at < end; ) {
            makeRoom();
            int part = Math.min(end - at, buffer.remaining());
            buffer.put(bytes, at, part);
            at += part;
        }
    }

    /** Returns a stream that appends; neither flushing nor closing it does anything. */
    public OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                makeRoom();
                buffer.put((byte) b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                append(bytes, offset, length);
            }
        };
    }

    /** Makes sure of a write within a moment, if only for what it tells. */
    public void flushSoon() {
        if (!flushDue) {
            flushDue = true;
            later.accept(this::flushWhenDue);
        }
    }

    public void flush() {
        write(buffer.position());
    }

    private void write(int limit) {
        try {
            // As long as not all of it is written, nobody else's lines may be.
            synchronized (sink) {
                Blockable.call("the output", () -> writeUpTo(limit));
                if (failure == null) {
                    onWritten.run();
                }
            }
        } catch (IOException e) {
            failure = e;
            onFailure.run();
        } finally {
            buffer.limit(buffer.position()).position(limit);
            buffer.compact();
        }
    }

    /** Returns where the last whole line ends, or everything if it is no line. */
    private int wholeLines() {
        for (int i = buffer.position() - 1; i >= 0; i--) {
            if (buffer.get(i) == '\n') {
                return i + 1;
            }
        }
        return buffer.position();
    }

    private void makeRoom() {
        if (!buffer.hasRemaining()) {
            write(wholeLines());
        }
        flushSoon();
    }

    private void flushWhenDue() {
        flushDue = false;
        flush();
    }

    private int writeUpTo(int limit) throws IOException {
        long pauseNanos = SHORTEST_PAUSE_NANOS;
        for (int position = 0; failure == null && position < limit; ) {
            int written = sink.write(buffer, position, limit);
            position += written;
            if (written > 0) {
                pauseNanos = SHORTEST_PAUSE_NANOS;
            } else {
                // A non-blocking pipe or terminal that is full. Its other users may have made it so at any time.
                LockSupport.parkNanos(pauseNanos);
                pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
            }
        }
        return limit;
    }
}
