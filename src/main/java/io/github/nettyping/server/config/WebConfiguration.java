package io.github.nettyping.server.config;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Prometheus' web configuration: certificates, users, and headers of answers. Immutable.
 *
 * @param tls     what connections are encrypted with; empty for plain text
 * @param users   bcrypt hashes of the passwords, by name; without any, everybody may ask
 * @param headers what every answer carries besides
 */
public record WebConfiguration(Optional<SslContext> tls, Map<String, String> users, Map<String, String> headers) {

    /** Plain text, for everybody. */
    public static final WebConfiguration NONE = new WebConfiguration(Optional.empty(), Map.of(), Map.of());

    private static final List<String> FIELDS = List.of("tls_server_config", "http_server_config", "basic_auth_users");
    private static final List<String> TLS_FIELDS = List.of(
            "cert_file",
            "key_file",
            "client_auth_type",
            "client_ca_file",
            "min_version",
            "max_version",
            "cipher_suites",
            "prefer_server_cipher_suites");
    private static final List<String> HTTP_FIELDS = List.of("http2", "headers");

    /** Those that exporter-toolkit takes. */
    private static final List<String> HEADERS = List.of(
            "Content-Security-Policy",
            "X-Frame-Options",
            "X-Content-Type-Options",
            "X-XSS-Protection",
            "Strict-Transport-Security");

    private static final List<String> VERSIONS = List.of("TLS10", "TLS11", "TLS12", "TLS13");
    private static final List<String> PROTOCOLS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");
    private static final int DEFAULT_LEAST_VERSION = 2;

    private static final Pattern BCRYPT = Pattern.compile("\\$2[abxy]?\\$[0-9]{2}\\$[./A-Za-z0-9]{53}");

    /** Each further round doubles the time; 16 take some seconds. */
    private static final int MOST_ROUNDS = 16;

    private static final int FIRST_OF_ROUNDS = 4;

    /** Reads a file, and the certificates that it names, by paths from where it lies. */
    public static WebConfiguration read(Path file) throws ConfigurationException {
        Optional<Yaml> document = Yaml.read(file);
        Map<String, Yaml> fields = document.isPresent() ? document.get().mapping(FIELDS) : Map.of();
        Yaml tls = fields.get("tls_server_config");
        Map<String, Yaml> tlsFields = tls == null ? Map.of() : tls.mapping(TLS_FIELDS);
        return new WebConfiguration(
                tls == null || tlsFields.isEmpty() ? Optional.empty() : Optional.of(tls(file, tls, tlsFields)),
                users(fields.get("basic_auth_users")),
                headers(fields.get("http_server_config")));
    }

    private static Map<String, String> users(@Nullable Yaml given) throws ConfigurationException {
        Map<String, String> users = new LinkedHashMap<>();
        if (given != null) {
            for (Map.Entry<String, Map.Entry<Yaml, Yaml>> user :
                    given.named("users").entrySet()) {
                Yaml value = user.getValue().getValue();
                String hash = value.text();
                // Never the word itself: it may be a password in plain text.
                if (!BCRYPT.matcher(hash).matches() || rounds(hash) > MOST_ROUNDS) {
                    throw value.wrong(
                            "no hash of a password",
                            "one of bcrypt, with at most 16 rounds, as htpasswd -nBC 10 makes");
                }
                users.put(user.getKey(), hash);
            }
        }
        return Map.copyOf(users);
    }

    private static int rounds(String hash) {
        int at = hash.indexOf('$', 1) + 1;
        int rounds = Integer.parseInt(hash.substring(at, at + 2));
        return rounds < FIRST_OF_ROUNDS ? Integer.MAX_VALUE : rounds;
    }

    private static Map<String, String> headers(@Nullable Yaml given) throws ConfigurationException {
        Map<String, String> headers = new LinkedHashMap<>();
        if (given != null) {
            Map<String, Yaml> fields = given.mapping(HTTP_FIELDS);
            Yaml http2 = fields.get("http2");
            if (http2 != null) {
                // HTTP/1.1 is all that is offered, which every client of HTTP/2 takes.
                http2.truth();
            }
            Yaml named = fields.get("headers");
            Map<String, Yaml> values = named == null ? Map.of() : named.mapping(HEADERS);
            for (Map.Entry<String, Yaml> header : values.entrySet()) {
                String value = header.getValue().text();
                if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
                    throw header.getValue().wrong("a header with other characters", "ASCII on one line");
                }
                headers.put(header.getKey(), value);
            }
        }
        return Map.copyOf(headers);
    }

    private static SslContext tls(Path file, Yaml tls, Map<String, Yaml> fields) throws ConfigurationException {
        Yaml certificate = fields.get("cert_file");
        Yaml key = fields.get("key_file");
        if (certificate == null || key == null) {
            throw tls.wrong("TLS without certificate and key", "cert_file and key_file");
        }
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(
                    path(file, certificate).toFile(), path(file, key).toFile());
            builder.protocols(protocols(tls, fields));
            Yaml suites = fields.get("cipher_suites");
            if (suites != null) {
                List<String> names = new ArrayList<>();
                for (Yaml suite : suites.list()) {
                    names.add(suite.text());
                }
                builder.ciphers(names);
            }
            Yaml authority = fields.get("client_ca_file");
            if (authority != null && !authority.text().isEmpty()) {
                builder.trustManager(path(file, authority).toFile());
            }
            builder.clientAuth(clients(fields.get("client_auth_type"), authority));
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw certificate.wrong(
                    "cannot be used with its key: " + reason(e),
                    "PEM files of a certificate and its key, the key in PKCS#8 as openssl pkcs8 -topk8 -nocrypt makes");
        }
    }

    private static String reason(Throwable e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }

    private static Path path(Path file, Yaml name) throws ConfigurationException {
        Path directory = file.toAbsolutePath().getParent();
        return directory == null ? Path.of(name.text()) : directory.resolve(name.text());
    }

    private static List<String> protocols(Yaml tls, Map<String, Yaml> fields) throws ConfigurationException {
        Yaml least = fields.get("min_version");
        Yaml most = fields.get("max_version");
        int first = least == null ? DEFAULT_LEAST_VERSION : VERSIONS.indexOf(least.word(VERSIONS));
        int last = most == null ? VERSIONS.size() - 1 : VERSIONS.indexOf(most.word(VERSIONS));
        if (first > last) {
            throw tls.wrong("min_version above max_version", "a version of TLS that is left");
        }
        return PROTOCOLS.subList(first, last + 1);
    }

    private static ClientAuth clients(@Nullable Yaml type, @Nullable Yaml authority) throws ConfigurationException {
        if (type == null || type.text().isEmpty()) {
            return ClientAuth.NONE;
        }
        String word = type.word(List.of("NoClientCert", "VerifyClientCertIfGiven", "RequireAndVerifyClientCert"));
        if (word.equals("NoClientCert")) {
            return ClientAuth.NONE;
        }
        if (authority == null || authority.text().isEmpty()) {
            throw type.wrong(word + " without client_ca_file", "the file of who signs the clients' certificates");
        }
        return word.equals("VerifyClientCertIfGiven") ? ClientAuth.OPTIONAL : ClientAuth.REQUIRE;
    }
}
