package io.github.nettyping.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SendOptions;
import io.netty.util.NetUtil;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ProbeOptionsTest {

    private static final IpAddress IPV6 = IpAddress.of(NetUtil.createInetAddressFromIpAddressString("2001:db8::7"));

    private static void refuses(UnaryOperator<ProbeOptions.Builder> change, String message) {
        ProbeOptions.Builder builder = change.apply(ProbeOptions.builder());
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining(message);
    }

    private static ProbeOptions options(Duration timeout, int attempts, double backoff, int payloadBytes) {
        return ProbeOptions.builder()
                .timeout(timeout)
                .attempts(attempts)
                .backoff(backoff)
                .payloadBytes(payloadBytes)
                .build();
    }

    @Test
    void defaultsAreThoseOfTheCommandLine() {
        assertThat(ProbeOptions.defaults())
                .isEqualTo(new ProbeOptions(
                        Duration.ofSeconds(1),
                        2,
                        1.5,
                        56,
                        PayloadFiller.offsets(),
                        SendOptions.none(),
                        OptionalInt.empty(),
                        false,
                        false,
                        false));
    }

    @Test
    void builderStartsFromGivenOptions() {
        ProbeOptions options = new ProbeOptions(
                Duration.ofMillis(7),
                3,
                2.5,
                99,
                PayloadFiller.random(),
                SendOptions.builder().hopLimit(3).build(),
                OptionalInt.of(7),
                true,
                true,
                true);

        assertThat(options.toBuilder().build()).isEqualTo(options);
    }

    @Test
    void acceptsTheEndsOfAllRanges() {
        assertThat(options(Duration.ofNanos(1), 1, 1, 0)).isNotNull();
        assertThat(options(Duration.ofHours(1), 256, 10, 65_507)).isNotNull();
    }

    @Test
    void refusesTimeoutsOutOfRange() {
        refuses(builder -> builder.timeout(Duration.ZERO), "timeout: PT0S");
        refuses(builder -> builder.timeout(Duration.ofMillis(-1)), "timeout: ");
        refuses(builder -> builder.timeout(Duration.ofHours(1).plusNanos(1)), "at most PT1H");
    }

    @Test
    void refusesAttemptsOutOfRange() {
        refuses(builder -> builder.attempts(0), "attempts: 0 (expected: 1 to 256)");
        refuses(builder -> builder.attempts(257), "attempts: 257");
    }

    @Test
    void refusesBackoffOutOfRange() {
        refuses(builder -> builder.backoff(0.99), "backoff: 0.99");
        refuses(builder -> builder.backoff(10.01), "backoff: 10.01");
        refuses(builder -> builder.backoff(Double.NaN), "backoff: NaN");
    }

    @Test
    void refusesPayloadsOutOfRange() {
        refuses(builder -> builder.payloadBytes(-1), "payloadBytes: -1");
        refuses(builder -> builder.payloadBytes(65_508), "payloadBytes: 65508");
    }

    @Test
    void refusesFlowsWithoutAChecksumOrRoomForIt() {
        refuses(builder -> builder.flowChecksum(0), "flowChecksum: 0 (expected: 1 to 65534)");
        refuses(builder -> builder.flowChecksum(65_535), "flowChecksum: 65535");
        refuses(builder -> builder.flowChecksum(1).payloadBytes(17), "payloadBytes: 17 with a flowChecksum");
        assertThat(ProbeOptions.builder().flowChecksum(1).payloadBytes(18).build())
                .isNotNull();
    }

    @Test
    void refusesTargetsOfTheFamilyTheSendOptionsAreNotFor() {
        ProbeOptions labelled = ProbeOptions.builder()
                .sendOptions(SendOptions.builder().flowLabel(5).build())
                .build();
        ProbeOptions sourced = ProbeOptions.builder()
                .sendOptions(SendOptions.builder()
                        .source(IpAddress.ofIpv4(0x7f00_0001))
                        .build())
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Probe(IpAddress.ofIpv4(0x7f00_0002), labelled))
                .withMessageContaining("flowLabel=0x5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Probe(IPV6, sourced))
                .withMessageContaining("expected: a source of IPV6");
        assertThat(new Probe(IPV6, labelled).options()).isSameAs(labelled);
    }

    @Test
    void eachTryWaitsLongerByTheBackoff() {
        ProbeOptions options = ProbeOptions.builder()
                .timeout(Duration.ofMillis(100))
                .backoff(1.5)
                .build();

        assertThat(options.timeoutNanos(1)).isEqualTo(100_000_000);
        assertThat(options.timeoutNanos(2)).isEqualTo(150_000_000);
        assertThat(options.timeoutNanos(3)).isEqualTo(225_000_000);
    }

    @Test
    void noWaitIsLongerThanADay() {
        ProbeOptions options = options(Duration.ofHours(1), 256, 10, 56);

        assertThat(options.timeoutNanos(256)).isEqualTo(Duration.ofDays(1).toNanos());
        assertThat(options(Duration.ofNanos(1), 256, 10, 56).timeoutNanos(256))
                .isEqualTo(Duration.ofDays(1).toNanos());
    }

    @Test
    void repliesAreVerifiedFromSixteenBytesOn() {
        assertThat(ProbeOptions.builder().payloadBytes(15).build().isVerified()).isFalse();
        assertThat(ProbeOptions.builder().payloadBytes(16).build().isVerified()).isTrue();
    }
}
