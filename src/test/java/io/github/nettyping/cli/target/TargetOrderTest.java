package io.github.nettyping.cli.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.target.Shard;
import io.github.nettyping.target.TargetSequence;
import io.github.nettyping.target.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TargetOrderTest {

    private static final Targets NET = Targets.parse("127.0.0.0/24");

    private static TargetOrder order(OptionalLong seed, Shard shard, OptionalLong limit) {
        return new TargetOrder(seed, false, shard, limit);
    }

    private static List<String> addresses(TargetSequence sequence) {
        return LongStream.range(0, sequence.count())
                .mapToObj(position -> sequence.get(position).toString())
                .toList();
    }

    @Test
    void limitIsThatOfThePartInItsOrderAndNotOfTheSet() {
        Shard shard = new Shard(3, 8);
        List<String> part =
                addresses(order(OptionalLong.of(7), shard, OptionalLong.empty()).of(NET));
        List<String> first =
                addresses(order(OptionalLong.of(7), shard, OptionalLong.of(5)).of(NET));

        assertThat(part).hasSize(32);
        assertThat(first)
                .isEqualTo(part.subList(0, 5))
                .isNotEqualTo(first.stream().sorted().toList());
    }

    @Test
    void partsOfOneOrderAreDisjointAndTogetherTheWhole() {
        for (OptionalLong seed : List.of(OptionalLong.empty(), OptionalLong.of(1), OptionalLong.of(-2))) {
            for (int count : new int[] {1, 7, 8, 300}) {
                List<String> union = new ArrayList<>();
                for (int index = 1; index <= count; index++) {
                    union.addAll(addresses(order(seed, new Shard(index, count), OptionalLong.empty())
                            .of(NET)));
                }
                assertThat(union)
                        .as("%s, %s parts", seed, count)
                        .doesNotHaveDuplicates()
                        .containsExactlyInAnyOrderElementsOf(addresses(TargetOrder.ASCENDING.of(NET)));
            }
        }
    }

    @Test
    void moreTargetsThanCanBeNumberedAreFineAsLongAsTheirBeginningIsMeant() {
        Targets huge =
                Targets.builder().limit(Long.MAX_VALUE).add("2001:db8::/32").build();
        TargetSequence sequence =
                order(OptionalLong.empty(), new Shard(2, 4), OptionalLong.of(3)).of(huge);
        assertThat(addresses(sequence)).containsExactly("2001:db8::1", "2001:db8::5", "2001:db8::9");
    }

    @Test
    void moreTargetsThanCanBeNumberedHaveNoRandomOrder() {
        Targets huge =
                Targets.builder().limit(Long.MAX_VALUE).add("2001:db8::/65").build();
        TargetOrder random = order(OptionalLong.of(1), Shard.WHOLE, OptionalLong.of(3));
        assertThatThrownBy(() -> random.of(huge))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("an IPv6 /66 at most");
        Targets most =
                Targets.builder().limit(Long.MAX_VALUE).add("2001:db8::/66").build();
        assertThat(random.of(most).count()).isEqualTo(3);
    }

    @Test
    void limitBeyondWhatCanBeNumberedIsRefused() {
        Targets huge =
                Targets.builder().limit(Long.MAX_VALUE).add("2001:db8::/32").build();
        TargetOrder order = order(OptionalLong.empty(), new Shard(1, 4), OptionalLong.of(Long.MAX_VALUE));
        assertThatThrownBy(() -> order.of(huge))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lower --limit");
    }
}
