package io.github.nettyping.testing;

import io.netty.channel.EventLoop;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.RejectedExecutionException;

/** An event loop that takes tasks as another one does, until it is full or has ended. Safe for use by many threads. */
public final class RefusingLoop {

    private final EventLoop real;
    private final EventLoop loop;
    private volatile boolean full;
    private volatile boolean ended;

    public RefusingLoop(EventLoop real) {
        this.real = real;
        InvocationHandler handler = (proxy, method, arguments) -> invoke(method, arguments);
        this.loop = (EventLoop)
                Proxy.newProxyInstance(RefusingLoop.class.getClassLoader(), new Class<?>[] {EventLoop.class}, handler);
    }

    /** Returns it as others see it. */
    public EventLoop eventLoop() {
        return loop;
    }

    /** Sets whether the queue of tasks is full; that of timers never is, on the loop's thread. */
    public void full(boolean value) {
        full = value;
    }

    /** Refuses everything from now on. */
    public void end() {
        ended = true;
    }

    private Object invoke(Method method, Object[] arguments) throws Throwable {
        switch (method.getName()) {
            case "next" -> {
                return loop;
            }
            case "isShutdown", "isShuttingDown" -> {
                return ended;
            }
            case "execute" -> {
                if (full || ended) {
                    throw new RejectedExecutionException("full: " + full + ", ended: " + ended);
                }
            }
            default -> {}
        }
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
