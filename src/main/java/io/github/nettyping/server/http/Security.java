package io.github.nettyping.server.http;

import io.netty.handler.ssl.SslContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Who may ask, and how: changed as a whole when a configuration is read again. Safe for use by many threads.
 *
 * @param tls       what connections are encrypted with; empty for plain text
 * @param passwords who may ask
 * @param headers   what every answer carries besides
 */
public record Security(Optional<SslContext> tls, Passwords passwords, Map<String, String> headers) {

    /**
     * Returns what a web configuration says.
     *
     * @param users bcrypt hashes by name; without any, everybody may ask
     * @param slow  where they are verified; may reject
     */
    public static Security of(
            Optional<SslContext> tls, Map<String, String> users, Map<String, String> headers, Executor slow) {
        return new Security(tls, new Passwords(users, slow, System::nanoTime), headers);
    }
}
