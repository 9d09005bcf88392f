package io.github.nettyping.cli.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.cli.format.SampleOutcomes;
import io.github.nettyping.cli.output.UnusableException;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.testing.Await;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** From words to the set that is swept. */
class TypedTargetsTest {

    private static final Duration LIMIT = Await.LIMIT;

    private final Map<String, List<String>> hosts = new HashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    /** Answers from {@link #hosts}. */
    private class Hosts implements NameLookup.Resolver {

        @Override
        public InetAddress[] addresses(String name) throws UnknownHostException {
            List<String> found = hosts.get(name);
            if (found == null) {
                throw new UnknownHostException(name + ": Name or service not known");
            }
            return found.stream()
                    .map(TypedTargetsTest::address)
                    .map(IpAddress::toInetAddress)
                    .toArray(InetAddress[]::new);
        }

        @Override
        public Optional<String> name(InetAddress address) {
            return Optional.empty();
        }
    }

    private static IpAddress address(String literal) {
        return SampleOutcomes.address(literal);
    }

    private ResolvedTargets resolve(NameLookup.Resolver resolver, String... words) {
        TypedTargets typed = new TargetArguments(List.of(words), List.of(), false).read(InputStream.nullInputStream());
        try (NameLookup lookup = new NameLookup(Optional.empty(), resolver)) {
            return typed.resolve(lookup, complaints::add);
        }
    }

    private ResolvedTargets resolve(String... words) {
        return resolve(new Hosts(), words);
    }

    private static List<String> addresses(ResolvedTargets resolved) {
        List<String> addresses = new ArrayList<>();
        for (long i = 0; i < resolved.targets().count(); i++) {
            addresses.add(resolved.targets().get(i).toString());
        }
        return addresses;
    }

    @Test
    void theFirstAddressOfEachNameJoinsTheAddresses() {
        hosts.put("a.example", List.of("2001:db8::1", "192.0.2.7", "192.0.2.6"));
        hosts.put("b.example", List.of("2001:db8::2"));

        ResolvedTargets resolved = resolve("192.0.2.9", "a.example", "b.example");

        assertThat(addresses(resolved)).containsExactly("192.0.2.7", "192.0.2.9", "2001:db8::2");
        assertThat(resolved.names())
                .containsOnly(
                        Map.entry(address("192.0.2.7"), "a.example"), Map.entry(address("2001:db8::2"), "b.example"));
        assertThat(resolved.complete()).isTrue();
        assertThat(resolved.stopped()).isFalse();
        assertThat(complaints).isEmpty();
    }

    @Test
    void anAddressOfSeveralNamesIsOneTargetWithTheNameTypedFirst() {
        hosts.put("a.example", List.of("192.0.2.7"));
        hosts.put("b.example", List.of("192.0.2.7"));

        ResolvedTargets resolved = resolve("192.0.2.7", "b.example", "a.example");

        assertThat(addresses(resolved)).containsExactly("192.0.2.7");
        assertThat(resolved.names()).containsOnly(Map.entry(address("192.0.2.7"), "b.example"));
    }

    @Test
    void aLinkLocalAddressKeepsItsScope() {
        hosts.put("a.example", List.of("fe80::1%1"));

        ResolvedTargets resolved = resolve("a.example");

        assertThat(addresses(resolved)).containsExactly("fe80::1%lo");
        assertThat(resolved.names()).containsKey(address("fe80::1%1"));
    }

    @Test
    void eachNameThatIsNotFoundIsComplainedOfOnceInTheOrderOfTyping() {
        hosts.put("a.example", List.of("192.0.2.7"));

        ResolvedTargets resolved = resolve("z.invalid", "a.example", "b.invalid", "z.invalid");

        assertThat(addresses(resolved)).containsExactly("192.0.2.7");
        assertThat(resolved.complete()).isFalse();
        assertThat(complaints)
                .containsExactly("z.invalid: Name or service not known", "b.invalid: Name or service not known");
    }

