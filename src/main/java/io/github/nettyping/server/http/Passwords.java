package io.github.nettyping.server.http;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tells who may ask. A hash takes tens of milliseconds to verify, so that happens elsewhere, once for the same name and
 * password however many ask at once, and what was right is remembered: not the password, but a keyed digest of it. Who is
 * wrong too often has to wait. Safe for use by many threads.
 */
final class Passwords {

    /** What is known of a request. */
    enum Verdict {
        RIGHT,
        WRONG,
        /** Wrong too often. */
        LATER,
        /** There are too many to verify. */
        BUSY
    }

    private static final String ALGORITHM = "HmacSHA256";
    private static final int REMEMBERED = 128;
    private static final int MOST_PASSWORD_BYTES = 256;
    private static final int MOST_FAILURES = 10;
    private static final long FORGIVEN_AFTER_NANOS = 60_000_000_000L;

    /** Verified for names that do not exist, so that they take as long as others; of a password nobody knows. */
    private static final String NOBODY = "$2a$10$7EqJtq98hPqEX7fNZaFWoO.HbmYlCjN4pX1WJqHnYPaqjLqRgGJ2m";

    private record Failures(int count, long sinceNanos) {}

    private final Map<String, String> users;
    private final Executor executor;
    private final LongSupplier clock;
    private final SecretKeySpec key;
    private final Map<ByteBuffer, Boolean> right = bounded();
    private final Map<InetAddress, Failures> failures = bounded();
    private final Map<ByteBuffer, CompletableFuture<Verdict>> pending = new LinkedHashMap<>();

    /**
     * Creates it without anything remembered.
     *
     * @param users    bcrypt hashes by name
     * @param executor where they are verified; may reject
     * @param clock    nanoseconds, as of {@link System#nanoTime()}
     */
    Passwords(Map<String, String> users, Executor executor, LongSupplier clock) {
        this.users = users;
        this.executor = executor;
        this.clock = clock;
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    boolean areNeeded() {
        return !users.isEmpty();
    }

    /** Returns whether an {@code Authorization} header is right; completes at once if that is known, on any thread. */
    CompletableFuture<Verdict> check(@Nullable String authorization, InetAddress from) {
        String[] named = authorization == null ? new String[0] : decoded(authorization);
        if (named.length != 2) {
            return CompletableFuture.completedFuture(Verdict.WRONG);
        }
        byte[] password = named[1].getBytes(StandardCharsets.UTF_8);
        String hash = users.get(named[0]);
        ByteBuffer digest = digest(named[0], password);
        CompletableFuture<Verdict> verdict;
        synchronized (this) {
            if (right.containsKey(digest)) {
                return CompletableFuture.completedFuture(Verdict.RIGHT);
            }
            if (isTooOften(from)) {
                return CompletableFuture.completedFuture(Verdict.LATER);
            }
            CompletableFuture<Verdict> others = pending.get(digest);
            if (others != null) {
                return others;
            }
            verdict = new CompletableFuture<>();
            pending.put(digest, verdict);
        }
        try {
            executor.execute(() -> verify(digest, password, hash, from, verdict));
        } catch (RejectedExecutionException e) {
            end(digest, Verdict.BUSY, from, verdict);
        }
        return verdict;
    }

    private void verify(
            ByteBuffer digest,
            byte[] password,
            @Nullable String hash,
            InetAddress from,
            CompletableFuture<Verdict> verdict) {
        Verdict found = Verdict.WRONG;
        try {
            boolean verified = password.length <= MOST_PASSWORD_BYTES
                    && BCrypt.verifyer()
                            .verify(
                                    truncated(password),
                                    (hash == null ? NOBODY : hash).getBytes(StandardCharsets.US_ASCII))
                            .verified;
            found = verified && hash != null ? Verdict.RIGHT : Verdict.WRONG;
        } finally {
            end(digest, found, from, verdict);
        }
    }

    /** Bcrypt takes no more, and what made the hash left out the rest as well. */
    private static byte[] truncated(byte[] password) {
        return Arrays.copyOf(password, Math.min(password.length, 71));
    }

    private void end(ByteBuffer digest, Verdict found, InetAddress from, CompletableFuture<Verdict> verdict) {
        synchronized (this) {
            pending.remove(digest);
            if (found == Verdict.RIGHT) {
                right.put(digest, true);
                failures.remove(from);
            } else if (found == Verdict.WRONG) {
                Failures before = failures.get(from);
                failures.put(
                        from,
                        before == null || isForgiven(before)
                                ? new Failures(1, clock.getAsLong())
                                : new Failures(before.count + 1, before.sinceNanos));
            }
        }
        verdict.complete(found);
    }

    private boolean isTooOften(InetAddress from) {
        Failures before = failures.get(from);
        return before != null && before.count >= MOST_FAILURES && !isForgiven(before);
    }

    private boolean isForgiven(Failures before) {
        return clock.getAsLong() - before.sinceNanos > FORGIVEN_AFTER_NANOS;
    }

    /** Returns name and password, or nothing. */
    private static String[] decoded(String authorization) {
        String scheme = "Basic ";
        if (!authorization.regionMatches(true, 0, scheme, 0, scheme.length())) {
            return new String[0];
        }
        try {
            byte[] bytes = Base64.getDecoder()
                    .decode(authorization.substring(scheme.length()).strip());
            return new String(bytes, StandardCharsets.UTF_8).split(":", 2);
        } catch (IllegalArgumentException e) {
            return new String[0];
        }
    }

    private ByteBuffer digest(String name, byte[] password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(name.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return ByteBuffer.wrap(mac.doFinal(password));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
