package io.github.nettyping.cli;

import io.github.nettyping.cli.output.MemoryShortage;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Drops what Netty and the library log: standard error belongs to the messages of this program. An event loop logs what a task
 * has thrown and goes on; if memory is short, that is the end. Stateless.
 */
final class SilentLogs extends InternalLoggerFactory {

    @Override
    protected InternalLogger newInstance(String name) {
        return (InternalLogger) Proxy.newProxyInstance(
                SilentLogs.class.getClassLoader(),
                new Class<?>[] {InternalLogger.class},
                (logger, method, arguments) -> answer(name, method, arguments));
    }

    /** Warnings are asked for, and nothing is logged. */
    private static @Nullable Object answer(String name, Method method, Object @Nullable [] arguments) {
        if (method.getReturnType() == boolean.class) {
            return method.getName().equals("isWarnEnabled") || method.getName().equals("isErrorEnabled");
        }
        for (Object argument : arguments == null ? new Object[0] : arguments) {
            if (argument instanceof Throwable failure) {
                MemoryShortage.endIfIn(failure);
            } else if (argument instanceof Object[] several) {
                answer(name, method, several);
            }
        }
        return method.getReturnType() == String.class ? name : null;
    }
}
