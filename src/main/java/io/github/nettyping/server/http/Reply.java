package io.github.nettyping.server.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A whole answer. Immutable; the bytes are not copied. */
public final class Reply {

    private static final String PLAIN = "text/plain; charset=utf-8";

    private final HttpResponseStatus status;
    private final Map<String, String> headers;
    private final byte[] body;

    private Reply(HttpResponseStatus status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** Returns an answer of a type. */
    public static Reply ok(String contentType, byte[] body) {
        return new Reply(HttpResponseStatus.OK, Map.of("Content-Type", contentType), body);
    }

    /** Returns one line of text. */
    public static Reply line(HttpResponseStatus status, String line) {
        return new Reply(status, Map.of("Content-Type", PLAIN), (line + '\n').getBytes(StandardCharsets.UTF_8));
    }

    /** Returns one line of text, saying that the client may come again. */
    public static Reply busy(HttpResponseStatus status, String line) {
        return line(status, line).with("Retry-After", "1");
    }

    /** Returns one line about a request that cannot be answered as it is. */
    public static Reply bad(String line) {
        return line(HttpResponseStatus.BAD_REQUEST, line);
    }

    /** Returns this with a further header. */
    public Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, body);
    }

    HttpResponseStatus status() {
        return status;
    }

    /** Returns what it carries besides what every answer does. */
    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }
}