    @Test
    void aNameOfManyHostsIsNoTarget() {
        hosts.put("group.example", List.of("224.0.0.1"));
        hosts.put("all.example", List.of("255.255.255.255"));
        hosts.put("a.example", List.of("192.0.2.7"));

        ResolvedTargets resolved = resolve("group.example", "all.example", "a.example");

        assertThat(addresses(resolved)).containsExactly("192.0.2.7");
        assertThat(resolved.complete()).isFalse();
        assertThat(complaints)
                .containsExactly(
                        "group.example: 224.0.0.1 is a multicast or broadcast address; only single hosts are asked,"
                                + " leave it out",
                        "all.example: 255.255.255.255 is a multicast or broadcast address; only single hosts are asked,"
                                + " leave it out");
    }

    private static TargetSelection selection(TargetSelection.Groups groups, boolean allIps, String... excludes) {
        return new TargetSelection(new Excludes(List.of(excludes), List.of(), false), groups, allIps);
    }

    private ResolvedTargets resolve(TargetSelection selection, Optional<IpFamily> family, String... words) {
        TypedTargets typed =
                new TargetArguments(List.of(words), List.of(), false, selection).read(InputStream.nullInputStream());
        try (NameLookup lookup = new NameLookup(family, new Hosts())) {
            return typed.resolve(lookup, complaints::add);
        }
    }

    @Test
    void everyAddressOfANameIsATargetOnDemand() {
        hosts.put("a.example", List.of("2001:db8::1", "192.0.2.7", "224.0.0.1", "192.0.2.6"));
        TargetSelection all = selection(TargetSelection.Groups.NEED_CONSENT, true);

        ResolvedTargets both = resolve(all, Optional.empty(), "a.example");
        ResolvedTargets six = resolve(all, Optional.of(IpFamily.IPV6), "a.example");

        assertThat(addresses(both)).containsExactly("192.0.2.6", "192.0.2.7", "2001:db8::1");
        assertThat(both.names()).hasSize(3).containsEntry(address("2001:db8::1"), "a.example");
        assertThat(both.complete()).isFalse();
        assertThat(complaints)
                .containsExactly(
                        "a.example: 224.0.0.1 is a multicast or broadcast address; --broadcast permits it, else"
                                + " leave it out");
        assertThat(addresses(six)).containsExactly("2001:db8::1");
    }

    @Test
    void aNameOfManyHostsIsATargetWithConsent() {
        hosts.put("group.example", List.of("224.0.0.1"));

        ResolvedTargets resolved =
                resolve(selection(TargetSelection.Groups.ASKED, false), Optional.empty(), "group.example");

        assertThat(addresses(resolved)).containsExactly("224.0.0.1");
        assertThat(complaints).isEmpty();
    }

    @Test
    void whatANameLeadsToIsExcludedToo() {
        hosts.put("a.example", List.of("192.0.2.7"));
        hosts.put("b.example", List.of("192.0.2.8"));

        ResolvedTargets resolved = resolve(
                selection(TargetSelection.Groups.REFUSED, false, "192.0.2.0/29"),
                Optional.empty(),
                "a.example",
                "b.example",
                "192.0.2.1");

        assertThat(addresses(resolved)).containsExactly("192.0.2.8");
        assertThat(resolved.names()).containsOnly(Map.entry(address("192.0.2.8"), "b.example"));
        assertThat(resolved.complete()).isTrue();
    }

    @Test
    void allAddressesOfAnExcludedNameAreExcludedWhateverTheFamily() {
        hosts.put("out.example", List.of("192.0.2.7", "192.0.2.8", "2001:db8::1"));

        ResolvedTargets resolved = resolve(
                selection(TargetSelection.Groups.REFUSED, false, "out.example"),
                Optional.of(IpFamily.IPV4),
                "192.0.2.6-9",
                "2001:db8::1-2001:db8::2");

        assertThat(addresses(resolved)).containsExactly("192.0.2.6", "192.0.2.9", "2001:db8::2");
    }

