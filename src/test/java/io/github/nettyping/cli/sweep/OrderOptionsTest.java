package io.github.nettyping.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.cli.target.TargetOrder;
import io.github.nettyping.target.Shard;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** How the options of order, part and end fit together. */
class OrderOptionsTest {

    @Command
    private static final class Holder {
        @Mixin
        private final OrderOptions options = new OrderOptions();
    }

    private static OrderOptions parse(String... words) {
        Holder holder = new Holder();
        new CommandLine(holder).parseArgs(words);
        return holder.options;
    }

    private static TargetOrder order(String... words) {
        return parse(words).order(Map.of("JOB_COMPLETION_INDEX", "3"));
    }

    private static void assertRefused(String message, String... words) {
        assertThatThrownBy(() -> order(words))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void targetsAreAskedInAscendingOrderAndAllOfThemUnlessTold() {
        assertThat(order()).isEqualTo(TargetOrder.ASCENDING);
        assertThat(order("--order", "sequential")).isEqualTo(TargetOrder.ASCENDING);
        assertThat(parse().maxAlive()).isEmpty();
        assertThat(parse().deadline()).isEmpty();
        assertThat(parse().purpose()).isEqualTo(OrderOptions.Purpose.SWEEP);
    }

    @Test
    void everythingIsHandedOver() {
        TargetOrder order = order("--order=random", "--seed", "-5", "--shard", "2/8", "--limit", "100");
        assertThat(order).isEqualTo(new TargetOrder(OptionalLong.of(-5), false, new Shard(2, 8), OptionalLong.of(100)));
        OrderOptions options = parse("--max-alive", "7", "--deadline", "10m", "--dry-run");
        assertThat(options.maxAlive()).hasValue(7);
        assertThat(options.deadline()).contains(Duration.ofMinutes(10));
        assertThat(options.purpose()).isEqualTo(OrderOptions.Purpose.FORECAST);
        assertThat(order("--shard", "auto/4").shard()).isEqualTo(new Shard(4, 4));
    }

    @Test
    void seedThatNobodyChoseIsDrawnAndToldAndHeldByADouble() {
        TargetOrder one = order("--order", "random");
        TargetOrder other = order("--order", "random");
        long seed = one.seed().orElseThrow();
        assertThat(other.seed()).isNotEqualTo(one.seed());
        assertThat(seed).isBetween(0L, (1L << 53) - 1);
        assertThat(one.announcement()).contains("random order, --seed " + seed + " repeats it");
    }

    @Test
    void chosenSeedIsNoNews() {
        assertThat(order("--order", "random", "--seed", "0").announcement()).isEmpty();
        assertThat(order().announcement()).isEmpty();
    }

    @Test
    void partsOfARandomOrderNeedTheSameSeed() {
        assertRefused("--shard 2/8 of a random order needs --seed", "--order", "random", "--shard", "2/8");
        assertRefused("--shard auto/8 of a random order needs --seed", "--order", "random", "--shard", "auto/8");
    }

    @Test
    void seedWithoutRandomOrderIsASlip() {
        assertRefused("--seed 5 chooses a random order; add --order random", "--seed", "5");
    }

    @Test
    void automaticPartNeedsTheVariable() {
        assertThatThrownBy(() -> parse("--shard", "auto/8").order(Map.of()))
                .hasMessageContaining("JOB_COMPLETION_INDEX");
    }
}
