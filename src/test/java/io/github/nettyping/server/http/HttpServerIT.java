package io.github.nettyping.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.testing.Await;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client may take of a server: with limits so short that a test can wait for them. */
class HttpServerIT {

    private static final HttpLimits SHORT =
            new HttpLimits(100, Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(300));
    private static final HttpLimits LONG =
            new HttpLimits(100, Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMinutes(5));

    private final EventLoopGroup group = IcmpEventLoops.newGroup(1, "http");
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final AtomicReference<Exchange> asked = new AtomicReference<>();
    private HttpServer server;
    private InetSocketAddress address;

    @AfterEach
    void stop() {
        server.stop(Duration.ZERO).join();
        assertThat(server.connections()).isZero();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        assertThat(failures).isEmpty();
    }

    private void start(HttpLimits limits, Optional<SslContext> tls) {
        Map<String, Route> routes = Map.of(
                "/", Route.get(exchange -> exchange.reply(Reply.line(HttpResponseStatus.OK, "here"))),
                "/later", Route.get(asked::set));
        server = new HttpServer(
                group,
                limits,
                routes,
                Security.of(tls, Map.of(), Map.of(), Runnable::run),
                Runnable::run,
                failures::add);
        address = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private Socket connect(String text) throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout((int) Await.LIMIT.toMillis());
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Test
    void whoDoesNotFinishARequestIsToldAndCutOff() throws IOException {
        start(SHORT, Optional.empty());

        try (Socket head = connect("GET / HT");
                Socket body = connect("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc")) {
            assertThat(rest(head)).startsWith("HTTP/1.1 408 ");
            assertThat(rest(body)).startsWith("HTTP/1.1 408 ");
        }
    }

    /** However steadily the bytes come. */
    @Test
    void slowlorisIsCutOff() throws IOException {
        start(SHORT, Optional.empty());

        try (Socket slow = connect("GET / HTTP/1.1\r\nHost: a\r\n")) {
            AtomicBoolean cut = new AtomicBoolean();
            Await.until("the connection is cut", Await.LIMIT, () -> {
                try {
                    slow.getOutputStream().write('a');
                } catch (IOException e) {
                    cut.set(true);
                }
                return cut.get();
            });
        }
        Await.until("nobody is connected", Await.LIMIT, () -> server.connections() == 0);
    }

    @Test
    void whoAsksNothingIsCutOffWithoutAWord() throws IOException {
        start(SHORT, Optional.empty());

        try (Socket silent = connect("");
                Socket idle = connect("GET / HTTP/1.1\r\nHost: a\r\n\r\n")) {
            assertThat(rest(silent)).isEmpty();
            assertThat(rest(idle)).startsWith("HTTP/1.1 200 OK").endsWith("here\n");
        }
    }

    @Test
    void whoDoesNotReadIsCutOff() throws IOException {
        start(SHORT, Optional.empty());
        try (Socket deaf = connect("GET /later HTTP/1.1\r\nHost: a\r\n\r\n")) {
            Await.until("asked", Await.LIMIT, () -> asked.get() != null);
            asked.get().reply(Reply.ok("text/plain", new byte[64 << 20]));

            Await.until("the connection is cut", Await.LIMIT, () -> server.connections() == 0);
            assertThat(deaf.isClosed()).isFalse();
        }
    }

    @Test
    void whoWritesLearnsThatTheClientHasGone() throws IOException {
        start(LONG, Optional.empty());
        Socket client = connect("GET /later HTTP/1.1\r\nHost: a\r\n\r\n");
        Await.until("asked", Await.LIMIT, () -> asked.get() != null);
        Exchange exchange = asked.get();
        exchange.begin("text/plain");
        exchange.write(Unpooled.copiedBuffer("part", StandardCharsets.US_ASCII)).join();

        client.close();

        Await.until("it is told", Await.LIMIT, () -> exchange.gone().isDone());
        assertThat(exchange.write(Unpooled.copiedBuffer("more", StandardCharsets.US_ASCII)))
                .failsWithin(Await.LIMIT);
    }

    @Test
    void whatWasAskedIsAnsweredAtTheEndAndNothingElse() throws IOException {
        start(LONG, Optional.empty());
        Socket busy = connect("GET /later HTTP/1.1\r\nHost: a\r\n\r\n");
        Socket idle = connect("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        byte[] begin = new byte[4];
        assertThat(idle.getInputStream().read(begin)).isEqualTo(4);
        Await.until("asked", Await.LIMIT, () -> asked.get() != null);

        var stopped = server.stop(Await.LIMIT);

        assertThat(rest(idle)).endsWith("here\n");
        assertThat(stopped).isNotDone();
        asked.get().reply(Reply.line(HttpResponseStatus.OK, "at last"));
        assertThat(rest(busy)).contains("connection: close\r\n").endsWith("at last\n");
        busy.close();
        idle.close();
        stopped.join();
    }

    @Test
    void speaksTls(@TempDir Path dir) throws Exception {
        char[] password = "changeit".toCharArray();
        Path store = dir.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, password);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, password);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("a", keys.getCertificate("a"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        start(LONG, Optional.of(SslContextBuilder.forServer(own).build()));

        HttpResponse<String> answer = HttpClient.newBuilder()
                .sslContext(context)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + address.getPort() + "/"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.body()).isEqualTo("here\n");
        try (Socket plain = connect("GET / HTTP/1.1\r\nHost: a\r\n\r\n")) {
            assertThat(rest(plain)).doesNotContain("HTTP");
        }
    }
}
