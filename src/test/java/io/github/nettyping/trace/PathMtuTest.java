package io.github.nettyping.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathMtuTest {

    private static final int USUAL = PathMtu.USUAL_BYTES;

    private static PathMtu of(IpFamily family, OptionalInt payloadBytes, int usualBytes) {
        return new PathMtu(family, payloadBytes, usualBytes);
    }

    /** Answers as a kernel with such an interface until it is known; returns what was tried. */
    private static List<Integer> fit(PathMtu mtu, int interfaceBytes) {
        List<Integer> tried = new ArrayList<>();
        while (mtu.isFitting()) {
            int bytes = mtu.packetBytes();
            tried.add(bytes);
            if (bytes <= interfaceBytes) {
                mtu.taken(bytes);
            } else {
                assertThat(mtu.refused(bytes)).isTrue();
            }
        }
        return tried;
    }

    private static PathMtu fitted(int interfaceBytes) {
        PathMtu mtu = of(IpFamily.IPV4, OptionalInt.empty(), interfaceBytes);
        fit(mtu, interfaceBytes);
        return mtu;
    }

    @ParameterizedTest
    @ValueSource(ints = {68, 69, 576, 1280, 1420, 1499, 1500, 1501, 9000, 65_534, 65_535, 65_536})
    void findsWhatTheInterfaceTakesWhateverItIs(int interfaceBytes) {
        PathMtu mtu = of(IpFamily.IPV4, OptionalInt.empty(), USUAL);
        List<Integer> tried = fit(mtu, interfaceBytes);

        assertThat(mtu.packetBytes()).isEqualTo(Math.min(interfaceBytes, 65_535));
        assertThat(mtu.payloadBytes()).isEqualTo(mtu.packetBytes() - 28);
        assertThat(tried).hasSizeLessThan(20).doesNotHaveDuplicates();
    }

    @Test
    void twoPacketsTellWhetherItIsTheUsualOne() {
        assertThat(fit(of(IpFamily.IPV6, OptionalInt.empty(), USUAL), 1500)).containsExactly(1501, 1500);
        assertThat(fit(of(IpFamily.IPV4, OptionalInt.empty(), 9000), 9000)).containsExactly(9001, 9000);
    }

    @Test
    void beginsWithThePayloadThatIsWanted() {
        PathMtu mtu = of(IpFamily.IPV6, OptionalInt.of(1352), USUAL);
        fit(mtu, 1500);

        assertThat(mtu.packetBytes()).isEqualTo(1400);
        assertThat(of(IpFamily.IPV6, OptionalInt.of(56), USUAL).isFitting())
                .as("every link takes it")
                .isFalse();
    }

    @Test
    void saysSoIfNothingFits() {
        PathMtu mtu = of(IpFamily.IPV4, OptionalInt.of(40), USUAL);

        assertThat(mtu.refused(68)).isFalse();
    }

    @Test
    void becomesAsShortAsARouterTells() {
        PathMtu mtu = fitted(1500);

        assertThat(mtu.tooLong(1500, OptionalInt.of(1400))).isTrue();
        assertThat(mtu.packetBytes()).isEqualTo(1400);
    }

    @Test
    void aPacketThatWasLongerBeforeTellsNothingNew() {
        PathMtu mtu = fitted(1500);
        mtu.tooLong(1500, OptionalInt.of(1400));

        assertThat(mtu.tooLong(1500, OptionalInt.of(1300))).isTrue();
        assertThat(mtu.packetBytes()).isEqualTo(1400);
    }

    @Test
    void triesTheNextPlateauWhereARouterDoesNotTellOrTellsNonsense() {
        PathMtu mtu = fitted(1500);

        assertThat(mtu.tooLong(1500, OptionalInt.empty())).isTrue();
        assertThat(mtu.packetBytes()).isEqualTo(1492);
        assertThat(mtu.tooLong(1492, OptionalInt.of(1492))).isTrue();
        assertThat(mtu.packetBytes()).isEqualTo(1006);
        assertThat(mtu.tooLong(1006, OptionalInt.of(67))).isTrue();
        assertThat(mtu.packetBytes()).isEqualTo(508);
    }

    @Test
    void goesNoLowerThanWhatEveryLinkTakes() {
        PathMtu mtu = of(IpFamily.IPV6, OptionalInt.empty(), USUAL);
        fit(mtu, 1500);
        assertThat(mtu.tooLong(1500, OptionalInt.empty())).isTrue();
        assertThat(mtu.tooLong(1492, OptionalInt.empty())).isTrue();
        assertThat(mtu.packetBytes()).isEqualTo(1280);

        assertThat(mtu.tooLong(1280, OptionalInt.of(1000))).isFalse();
    }

    @Test
    void doesNotPlayWithARouterThatTakesOneByteLessEachTime() {
        PathMtu mtu = fitted(1500);
        int steps = 0;
        while (mtu.tooLong(mtu.packetBytes(), OptionalInt.of(mtu.packetBytes() - 1))) {
            steps++;
        }

        assertThat(steps).isEqualTo(32);
    }

    @Test
    void isFoundOnlyIfAPacketOfThatLengthArrived() {
        PathMtu mtu = fitted(1500);
        assertThat(mtu.found()).isEmpty();
        mtu.arrived(1500);
        assertThat(mtu.found()).hasValue(1500);

        mtu.tooLong(1500, OptionalInt.of(1400));
        assertThat(mtu.found()).as("shorter ones are wanted since").isEmpty();
        mtu.arrived(1500);
        assertThat(mtu.found()).as("it went another way").isEmpty();
        mtu.arrived(1400);
        assertThat(mtu.found()).hasValue(1400);
    }

    @Test
    void beginsAnewIfTheInterfaceTakesLessThanItDid() {
        PathMtu mtu = fitted(1500);
        assertThat(mtu.refused(1500)).isTrue();
        fit(mtu, 1400);

        assertThat(mtu.packetBytes()).isEqualTo(1400);
    }
}
