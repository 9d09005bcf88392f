package io.github.nettyping.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.github.nettyping.server.http.Passwords.Verdict;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PasswordsTest {

    private static final String HASH = BCrypt.withDefaults().hashToString(4, "right".toCharArray());
    private static final InetAddress CLIENT = InetAddress.getLoopbackAddress();

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private long now;
    private final Passwords passwords = new Passwords(Map.of("ada", HASH), tasks::add, () -> now);

    private static String basic(String text) {
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Verdict verdict(String text) {
        CompletableFuture<Verdict> checked = passwords.check(basic(text), CLIENT);
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
        return checked.join();
    }

    @Test
    void rightAndWrongAreToldApart() {
        assertThat(verdict("ada:right")).isEqualTo(Verdict.RIGHT);
        assertThat(verdict("ada:wrong")).isEqualTo(Verdict.WRONG);
        assertThat(verdict("bob:right")).isEqualTo(Verdict.WRONG);
        assertThat(verdict("ada")).isEqualTo(Verdict.WRONG);
        assertThat(passwords.check(null, CLIENT)).isCompletedWithValue(Verdict.WRONG);
        assertThat(passwords.check("Bearer x", CLIENT)).isCompletedWithValue(Verdict.WRONG);
        assertThat(passwords.check("Basic %", CLIENT)).isCompletedWithValue(Verdict.WRONG);
    }

    @Test
    void whatWasRightIsNotVerifiedAgainAndTheSameIsVerifiedOnce() {
        List<CompletableFuture<Verdict>> many = IntStream.range(0, 10)
                .mapToObj(i -> passwords.check(basic("ada:right"), CLIENT))
                .toList();
        assertThat(tasks).hasSize(1);
        tasks.remove().run();
        assertThat(many).allSatisfy(each -> assertThat(each).isCompletedWithValue(Verdict.RIGHT));

        assertThat(passwords.check(basic("ada:right"), CLIENT)).isCompletedWithValue(Verdict.RIGHT);
        assertThat(tasks).isEmpty();
    }

    @Test
    void whoIsWrongTooOftenHasToWaitAMinute() {
        for (int i = 0; i < 10; i++) {
            assertThat(verdict("ada:" + i)).isEqualTo(Verdict.WRONG);
        }
        assertThat(verdict("ada:right")).isEqualTo(Verdict.LATER);

        now = 61_000_000_000L;
        assertThat(verdict("ada:right")).isEqualTo(Verdict.RIGHT);
    }

    @Test
    void tooManyToVerifyIsSaid() {
        Passwords busy = new Passwords(
                Map.of("ada", HASH),
                task -> {
                    throw new RejectedExecutionException();
                },
                () -> now);

        assertThat(busy.check(basic("ada:right"), CLIENT)).isCompletedWithValue(Verdict.BUSY);
    }
}
