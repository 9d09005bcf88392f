package io.github.nettyping.cli;

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Drops what Netty and the library log: standard error belongs to the messages of this program. Stateless. */
final class SilentLogs extends InternalLoggerFactory {

    @Override
    protected InternalLogger newInstance(String name) {
        return (InternalLogger) Proxy.newProxyInstance(
                SilentLogs.class.getClassLoader(),
                new Class<?>[] {InternalLogger.class},
                (logger, method, arguments) -> answer(name, method));
    }

    /** No level is enabled, and nothing is logged. */
    private static @Nullable Object answer(String name, Method method) {
        if (method.getReturnType() == boolean.class) {
            return false;
        }
        return method.getReturnType() == String.class ? name : null;
    }
}
