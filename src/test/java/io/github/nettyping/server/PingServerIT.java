package io.github.nettyping.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.github.nettyping.server.config.ConfigurationException;
import io.github.nettyping.testing.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole server on the loopback address, asked as clients ask, good ones and others. */
class PingServerIT {

    private static final List<Double> BUCKETS = List.of(0.001, 0.01, 0.1, 1.0);
    private static final String HOST = "Host: localhost\r\n";

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path dir;

    private PingServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        assertThat(messages).noneMatch(line -> line.contains("internal error"));
    }

    private ServerSettings settings(String listen, List<String> targets, List<String> allow, int most)
            throws IOException {
        Path config = dir.resolve("serve.yml");
        Path web = dir.resolve("web.yml");
        return new ServerSettings(
                List.of(new InetSocketAddress(InetAddress.getByName(listen), 0)),
                Files.exists(config) ? Optional.of(config) : Optional.empty(),
                targets,
                Files.exists(web) ? Optional.of(web) : Optional.empty(),
                allow,
                BUCKETS,
                most,
                most);
    }

    private void start(String... targets) throws IOException, ConfigurationException {
        server = new PingServer(settings("127.0.0.1", List.of(targets), List.of(), 100), messages::add);
    }

    private InetSocketAddress address() {
        return server.addresses().get(0);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + address().getPort() + path);
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private double metric(String start) throws IOException, InterruptedException {
        Matcher line = Pattern.compile("(?m)^" + Pattern.quote(start) + ".* ([0-9.E+-]+)$")
                .matcher(get("/metrics").body());
        return line.find() ? Double.parseDouble(line.group(1)) : -1;
    }

    private void awaitMetric(String start, double least) {
        Await.until(start + " at least " + least, Await.LIMIT, () -> {
            try {
                return metric(start) >= least;
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void probeTellsOfAHostThatAnswers() throws Exception {
        start();

        HttpResponse<String> answer = get("/probe?target=127.0.0.1&timeout=60s");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain; version=0.0.4");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.body())
                .contains("probe_success 1.0\n", "probe_ip_protocol 4.0\n", "probe_icmp_reply_hop_limit 64.0\n")
                .contains("probe_timeout_seconds 60.0\n", "probe_ip_addr_hash 3.668918509E9\n");
        assertThat(get("/probe?target=127.0.0.1&debug=true").body())
                .contains("Logs for the probe:\n", "outcome: alive\n", "probe_success 1.0\n", "prober: icmp\n");
    }

    @Test
    void probeOfWhoCannotAnswerIsNoFailureOfTheRequest() throws Exception {
        start();

        assertThat(get("/probe?target=a..b").body()).contains("probe_success 0.0\n", "probe_ip_protocol 0.0\n");
        assertThat(get("/probe?target=224.0.0.1").body()).contains("probe_success 0.0\n");
        assertThat(get("/probe?target=127.0.0.0/24").body()).contains("probe_success 0.0\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/probe | 400 | no target (expected: /probe?target=HOST)",
                "/probe?target=127.0.0.1&module=x | 400 | unknown module (expected: one of icmp)",
                "/probe?target=127.0.0.1&module=web | 400 | the prober of this module is http (expected: icmp)",
                "/probe?target=127.0.0.1&timeout=1 | 400 | timeout that is none (expected: a duration",
                "/nothing | 404 | nothing is there",
                "/-/reload | 405 | another method (expected: POST)",
                "/api/v1/sweep | 405 | another method (expected: POST)",
            })
    void whatIsWrongIsSaidInOneLine(String path, int status, String line) throws Exception {
        Files.writeString(dir.resolve("serve.yml"), "modules: {web: {prober: http}}\n");
        start();

        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(answer.body()).startsWith(line).hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({"0.4, , 0.4", "10, , 9.5", "3, 1s, 1.0", ", 1s, 1.0"})
    void theScrapeBoundsTheProbe(String scrape, String timeout, String seconds) throws Exception {
        start();
        String path = "/probe?target=127.0.0.1" + (timeout == null ? "" : "&timeout=" + timeout);

        HttpResponse<String> answer =
                scrape == null ? get(path) : get(path, "X-Prometheus-Scrape-Timeout-Seconds", scrape);

        assertThat(answer.body()).contains("probe_timeout_seconds " + seconds + "\n");
    }

    @Test
    void othersMayOnlyAskWhatIsAllowed() throws Exception {
        server = new PingServer(
                settings("127.0.0.1", List.of(), List.of("127.0.0.8/29", "localhost"), 100), messages::add);

        assertThat(get("/probe?target=127.0.0.9").body()).contains("probe_success 1.0\n");
        assertThat(get("/probe?target=127.0.0.1").statusCode()).isEqualTo(403);
        assertThat(get("/probe?target=no-such-host.invalid").statusCode()).isEqualTo(403);
        assertThat(post("/api/v1/sweep", "{\"targets\":[\"127.0.0.0/28\"]}").statusCode())
                .isEqualTo(403);
        assertThat(post("/api/v1/sweep", "{\"targets\":[\"127.0.0.8/30\"]}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void whoListensToOthersProbesConfiguredTargetsAlone() throws Exception {
        server = new PingServer(settings("0.0.0.0", List.of("127.0.0.2"), List.of(), 100), messages::add);

        assertThat(get("/probe?target=127.0.0.2").body()).contains("probe_success 1.0\n");
        assertThat(get("/probe?target=127.0.0.1").statusCode()).isEqualTo(403);
    }

    @Test
    void targetsAreToldInAllFormats() throws Exception {
        Files.writeString(dir.resolve("serve.yml"), """
                targets:
                - hosts: [127.0.0.2, 127.0.0.3]
                  interval: 20ms
                  tos: 16
                  labels: {site: 'a"b'}
                """);
        start();
        String labels = "{host=\"127.0.0.2\",ip=\"127.0.0.2\",site=\"a\\\"b\",source=\"\",tos=\"16\"}";
        awaitMetric("smokeping_response_duration_seconds_count" + labels, 3);

        String text = get("/metrics").body();
        assertThat(text)
                .contains(
                        "# TYPE smokeping_requests_total counter\n",
                        "# TYPE smokeping_response_duration_seconds histogram\n",
                        "# TYPE smokeping_response_ttl gauge\n",
                        "# TYPE smokeping_response_duplicates_total counter\n",
                        "# TYPE smokeping_receive_errors_total counter\n",
                        "# TYPE smokeping_send_errors_total counter\n",
                        "# TYPE nettyping_state_changes_total counter\n",
                        "# TYPE nettyping_late_total counter\n",
                        "# TYPE nettyping_local_drops_total counter\n",
                        "nettyping_rejected_total{reason=\"token\"} ",
                        "nettyping_loop_lag_seconds_count ",
                        "nettyping_config_last_reload_successful 1.0\n",
                        "process_start_time_seconds ",
                        "jvm_threads_current ",
                        "smokeping_response_ttl" + labels + " 64.0\n")
                .contains("state=\"up\",tos=\"16\"} 1.0\n");
        assertThat(text).containsPattern("smokeping_response_duration_seconds_bucket\\{.*le=\"0\\.001\"} [0-9]+\n");

        HttpResponse<String> open = get("/metrics", "Accept", "application/openmetrics-text;version=1.0.0");
        assertThat(open.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/openmetrics-text");
        assertThat(open.body()).endsWith("# EOF\n");
        HttpResponse<String> binary = get(
                "/metrics",
                "Accept",
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited");
        assertThat(binary.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/vnd.google.protobuf");
        assertThat(binary.body()).contains("smokeping_response_duration_seconds");

        HttpResponse<InputStream> small = client.send(
                HttpRequest.newBuilder(uri("/metrics"))
                        .header("Accept-Encoding", "gzip")
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(small.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(new String(new GZIPInputStream(small.body()).readAllBytes(), StandardCharsets.UTF_8))
                .contains("smokeping_requests_total");

        assertThat(get("/api/v1/targets").body())
                .contains("\"host\":\"127.0.0.2\"", "\"state\":\"up\"", "\"labels\":{\"site\":\"a\\\"b\"}");
    }

    @Test
    void reloadKeepsWhoStaysAndChangesNothingIfAnythingIsWrong() throws Exception {
        Path config = dir.resolve("serve.yml");
        Files.writeString(config, "targets: [{hosts: [127.0.0.2, 127.0.0.3], interval: 20ms}]\n");
        start();
        awaitMetric("smokeping_requests_total{host=\"127.0.0.2\"", 3);

        Files.writeString(config, "targets: [{hosts: [127.0.0.2, 127.0.0.4], interval: 1h, size: 100}]\n");
        assertThat(post("/-/reload", "").statusCode()).isEqualTo(200);
        String text = get("/metrics").body();
        assertThat(text).contains("host=\"127.0.0.4\"").doesNotContain("host=\"127.0.0.3\"");
        assertThat(metric("smokeping_requests_total{host=\"127.0.0.2\"")).isGreaterThanOrEqualTo(3);

        Files.writeString(config, "targets: [{hosts: [127.0.0.5], intervall: 1s}]\n");
        HttpResponse<String> refused = post("/-/reload", "");
        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(refused.body()).contains("serve.yml:1:32: unknown field \"intervall\" (expected: hosts, ");
        assertThat(get("/metrics").body())
                .contains("host=\"127.0.0.4\"", "nettyping_config_last_reload_successful 0.0\n")
                .doesNotContain("host=\"127.0.0.5\"");
        assertThatThrownBy(server::reload).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void sweepTellsEachHostOnALine() throws Exception {
        start();

        HttpResponse<String> answer = post(
                "/api/v1/sweep", "{\"targets\":[\"127.0.0.0/24\"],\"timeout\":\"60s\",\"retries\":0,\"rate\":100000}");

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        assertThat(answer.body().lines())
                .hasSize(254)
                .allMatch(line -> line.startsWith("{\"target\":\"127.0.0.") && line.contains("\"status\":\"alive\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | no JSON, line 1",
                "{\"targets\":[]} | no target",
                "{\"timeout\":1} | no targets",
                "{\"targets\":[\"127.0.0.1\"],\"timeot\":1} | unknown field \"timeot\"",
                "{\"targets\":[\"127.0.0.1\"],\"retries\":256} | retries: 256 (expected: 0 to 255)",
                "{\"targets\":[\"127.0.0.300\"]} | character 9: 300 is out of range",
            })
    void aSweepThatIsNoneIsRefused(String body, String line) throws Exception {
        start();

        HttpResponse<String> answer = post("/api/v1/sweep", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(line).hasLineCount(1);
    }

    @Test
    void aSweepEndsWhenItsClientGoesOrDoesNotRead() throws Exception {
        start();
        String body = "{\"targets\":[\"127.0.0.0/8\"]}";
        List<RawHttp> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            RawHttp sweep = new RawHttp(address());
            clients.add(sweep);
            sweep.send(
                    "POST /api/v1/sweep HTTP/1.1\r\n" + HOST + "Content-Length: " + body.length() + "\r\n\r\n" + body);
            assertThat(sweep.some(100)).startsWith("HTTP/1.1 200 OK");
        }
        assertThat(post("/api/v1/sweep", body).statusCode()).isEqualTo(503);

        for (RawHttp each : clients) {
            each.close();
        }

        Await.until("a sweep is possible again", Await.LIMIT, () -> {
            try {
                return post("/api/v1/sweep", "{\"targets\":[\"127.0.0.1\"]}").statusCode() == 200;
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** What two servers in a row could understand differently, and what is no request at all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /-/reload HTTP/1.1|Host: a|Content-Length: 4|Transfer-Encoding: chunked||0||",
                "POST /-/reload HTTP/1.1|Host: a|Transfer-Encoding: chunked|Transfer-Encoding: identity||0||",
                "POST /-/reload HTTP/1.1|Host: a|Transfer-Encoding: xchunked||0||",
                "POST /-/reload HTTP/1.1|Host: a|Transfer-Encoding: chunked, gzip||0||",
                "POST /-/reload HTTP/1.0|Host: a|Transfer-Encoding: chunked||0||",
                "POST /-/reload HTTP/1.1|Host: a|Content-Length: 1|Content-Length: 2||aa",
                "POST /-/reload HTTP/1.1|Host: a|Content-Length: +1||a",
                "POST /-/reload HTTP/1.1|Host: a|Content-Length: -1||",
                "POST /-/reload HTTP/1.1|Host: a|Content-Length: 1, 2||aa",
                "POST /-/reload HTTP/1.1|Host: a|Transfer-Encoding: chunked||zz||",
                "GET / HTTP/1.1||",
                "GET / HTTP/1.1|Host: a|Host: b||",
                "GET / HTTP/1.1|Host: a b||",
                "GET / HTTP/1.1|Host: a/b||",
                "GET / HTTP/1.1|Host : a||",
                "GET nothing HTTP/1.1|Host: a||",
                "GET /%zz HTTP/1.1|Host: a||",
                "GET /|Host: a||",
                "nonsense||",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000||",
            })
    void whatIsNoRequestIsRefusedAndNothingIsReadBehindIt(String request) throws Exception {
        start();

        String answer = RawHttp.exchange(
                address(), request.replace("|", "\r\n") + "GET /-/healthy HTTP/1.1\r\n" + HOST + "\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .contains("connection: close\r\n")
                .doesNotContain("Healthy");
    }

    @Test
    void whatIsTooLongIsRefused() throws Exception {
        start();

        assertThat(RawHttp.exchange(address(), "GET /" + "a".repeat(9_000) + " HTTP/1.1\r\n" + HOST + "\r\n"))
                .startsWith("HTTP/1.1 414 ");
        assertThat(RawHttp.exchange(address(), "GET / HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(17_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
        assertThat(RawHttp.exchange(address(), "POST /-/reload HTTP/1.1\r\n" + HOST + "Content-Length: 2000\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(RawHttp.exchange(
                        address(),
                        "POST /-/reload HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n7d0\r\n"
                                + "a".repeat(2_000) + "\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(RawHttp.exchange(address(), "GET / HTTP/3.0\r\n" + HOST + "\r\n"))
                .startsWith("HTTP/1.1 505 ");
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() throws Exception {
        start();

        String answer = RawHttp.exchange(
                address(),
                "GET /probe?target=127.0.0.1 HTTP/1.1\r\n" + HOST + "\r\n"
                        + "GET /-/healthy HTTP/1.1\r\n" + HOST + "\r\n"
                        + "HEAD /metrics HTTP/1.1\r\n" + HOST + "\r\n"
                        + "POST /-/reload HTTP/1.1\r\n" + HOST + "Content-Length: 2\r\n\r\nab"
                        + "GET /-/ready HTTP/1.0\r\n\r\n");

        assertThat(answer.split("HTTP/1.1 200 OK", -1)).hasSize(6);
        assertThat(answer)
                .containsSubsequence("probe_success 1.0", "Healthy\n", "read again\n", "connection: close", "Ready\n");
        assertThat(answer.indexOf("# TYPE process")).isEqualTo(-1);
    }

    @Test
    void pagesOfOtherOriginsChangeNothing() throws Exception {
        start();

        assertThat(post("/-/reload", "", "Origin", "http://evil.example").statusCode())
                .isEqualTo(403);
        assertThat(post("/-/reload", "", "Origin", "null").statusCode()).isEqualTo(403);
        assertThat(post("/-/reload", "", "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(403);
        String own = "http://127.0.0.1:" + address().getPort();
        assertThat(post("/-/reload", "", "Origin", own).statusCode()).isEqualTo(200);
    }

    @Test
    void moreThanSoManyConnectionsAreRefusedClearly() throws Exception {
        server = new PingServer(settings("127.0.0.1", List.of(), List.of(), 2), messages::add);
        try (RawHttp one = new RawHttp(address());
                RawHttp two = new RawHttp(address())) {
            one.send("GET /-/healthy HTTP/1.1\r\n" + HOST + "\r\n");
            two.send("GET /-/healthy HTTP/1.1\r\n" + HOST + "\r\n");
            assertThat(one.some(20)).startsWith("HTTP/1.1 200");
            assertThat(two.some(20)).startsWith("HTTP/1.1 200");

            assertThat(RawHttp.exchange(address(), "GET / HTTP/1.1\r\n" + HOST + "\r\n"))
                    .startsWith("HTTP/1.1 503 ")
                    .contains("Retry-After: 1\r\n")
                    .endsWith("too many connections\n");
        }
    }

    @Test
    void namesAndPasswordsAreWantedIfThereAreAny() throws Exception {
        Files.writeString(
                dir.resolve("web.yml"),
                "basic_auth_users: {ada: \"" + BCrypt.withDefaults().hashToString(4, "right".toCharArray()) + "\"}\n");
        start();

        HttpResponse<String> refused = get("/-/healthy");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Basic realm=");
        assertThat(get("/-/healthy", "Authorization", basic("ada:wrong")).statusCode())
                .isEqualTo(401);
        assertThat(get("/-/healthy", "Authorization", basic("ada:right")).statusCode())
                .isEqualTo(200);
        for (int i = 0; i < 10; i++) {
            get("/-/healthy", "Authorization", basic("ada:" + i));
        }
        assertThat(get("/-/healthy", "Authorization", basic("ada:still wrong")).statusCode())
                .isEqualTo(429);
        assertThat(get("/-/healthy", "Authorization", basic("ada:right")).statusCode())
                .isEqualTo(200);
    }

    private static String basic(String text) {
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatWasAskedIsAnsweredBeforeTheEnd() throws Exception {
        start();
        RawHttp sweep = new RawHttp(address());
        String body = "{\"targets\":[\"127.0.0.1\"]}";
        sweep.send("POST /api/v1/sweep HTTP/1.1\r\n" + HOST + "Content-Length: " + body.length() + "\r\n\r\n" + body);
        assertThat(sweep.some(20)).startsWith("HTTP/1.1 200");

        CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);

        assertThat(sweep.rest()).endsWith("0\r\n\r\n").contains("\"status\":\"alive\"");
        closed.join();
        sweep.close();
        server = null;
    }
}
