package io.github.nettyping.cli.output;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Signals, by {@code sun.misc.Signal}: no other way leaves a process running after one. By reflection, since javac warns
 * of that class and a JVM may lack it; a signal then does what it does by default. Stateless.
 */
public final class Signals {

    private Signals() {}

    /** Calls an action on a new thread for each signal such as {@code INT}. What was ignored at first stays so. */
    public static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy =
                    Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, calling(action));
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // The JVM has no such class, or keeps the signal for itself (-Xrs). Nothing is lost but the summary.
        }
    }

    private static InvocationHandler calling(Runnable action) {
        return (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                action.run();
                yield null;
            }
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            default -> "SignalHandler of nettyping";
        };
    }
}
