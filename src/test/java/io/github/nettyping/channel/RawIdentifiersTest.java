package io.github.nettyping.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RawIdentifiersTest {

    @Test
    void noTwoAreTheSameUntilOneIsGivenBack() {
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            taken.add(RawIdentifiers.takeFree());
        }
        assertThat(taken).hasSize(2_000).allMatch(identifier -> identifier > 0 && identifier < 65_536);
        assertThat(taken).allMatch(RawIdentifiers::isTaken);

        taken.forEach(RawIdentifiers::release);
        assertThat(taken).noneMatch(RawIdentifiers::isTaken);
    }

    @Test
    void oneThatTwoHaveIsTakenUntilBothHaveGivenItBack() {
        int identifier = RawIdentifiers.takeFree();
        RawIdentifiers.take(identifier);

        RawIdentifiers.release(identifier);
        assertThat(RawIdentifiers.isTaken(identifier)).isTrue();
        RawIdentifiers.release(identifier);
        assertThat(RawIdentifiers.isTaken(identifier)).isFalse();
    }
}
