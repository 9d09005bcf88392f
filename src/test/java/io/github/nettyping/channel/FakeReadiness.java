package io.github.nettyping.channel;

import io.netty.channel.EventLoop;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;

/** A place in no epoll set: the test says what is ready. */
final class FakeReadiness implements Readiness {

    private Listener listener;
    private boolean registered;
    private boolean readable;
    private boolean writable;
    private boolean parked;

    @Override
    public boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    public String requirement() {
        return "any event loop";
    }

    @Override
    public Future<?> register(EventLoop loop, FileDescriptor fd, Listener listener) {
        this.listener = listener;
        this.registered = true;
        this.parked = false;
        this.readable = false;
        this.writable = false;
        return loop.newSucceededFuture(null);
    }

    @Override
    public void interest(boolean readable, boolean writable) {
        this.readable = registered && readable;
        this.writable = registered && writable;
    }

    @Override
    public void park() {
        readable = false;
        writable = false;
        parked = true;
    }

    @Override
    public void cancel() {
        registered = false;
        readable = false;
        writable = false;
    }

    boolean isParked() {
        return parked;
    }

    boolean isRegistered() {
        return registered;
    }

    boolean watchesReadable() {
        return readable;
    }

    boolean watchesWritable() {
        return writable;
    }

    void becomesReadable() {
        listener.ready(true, false, false);
    }

    void becomesWritable() {
        listener.ready(false, true, false);
    }

    void hasError() {
        listener.ready(false, false, true);
    }
}