    @Test
    void anExcludedNameThatIsNotFoundEndsItAll() {
        assertThatThrownBy(() -> resolve(
                        selection(TargetSelection.Groups.REFUSED, false, "z.invalid"), Optional.empty(), "192.0.2.6"))
                .isInstanceOf(UnusableException.class)
                .hasMessageStartingWith("excluded name z.invalid: Name or service not known; nothing is asked");
    }

    @Test
    void nothingLeftOfWhatNamesLeadToIsRefused() {
        hosts.put("a.example", List.of("192.0.2.7"));
        TargetSelection excludes = selection(TargetSelection.Groups.REFUSED, false, "192.0.2.0/24");

        assertThatThrownBy(() -> resolve(excludes, Optional.empty(), "a.example"))
                .isInstanceOf(UnusableException.class)
                .hasMessageContaining("no target left");
    }

    @Test
    void noMoreNamesAreUnderWayThanAThousandAndAnswersStayInOrder() {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            words.add("host" + i);
        }
        Queue<CompletableFuture<List<InetAddress>>> waiting = new ArrayDeque<>();
        List<String> found = new ArrayList<>();
        int[] most = new int[1];

        boolean all = NamesInOrder.resolve(
                words,
                name -> {
                    CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
                    waiting.add(answer);
                    most[0] = Math.max(most[0], waiting.size());
                    if (waiting.size() == 1_024 || name.equals("host4999")) {
                        waiting.forEach(each -> each.complete(List.of(InetAddress.getLoopbackAddress())));
                        waiting.clear();
                    }
                    return answer;
                },
                (name, addresses) -> found.add(name),
                found::add);

        assertThat(all).isTrue();
        assertThat(found).isEqualTo(words);
        assertThat(most[0]).isEqualTo(1_024);
    }

    @Test
    void nothingIsLeftIfNoNameIsFound() {
        ResolvedTargets resolved = resolve("nosuch.invalid");

        assertThat(addresses(resolved)).isEmpty();
        assertThat(resolved.complete()).isFalse();
        assertThat(resolved.stopped()).isFalse();
    }

    @Test
    void moreNamesThanThreadsAreAllResolved() {
        String[] words = new String[1_000];
        for (int i = 0; i < words.length; i++) {
            words[i] = "host" + i;
            hosts.put(words[i], List.of("10.0." + i / 250 + '.' + (1 + i % 250)));
        }
        assertThat(resolve(words).targets().count()).isEqualTo(1_000);
    }

    @Test
    void closingTheLookupEndsTheWaitWithWhatWasFoundSoFar() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        hosts.put("a.example", List.of("192.0.2.7"));
        Hosts slow = new Hosts() {
            @Override
            public InetAddress[] addresses(String name) throws UnknownHostException {
                if (name.equals("slow.example")) {
                    try {
                        answer.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                return super.addresses(name);
            }
        };
        TypedTargets typed = new TargetArguments(
                        List.of("192.0.2.9", "a.example", "b.invalid", "slow.example"), List.of(), false)
                .read(InputStream.nullInputStream());
        NameLookup lookup = new NameLookup(Optional.empty(), slow);
        CompletableFuture<ResolvedTargets> resolving =
                CompletableFuture.supplyAsync(() -> typed.resolve(lookup, complaints::add));
        Await.until("the name before the slow one is complained of", LIMIT, () -> complaints.size() == 1);

        lookup.close();

        ResolvedTargets resolved = resolving.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(addresses(resolved)).containsExactly("192.0.2.7", "192.0.2.9");
        assertThat(resolved.stopped()).isTrue();
        assertThat(complaints).containsExactly("b.invalid: Name or service not known");
        answer.countDown();
    }

    @Test
    void aFailureThatIsNoAnswerIsNotHidden() {
        Hosts broken = new Hosts() {
            @Override
            public InetAddress[] addresses(String name) {
                throw new IllegalStateException("broken");
            }
        };
        assertThatThrownBy(() -> resolve(broken, "a.example"))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
    }
}
