package io.github.nettyping.server.http;

import java.util.Set;
import java.util.function.Consumer;

/**
 * What answers at a path. Immutable.
 *
 * @param method    the one method; GET stands for HEAD, too
 * @param bodyBytes the longest body of a request
 * @param handler   answers; called on the event loop of the connection, which it must not block
 */
public record Route(String method, int bodyBytes, Consumer<Exchange> handler) {

    /** A body that nobody asked for, such as that of {@code curl -d ''}. */
    private static final int UNWANTED_BODY_BYTES = 1_024;

    /** Returns what answers GET and HEAD. */
    public static Route get(Consumer<Exchange> handler) {
        return new Route("GET", UNWANTED_BODY_BYTES, handler);
    }

    /** Returns what answers POST. */
    public static Route post(int bodyBytes, Consumer<Exchange> handler) {
        return new Route("POST", Math.max(bodyBytes, UNWANTED_BODY_BYTES), handler);
    }

    Set<String> methods() {
        return method.equals("GET") ? Set.of("GET", "HEAD") : Set.of(method);
    }

    String allow() {
        return method.equals("GET") ? "GET, HEAD" : method;
    }
}
