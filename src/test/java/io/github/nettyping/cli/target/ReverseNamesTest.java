package io.github.nettyping.cli.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.testing.Await;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReverseNamesTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final CountDownLatch silence = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();

    /** Has a name for even addresses, none for odd ones, and is silent about those from 192.0.3.0 on. */
    private final NameLookup.Resolver resolver = new NameLookup.Resolver() {
        @Override
        public InetAddress[] addresses(String name) throws UnknownHostException {
            throw new UnknownHostException(name);
        }

        @Override
        public Optional<String> name(InetAddress address) throws UnknownHostException {
            asked.incrementAndGet();
            byte[] bytes = address.getAddress();
            if (bytes[2] >= 3) {
                try {
                    silence.await();
                } catch (InterruptedException e) {
                    throw new UnknownHostException("interrupted");
                }
            }
            return bytes[3] % 2 == 0 ? Optional.of("host-" + bytes[3]) : Optional.empty();
        }
    };

    @AfterEach
    void speak() {
        silence.countDown();
    }

    private ReverseNames names(int threads, Duration limit) {
        return new ReverseNames(new NameLookup(Optional.empty(), resolver, threads), limit);
    }

    private static IpAddress address(int third, int fourth) {
        return IpAddress.ofIpv4(192 << 24 | third << 8 | fourth);
    }

    private static Optional<String> await(CompletableFuture<Optional<String>> name) {
        return name.orTimeout(Await.LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Test
    void whoHasANameHasItAndWhoHasNoneIsNotUnknown() {
        try (ReverseNames names = names(1, LONG)) {
            assertThat(await(names.of(address(2, 4)))).contains("host-4");
            assertThat(await(names.of(address(2, 5)))).isEmpty();
            assertThat(names.unknown()).isZero();
        }
    }

    @Test
    void aNameThatDoesNotComeInTimeIsUnknown() {
        try (ReverseNames names = names(1, Duration.ofMillis(1))) {
            assertThat(await(names.of(address(3, 4)))).isEmpty();
            assertThat(names.unknown()).isEqualTo(1);
        }
    }

    @Test
    void closingLeavesNobodyWaiting() {
        ReverseNames names = names(1, LONG);
        CompletableFuture<Optional<String>> asked = names.of(address(3, 4));
        CompletableFuture<Optional<String>> queued = names.of(address(3, 6));
        names.close();
        assertThat(await(asked)).isEmpty();
        assertThat(await(queued)).isEmpty();
    }

    /** More than there are threads: those behind them have not even begun. */
    @Test
    void aResolverThatSaysNothingHoldsNobodyUpForLong() {
        try (ReverseNames names = names(ReverseNames.THREADS, Duration.ofMillis(20))) {
            List<CompletableFuture<Optional<String>>> all = new ArrayList<>();
            for (int i = 0; i < 10 * ReverseNames.THREADS; i++) {
                all.add(names.of(address(3, i % 128)));
            }
            all.forEach(name -> assertThat(await(name)).isEmpty());
            assertThat(asked).hasValueLessThan(3 * ReverseNames.THREADS);
            assertThat(names.unknown()).isEqualTo(10L * ReverseNames.THREADS);
        }
    }
}
