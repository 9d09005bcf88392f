package io.github.nettyping.cli.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.cli.target.TargetOrder;
import io.github.nettyping.target.Shard;
import io.github.nettyping.target.TargetSequence;
import io.github.nettyping.target.Targets;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SweepIdentityTest {

    private static SweepIdentity plain(String... targets) {
        return of(OptionalLong.empty(), Shard.WHOLE, OptionalLong.empty(), ResultFormat.Name.JSONL, "/a", targets);
    }

    private static SweepIdentity of(
            OptionalLong seed,
            Shard shard,
            OptionalLong limit,
            ResultFormat.Name format,
            String output,
            String... targets) {
        TargetSequence sequence = TargetSequence.of(Targets.parse(targets));
        SweepIdentity.Shown shown =
                format == ResultFormat.Name.TEXT ? SweepIdentity.Shown.ALIVE : SweepIdentity.Shown.ALL;
        return SweepIdentity.of(sequence, new TargetOrder(seed, false, shard, limit), format, shown, Path.of(output));
    }

    @Test
    void sameSetByOtherWordsIsTheSame() {
        assertThat(plain("10.0.0.0-10.0.0.9", "::1").differencesOf(plain("::1", "10.0.0.5-9", "10.0.0.0-4")))
                .isEmpty();
    }

    @Test
    void otherTargetsAreTold() {
        assertThat(plain("10.0.0.1").differencesOf(plain("10.0.0.1-2"))).containsExactly("other targets, 1 (now 2)");
        assertThat(plain("10.0.0.1").differencesOf(plain("10.0.0.2")))
                .containsExactly("as many targets, 1, but others");
        assertThat(plain("10.0.0.1").differencesOf(plain("::ffff:0:0:1"))).hasSize(1);
        assertThat(plain("10.0.0.1-2").differencesOf(plain("10.0.0.1,3"))).hasSize(1);
    }

    @Test
    void allOtherDifferencesAreToldInOneGo() {
        SweepIdentity recorded = of(
                OptionalLong.of(7), new Shard(1, 8), OptionalLong.of(100), ResultFormat.Name.JSONL, "/a", "10.0.0.1");
        SweepIdentity now = of(
                OptionalLong.empty(), new Shard(2, 8), OptionalLong.empty(), ResultFormat.Name.TEXT, "/b", "10.0.0.1");
        assertThat(recorded.differencesOf(now))
                .containsExactly(
                        "order random (now sequential)",
                        "shard 1/8 (now 2/8)",
                        "limit 100 (now none)",
                        "format jsonl (now text)",
                        "lines of all targets (now targets that answered)",
                        "output /a (now /b)");
        SweepIdentity other = of(
                OptionalLong.of(8), new Shard(1, 8), OptionalLong.of(100), ResultFormat.Name.JSONL, "/a", "10.0.0.1");
        assertThat(recorded.differencesOf(other)).containsExactly("seed 7 (now 8)");
    }
}
