package io.github.nettyping.cli.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import io.github.nettyping.probe.RttSource;
import io.github.nettyping.probe.TimedOut;
import io.github.nettyping.target.Targets;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepMapTest {

    private static final ProbeOptions OPTIONS = ProbeOptions.defaults();

    static ProbeOutcome replied(IpAddress target, long rttNanos) {
        return new Replied(
                new Probe(target, OPTIONS),
                1,
                1,
                target,
                0,
                rttNanos,
                RttSource.KERNEL_TX_RX,
                OptionalInt.empty(),
                OptionalInt.empty(),
                64,
                ReplyFlag.setOf(0));
    }

    static ProbeOutcome timedOut(IpAddress target) {
        return new TimedOut(new Probe(target, OPTIONS), 1, 0);
    }

    private static long allTargets(SweepMap map) {
        long sum = 0;
        for (Panel panel : map.panels()) {
            for (int cell = 0; cell < panel.cells(); cell++) {
                sum += map.targets(panel.firstCell() + cell);
            }
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(strings = {"198.18.0.0/16", "192.0.2.0/24", "10.0.0.0/17", "2001:db8::/114"})
    void upToTheLimitEveryAddressHasACell(String word) {
        Targets targets = Targets.builder().allAddresses(true).add(word).build();

        SweepMap map = SweepMap.of(targets);

        assertThat(map.panels()).hasSize(1);
        assertThat(map.panels().get(0).cellBits()).isEqualTo(word.endsWith("/17") || targets.count() <= 65_536 ? 0 : 2);
        for (int i = 0; i < targets.count(); i += 97) {
            assertThat(map.cellOf(targets.get(i))).isEqualTo(i);
            assertThat(map.targets(i)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/9", "10.0-3.1,5.1-254", "2001:db8::/100"})
    void everyTargetIsCountedInOneOfABoundedNumberOfCells(String word) {
        Targets targets = Targets.parse(word, "192.0.2.9", "::1");

        SweepMap map = SweepMap.of(targets);

        assertThat(map.panels().stream().mapToInt(Panel::cells).sum()).isLessThanOrEqualTo(Panel.MAX_CELLS);
        assertThat(allTargets(map)).isEqualTo(targets.count());
    }

    @Test
    void aCellOfAPrefixHasTheAddressesOfIt() {
        SweepMap map = SweepMap.of(Targets.parse("10.0.0.0/8"));
        Panel panel = map.panels().get(0);
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            IpAddress address = IpAddress.ofIpv4(10 << 24 | random.nextInt(1 << 24));
            Prefix cell = panel.cell(map.cellOf(address));
            assertThat(cell.length()).isEqualTo(24);
            assertThat(cell.contains(address.high(), address.low(), 0)).isTrue();
        }
    }

    @Test
    void anAddressThatIsNoTargetHasNoCell() {
        SweepMap map = SweepMap.of(Targets.parse("10.0.0.0/24", "192.0.2.0/24"));

        for (IpAddress foreign : List.of(IpAddress.ofIpv4(0x0a000100), new IpAddress(0, 1, 0), IpAddress.ofIpv4(1))) {
            assertThatThrownBy(() -> map.cellOf(foreign)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void partsOfSeveralLoopsCountAsOne() {
        Targets targets = Targets.parse("10.0.0.0/12");
        SweepMap map = SweepMap.of(targets);
        SweepMap.Part whole = map.newPart();
        List<SweepMap.Part> parts = List.of(map.newPart(), map.newPart(), map.newPart());
        Random random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            IpAddress target = targets.get(random.nextInt(1 << 18));
            ProbeOutcome outcome =
                    random.nextBoolean() ? timedOut(target) : replied(target, 1_000 + random.nextInt(50_000_000));
            whole.record(outcome);
            parts.get(random.nextInt(3)).record(outcome);
        }

        Cells expected = map.sum(List.of(whole));
        Cells sum = map.sum(parts);

        assertThat(sum.classes()).isEqualTo(expected.classes());
        for (int cell = 0; cell < map.panels().get(0).cells(); cell++) {
            assertThat(sum.count(cell, CellState.TIMEOUT)).isEqualTo(expected.count(cell, CellState.TIMEOUT));
            assertThat(sum.count(cell, CellState.ALIVE)).isEqualTo(expected.count(cell, CellState.ALIVE));
            assertThat(sum.verdicts(cell)).isEqualTo(expected.verdicts(cell));
            if (expected.count(cell, CellState.ALIVE) > 0) {
                assertThat(sum.minNanos(cell)).isEqualTo(expected.minNanos(cell));
                assertThat(sum.maxNanos(cell)).isEqualTo(expected.maxNanos(cell));
                assertThat(sum.meanNanos(cell)).isEqualTo(expected.meanNanos(cell), within(1.0));
            }
        }
    }

    @Test
    void aCellKnowsShortestMeanAndLongestRoundTrip() {
        SweepMap map = SweepMap.of(Targets.parse("10.0.0.0/8"));
        SweepMap.Part part = map.newPart();
        part.record(replied(IpAddress.ofIpv4(0x0a000001), 1_000_000));
        part.record(replied(IpAddress.ofIpv4(0x0a000002), 100_000_000));
        part.record(timedOut(IpAddress.ofIpv4(0x0a000003)));

        Cells cells = map.sum(List.of(part));

        assertThat(cells.minNanos(0)).isEqualTo(1_000_000);
        assertThat(cells.maxNanos(0)).isEqualTo(100_000_000);
        assertThat(cells.meanNanos(0)).isEqualTo(10_000_000, within(1.0));
        assertThat(map.withoutVerdict(0, cells)).isEqualTo(252);
    }
}
