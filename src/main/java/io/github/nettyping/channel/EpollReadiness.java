package io.github.nettyping.channel;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor's place in the epoll set of an event loop: the only class that knows how {@code io.netty.channel.epoll} works.
 *
 * <p>At most one registration is alive at a time: a second one of the same descriptor would shadow the first without
 * failing.
 */
final class EpollReadiness implements Readiness {

    private static final EpollIoOps ERROR = EpollIoOps.EPOLLERR;
    private static final EpollIoOps ERROR_IN = ERROR.with(EpollIoOps.EPOLLIN);
    private static final EpollIoOps ERROR_OUT = ERROR.with(EpollIoOps.EPOLLOUT);
    private static final EpollIoOps ERROR_IN_OUT = ERROR_IN.with(EpollIoOps.EPOLLOUT);

    private @Nullable IoRegistration registration;
    private EpollIoOps submitted = EpollIoOps.NONE;

    /** Returns what makes the event loops that {@link #isCompatible} accepts. */
    static IoHandlerFactory handlerFactory() {
        return EpollIoHandler.newFactory();
    }

    @Override
    public boolean isCompatible(EventLoop loop) {
        return loop instanceof IoEventLoop ioLoop && ioLoop.isCompatible(Handle.class);
    }

    @Override
    public String requirement() {
        return "an event loop of EpollIoHandler, as in new MultiThreadIoEventLoopGroup(EpollIoHandler.newFactory())";
    }

    @Override
    public Future<?> register(EventLoop loop, FileDescriptor fd, Listener listener) {
        Future<IoRegistration> registering = ((IoEventLoop) loop).register(new Handle(fd, listener));
        if (registering.isSuccess()) {
            // As always on the event loop. Not by a listener, which may be called later, when we have been cancelled.
            keep(registering.getNow());
            return registering;
        }
        Promise<Void> done = loop.newPromise();
        registering.addListener(future -> {
            if (future.isSuccess()) {
                keep((IoRegistration) future.getNow());
                done.setSuccess(null);
            } else {
                done.setFailure(future.cause());
            }
        });
        return done;
    }

    private void keep(IoRegistration newRegistration) {
        registration = newRegistration;
        submitted = EpollIoOps.NONE;
    }

    @Override
    public void interest(boolean readable, boolean writable) {
        IoRegistration current = registration;
        if (current == null) {
            return;
        }
        EpollIoOps wanted = readable ? (writable ? ERROR_IN_OUT : ERROR_IN) : (writable ? ERROR_OUT : ERROR);
        // Each submit is an epoll_ctl(2).
        if (wanted.value() != submitted.value()) {
            current.submit(wanted);
            submitted = wanted;
        }
    }

    @Override
    public void park() {
        IoRegistration current = registration;
        if (current != null && submitted.value() != EpollIoOps.NONE.value()) {
            // Takes the descriptor out of the set. Only cancel may follow: the registration does not know that it is
            // out.
            submitted = EpollIoOps.NONE;
            current.submit(EpollIoOps.NONE);
        }
    }

    @Override
    public void cancel() {
        IoRegistration current = registration;
        if (current != null) {
            registration = null;
            current.cancel();
        }
    }

    private static final class Handle implements EpollIoHandle {

        private final FileDescriptor fd;
        private final Listener listener;

        Handle(FileDescriptor fd, Listener listener) {
            this.fd = fd;
            this.listener = listener;
        }

        @Override
        public FileDescriptor fd() {
            return fd;
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            EpollIoOps ops = ((EpollIoEvent) event).ops();
            listener.ready(ops.contains(EpollIoOps.EPOLLIN), ops.contains(EpollIoOps.EPOLLOUT), ops.contains(ERROR));
        }

        @Override
        public void close() {
            listener.loopClosing();
        }
    }
}
