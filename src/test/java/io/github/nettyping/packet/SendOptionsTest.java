package io.github.nettyping.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SendOptionsTest {

    private static final IpAddress LINK_LOCAL = new IpAddress(0xfe80L << 48, 1, 3);

    static Stream<Arguments> outOfRange() {
        return Stream.of(
                refused("hopLimit: 0 (expected: 1 to 255)", b -> b.hopLimit(0)),
                refused("hopLimit: 256 (expected: 1 to 255)", b -> b.hopLimit(256)),
                refused("trafficClass: -1 (expected: 0 to 255)", b -> b.trafficClass(-1)),
                refused("trafficClass: 256 (expected: 0 to 255)", b -> b.trafficClass(256)),
                refused("interfaceIndex: 0 (expected: 1 to 2147483647)", b -> b.interfaceIndex(0)),
                refused("flowLabel: 0 (expected: 1 to 1048575)", b -> b.flowLabel(0)),
                refused("flowLabel: 1048576 (expected: 1 to 1048575)", b -> b.flowLabel(0x100000)),
                refused("source: 0.0.0.0 (expected: the address of one host)", b -> b.source(IpAddress.ofIpv4(0))),
                refused(
                        "source: 224.0.0.1 (expected: the address of one host)",
                        b -> b.source(IpAddress.ofIpv4(0xe0000001))));
    }

    private static Arguments refused(String message, Consumer<SendOptions.Builder> setter) {
        return Arguments.of(message, setter);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outOfRange")
    void aSetterRefusesWhatIsOutOfRange(String message, Consumer<SendOptions.Builder> setter) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setter.accept(SendOptions.builder()))
                .withMessage(message);
    }

    @Test
    void bothEndsOfEachRangeAreTaken() {
        SendOptions least = SendOptions.builder()
                .hopLimit(1)
                .trafficClass(0)
                .interfaceIndex(1)
                .flowLabel(1)
                .build();
        SendOptions most = SendOptions.builder()
                .hopLimit(255)
                .trafficClass(255)
                .interfaceIndex(Integer.MAX_VALUE)
                .flowLabel(0xfffff)
                .mark(-1)
                .build();

        assertThat(least).hasToString("hopLimit=1, trafficClass=0, interfaceIndex=1, flowLabel=0x1");
        assertThat(most)
                .hasToString(
                        "hopLimit=255, trafficClass=255, interfaceIndex=2147483647, flowLabel=0xfffff, mark=0xffffffff");
    }

    @Test
    void aLinkLocalSourceAgreesWithItsInterface() {
        assertThat(SendOptions.builder().source(LINK_LOCAL).interfaceIndex(3).build())
                .hasToString("source=fe80::1%3, interfaceIndex=3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SendOptions.builder()
                        .source(LINK_LOCAL)
                        .interfaceIndex(4)
                        .build())
                .withMessage("interfaceIndex: 4 (expected: 3, as the source's scope)");
    }

    @Test
    void aBuilderOfOptionsHoldsThem() {
        SendOptions all = SendOptions.builder()
                .hopLimit(3)
                .trafficClass(0x28)
                .source(LINK_LOCAL)
                .interfaceIndex(3)
                .dontFragment(true)
                .flowLabel(0xabcde)
                .mark(7)
                .build();

        assertThat(all.toBuilder().build()).isEqualTo(all);
        assertThat(all)
                .hasToString("hopLimit=3, trafficClass=40, source=fe80::1%3, interfaceIndex=3, dontFragment,"
                        + " flowLabel=0xabcde, mark=0x7");
    }

    @Test
    void markZeroIsAMark() {
        assertThat(SendOptions.builder().mark(0).build().isNone()).isFalse();
    }

    @Test
    void nothingSetIsNone() {
        assertThat(SendOptions.builder().build()).isEqualTo(SendOptions.none()).hasToString("none");
        assertThat(SendOptions.none().isNone()).isTrue();
    }
}
