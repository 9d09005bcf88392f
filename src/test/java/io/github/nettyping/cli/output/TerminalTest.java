package io.github.nettyping.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTest {

    @ParameterizedTest
    @ValueSource(strings = {"/dev/pts/0", "/dev/pts/17", "/dev/tty", "/dev/tty1", "/dev/ttyS0", "/dev/console"})
    void terminalsAreKnownByTheirDevices(String path) {
        assertThat(Terminal.isDevice(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipe:[123]", "socket:[4]", "/dev/null", "/dev/full", "/home/a/dev/pts/0", "/dev/ptmx"})
    void anythingElseIsNone(String path) {
        assertThat(Terminal.isDevice(path)).isFalse();
    }

    @Test
    void aDescriptorThatIsNotOpenIsNone() {
        assertThat(Terminal.is(1_000_000)).isFalse();
    }

    @Test
    void aJobIsInTheForegroundIfTheTerminalIsItsGroups() {
        assertThat(Terminal.isForeground("7 (a b) c) S 1 40 40 34816 40 4194304 1"))
                .isTrue();
        assertThat(Terminal.isForeground("7 (java) S 1 40 40 34816 41 4194304 1"))
                .isFalse();
        assertThat(Terminal.isForeground("7 (java) S 1 40 40 0 -1 4194304 1")).isTrue();
        assertThat(Terminal.isForeground()).isIn(true, false);
    }

    @Test
    void columnsAreTheEnvironmentsIfItHasANumber() {
        assertThat(Terminal.columns(Optional.of("132"))).isEqualTo(OptionalInt.of(132));
        for (String text : new String[] {"", "0", "-1", "wide", "1234567"}) {
            assertThat(Terminal.columns(Optional.of(text))).isEmpty();
        }
        assertThat(Terminal.columns(Optional.empty())).isEmpty();
    }
}
