package io.github.nettyping.cli.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.cli.format.SampleOutcomes;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.testing.Await;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameLookupTest {

    private static final Duration LIMIT = Await.LIMIT;
    private static final InetAddress FOUR = address("192.0.2.4");
    private static final InetAddress FIVE = address("192.0.2.5");
    private static final InetAddress SIX = address("2001:db8::6");
    private static final InetAddress SEVEN = address("2001:db8::7");

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final List<NameLookup> opened = new ArrayList<>();

    /** Answers by a function. */
    private interface Addresses {
        InetAddress[] of(String name) throws UnknownHostException;
    }

    private static InetAddress address(String literal) {
        return SampleOutcomes.address(literal).toInetAddress();
    }

    private NameLookup lookup(Optional<IpFamily> family, Addresses addresses) {
        return opened(new NameLookup(family, new NameLookup.Resolver() {
            @Override
            public InetAddress[] addresses(String name) throws UnknownHostException {
                asked.add(name);
                return addresses.of(name);
            }

            @Override
            public Optional<String> name(InetAddress address) throws UnknownHostException {
                throw new UnknownHostException("no name");
            }
        }));
    }

    private NameLookup opened(NameLookup lookup) {
        opened.add(lookup);
        return lookup;
    }

    private NameLookup finding(Optional<IpFamily> family, InetAddress... addresses) {
        return lookup(family, name -> addresses);
    }

    private NameLookup failing(String message) {
        return lookup(Optional.empty(), name -> {
            throw new UnknownHostException(message);
        });
    }

    @AfterEach
    void close() {
        opened.forEach(NameLookup::close);
    }

    private static List<InetAddress> found(CompletableFuture<List<InetAddress>> addresses) {
        try {
            return addresses.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void assertUnknown(CompletableFuture<List<InetAddress>> addresses, String message) {
        assertThatThrownBy(() -> addresses.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(UnknownHostException.class)
                .hasMessage(message);
    }

    @Test
    void ipv4ComesFirstAndWithinAFamilyTheResolversOrderStays() {
        assertThat(found(finding(Optional.empty(), SEVEN, FIVE, SIX, FOUR).addresses("host.example")))
                .containsExactly(FIVE, FOUR, SEVEN, SIX);
    }

    @Test
    void onlyTheFamilyThatIsWantedIsLeft() {
        assertThat(found(finding(Optional.of(IpFamily.IPV6), FOUR, SIX, FIVE).addresses("host.example")))
                .containsExactly(SIX);
        assertThat(found(finding(Optional.of(IpFamily.IPV4), SIX, FIVE, FOUR).addresses("host.example")))
                .containsExactly(FIVE, FOUR);
    }

    @Test
    void aNameWithoutAddressOfThatFamilyFails() {
        assertUnknown(
                finding(Optional.of(IpFamily.IPV6), FOUR).addresses("host.example"),
                "host.example: Address family for hostname not supported");
    }

    @ParameterizedTest
    @CsvSource({
        "nosuch.invalid: Name or service not known, Name or service not known",
        "nosuch.invalid: Temporary failure in name resolution, Temporary failure in name resolution",
        "nosuch.invalid, Name or service not known",
        ", Name or service not known",
        "Unable to resolve host nosuch.invalid, Unable to resolve host nosuch.invalid"
    })
    void aFailureIsTheNameAndWhatTheResolverSaid(String message, String reason) {
        assertUnknown(failing(message).addresses("nosuch.invalid"), "nosuch.invalid: " + reason);
    }

    @ParameterizedTest
    @CsvSource({
        "bücher.example, xn--bcher-kva.example",
        "bu\u0308cher.example, xn--bcher-kva.example",
        "BÜCHER.example., xn--bcher-kva.example.",
        "日本語.example, xn--wgv71a119e.example",
        "ab--c.example, ab--c.example",
        "_x.Example, _x.Example"
    })
    void internationalisedNamesAreAskedForInAscii(String typed, String ascii) {
        found(finding(Optional.empty(), FOUR).addresses(typed));
        assertThat(asked).containsExactly(ascii);
    }

    @Test
    void aFailureHasTheNameAsTyped() {
        assertUnknown(
                failing("xn--bcher-kva.example: No address associated with hostname")
                        .addresses("bücher.example"),
                "bücher.example: No address associated with hostname");
    }

    @ParameterizedTest
    @CsvSource({"faß.example, ß", "STRAẞE.example, ẞ", "οδός.example, ς"})
    void aNameThatIsAnotherHostToOtherProgramsIsNotAskedFor(String name, String letter) {
        assertUnknown(
                finding(Optional.empty(), FOUR).addresses(name),
                name + ": with '" + letter + "' it is another host to other programs; give its xn-- form");
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"xn--ü.example", "１２７.0.0.1", "0ｘ7f.1"})
    void aNameWithoutAFormInAsciiIsNotAskedFor(String name) {
        assertUnknown(
                finding(Optional.empty(), FOUR).addresses(name), name + ": Parameter string not correctly encoded");
        assertThat(asked).isEmpty();
    }

    @Test
    void aLabelThatIsTooLongInAsciiIsNotAskedFor() {
        String name = "ü".repeat(60) + ".example";
        assertUnknown(
                finding(Optional.empty(), FOUR).addresses(name), name + ": Parameter string not correctly encoded");
        assertThat(asked).isEmpty();
    }

    @Test
    void literalsAreReturnedWithoutAQueryWhateverTheFamily() {
        NameLookup lookup = failing("asked");
        assertThat(found(lookup.addresses("192.0.2.4"))).containsExactly(FOUR);
        assertThat(found(lookup.addresses("2001:DB8:0::6"))).containsExactly(SIX);
        assertThat(found(finding(Optional.of(IpFamily.IPV6), SIX).addresses("192.0.2.4")))
                .containsExactly(FOUR);
        assertThat(asked).isEmpty();
    }

    @Test
    void theScopeOfALiteralIsThatOfItsInterface() {
        InetAddress scoped = found(failing("asked").addresses("fe80::1%lo")).get(0);
        // Every Linux has its loopback device at index 1.
        assertThat(((Inet6Address) scoped).getScopeId()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1, 'character 5: expected four octets with dots between them'",
        "10.0.0.01, 'character 8: expected a number from 0 to 255 without leading zeros'",
        "::g, 'character 3: expected the end of the word'",
        "fe80::1%nosuchif, 'character 9: expected the name or the index of an interface'",
        "a b, 'character 2: expected letters, digits'",
        "a..b, 'character 3: expected a letter'",
        "0x7f.1, 'character 1: expected an address in four octets'"
    })
    void whatLooksLikeAnAddressOrHoldsStrayCharactersIsNotAskedFor(String word, String complaint) {
        assertThatThrownBy(() -> finding(Optional.empty(), FOUR).addresses(word).get())
                .cause()
                .isInstanceOf(UnknownHostException.class)
                .hasMessageStartingWith(word + ": no host name and no address, " + complaint);
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.0/24", "192.0.2.1-9", "'192.0.2.1,2'", "192.0.2.1/32", "2001:db8::1-2001:db8::2", "::/0"})
    void aSetOfAddressesIsNoHost(String word) {
        assertUnknown(failing("asked").addresses(word), word + ": no host name and no address, but a set of them");
    }

    @Test
    void reverseNamesAreThoseTheResolverHas() throws Exception {
        NameLookup lookup = opened(new NameLookup(Optional.empty(), new NameLookup.Resolver() {
            @Override
            public InetAddress[] addresses(String name) {
                throw new IllegalStateException("not asked for");
            }

            @Override
            public Optional<String> name(InetAddress address) {
                return address.equals(FOUR) ? Optional.of("four.example") : Optional.empty();
            }
        }));
        assertThat(lookup.name(FOUR).get()).contains("four.example");
        assertThat(lookup.name(SIX).get()).isEmpty();
    }

    @Test
    void reverseLookupsNeverFail() throws Exception {
        NameLookup lookup = failing("");
        assertThat(lookup.name(FOUR).get()).isEmpty();
        lookup.close();
        assertThat(lookup.name(FOUR).get()).isEmpty();
    }

    @Test
    void sixteenQuestionsAreUnderWayAtOnceAndTheOthersFollow() {
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        NameLookup lookup = lookup(Optional.empty(), name -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            await(answer);
            underWay.decrementAndGet();
            return new InetAddress[] {FOUR};
        });
        List<CompletableFuture<List<InetAddress>>> results = ask(lookup, 40);
        Await.until("sixteen are under way", LIMIT, () -> underWay.get() == 16);
        assertThat(threads()).isNotEmpty().allMatch(Thread::isDaemon);

        answer.countDown();

        results.forEach(result -> assertThat(found(result)).containsExactly(FOUR));
        assertThat(asked).hasSize(40);
        assertThat(most).hasValue(16);
    }

    private static List<CompletableFuture<List<InetAddress>>> ask(NameLookup lookup, int names) {
        return IntStream.range(0, names)
                .mapToObj(i -> lookup.addresses("host" + i))
                .toList();
    }

    @Test
    void closingAbandonsWhatIsUnderWayAndLeavesNoThread() {
        CountDownLatch answer = new CountDownLatch(1);
        NameLookup lookup = lookup(Optional.empty(), name -> {
            await(answer);
            return new InetAddress[] {FOUR};
        });
        List<CompletableFuture<List<InetAddress>>> results = ask(lookup, 40);
        Await.until("sixteen are asked", LIMIT, () -> asked.size() == 16);

        lookup.close();

        assertThat(results)
                .allSatisfy(result -> assertThatThrownBy(result::join).isInstanceOf(CancellationException.class));
        assertThatThrownBy(lookup.addresses("late")::join).isInstanceOf(CancellationException.class);
        answer.countDown();
        Await.until("no thread is left", LIMIT, () -> threads().isEmpty());
        assertThat(asked).hasSize(16);
    }

    @Test
    void idleThreadsEndByThemselves() {
        found(finding(Optional.empty(), FOUR).addresses("host.example"));
        Await.until("no thread is left", LIMIT, () -> threads().isEmpty());
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("nettyping-names"))
                .toList();
    }

    /** Waits as getaddrinfo(3) does, which no interrupt ends. */
    private static void await(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
