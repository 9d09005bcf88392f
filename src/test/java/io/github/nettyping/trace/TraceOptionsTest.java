package io.github.nettyping.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.packet.SendOptions;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TraceOptionsTest {

    static Stream<Arguments> outOfRange() {
        return Stream.of(
                wrong("timeout", options -> options.timeout(Duration.ZERO)),
                wrong("timeout", options -> options.timeout(Duration.ofHours(1).plusNanos(1))),
                wrong("firstHop", options -> options.firstHop(0)),
                wrong("firstHop", options -> options.firstHop(5).maxHops(4)),
                wrong("maxHops", options -> options.maxHops(256)),
                wrong("probesPerHop", options -> options.probesPerHop(0)),
                wrong("probesPerHop", options -> options.probesPerHop(1_001)),
                wrong("cycles", options -> options.cycles(0)),
                wrong("interval", options -> options.interval(Duration.ofNanos(999_999))),
                wrong("parallelHops", options -> options.parallelHops(0)),
                wrong("parallelTargets", options -> options.parallelTargets(0)),
                wrong("payloadBytes", options -> options.payloadBytes(17)),
                wrong("payloadBytes", options -> options.paris(false).payloadBytes(-1)),
                wrong("payloadBytes", options -> options.payloadBytes(65_508)),
                wrong("maxSilentHops", options -> options.maxSilentHops(0)),
                wrong("probesPerSecond", options -> options.probesPerSecond(0)),
                wrong(
                        "hopLimit",
                        options -> options.sendOptions(
                                SendOptions.builder().hopLimit(3).build())));
    }

    private static Arguments wrong(String name, UnaryOperator<TraceOptions.Builder> change) {
        return Arguments.of(name, change);
    }

    @ParameterizedTest
    @MethodSource
    void outOfRange(String name, UnaryOperator<TraceOptions.Builder> change) {
        TraceOptions.Builder options = change.apply(TraceOptions.builder());

        assertThatThrownBy(options::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @Test
    void aPayloadNeedsRoomForTheFlowOnlyIfThereIsOne() {
        assertThat(TraceOptions.builder().paris(false).payloadBytes(0).build().payloadBytes())
                .hasValue(0);
        assertThat(TraceOptions.builder().payloadBytes(18).build().payloadBytes())
                .hasValue(18);
    }
}
