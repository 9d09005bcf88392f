package io.github.nettyping.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstFailureTest {

    private final List<String> events = new ArrayList<>();
    private final FirstFailure failures = new FirstFailure(() -> events.add("stop"));

    private static void fail(String message) {
        throw new AssertionError(message);
    }

    @Test
    void runsWhatItIsGivenUntilSomethingThrowsAndRemembersThat() {
        failures.run(() -> events.add("one"));
        assertThat(failures.failure()).isEmpty();
        failures.run(() -> fail("two"));
        failures.run(() -> events.add("three"));
        failures.run(() -> fail("four"));

        assertThat(events).containsExactly("one", "stop");
        assertThat(failures.failure()).get().hasToString("java.lang.AssertionError: two");
    }
}
