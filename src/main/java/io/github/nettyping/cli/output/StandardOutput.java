package io.github.nettyping.cli.output;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.packet.SystemCallException;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;

/**
 * File descriptor 1, written through Netty since the JDK's streams do not tell the errno. To be used once Netty's
 * native library is loaded. Confined to one thread.
 */
public record StandardOutput(FileDescriptor descriptor) implements Output.Sink {

    // asm-generic/errno-base.h, errno.h
    static final int EFBIG = 27;
    static final int ENOSPC = 28;
    static final int EPIPE = 32;
    static final int ENOTCONN = 107;
    static final int EDQUOT = 122;

    public StandardOutput() {
        this(new FileDescriptor(1));
    }

    @Override
    public int write(ByteBuffer bytes, int position, int limit) throws SystemCallException {
        try {
            return descriptor.write(bytes, position, limit);
        } catch (IOException | NotYetConnectedException e) {
            throw failure(errno(e));
        }
    }

    private static int errno(Exception e) {
        if (e instanceof NativeIoException failed) {
            return -failed.expectedErr();
        }
        // Errors.ioResult of Netty has exceptions of their own for these, and for ENOENT, which write(2) never returns.
        return e instanceof ClosedChannelException ? Errno.EBADF : ENOTCONN;
    }

    static SystemCallException failure(int errno) {
        return new SystemCallException("write(standard output)", errno, Errno.name(errno), remedy(errno));
    }

    /** Tells whether a failure means that whoever read it has had enough. */
    static boolean isReaderGone(Throwable failure) {
        return failure instanceof SystemCallException call && call.errno() == EPIPE;
    }

    private static String remedy(int errno) {
        return switch (errno) {
            case ENOSPC -> "the disk is full: make room, or write elsewhere";
            case EDQUOT -> "your quota is used up: make room, or write elsewhere";
            case EFBIG -> "the file is too large: raise ulimit -f, or write elsewhere";
            case Errno.EBADF -> "it is closed: redirect it to a file or to /dev/null";
            default -> "write elsewhere";
        };
    }
}
