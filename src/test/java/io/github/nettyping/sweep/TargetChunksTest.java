package io.github.nettyping.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetChunksTest {

    private static List<Long> sizes(TargetChunks chunks) {
        List<Long> sizes = new ArrayList<>();
        for (Optional<TargetChunks.Chunk> chunk = chunks.take(); chunk.isPresent(); chunk = chunks.take()) {
            sizes.add(chunk.get().end() - chunk.get().begin());
        }
        return sizes;
    }

    @Test
    void aSingleTakerGetsAllAtOnce() {
        TargetChunks chunks = new TargetChunks(0, 10_000_000_000L, 1);

        assertThat(chunks.take()).contains(new TargetChunks.Chunk(0, 10_000_000_000L));
        assertThat(chunks.take()).isEmpty();
        assertThat(chunks.isEmpty()).isTrue();
    }

    @Test
    void chunksAreThousandsWhileThereAreManyAndOneInTheEnd() {
        List<Long> sizes = sizes(new TargetChunks(0, 1_000_000, 4));

        assertThat(sizes.get(0)).isEqualTo(4_096);
        assertThat(sizes).isSortedAccordingTo((a, b) -> Long.compare(b, a)).endsWith(1L);
        assertThat(sizes.stream().mapToLong(Long::longValue).sum()).isEqualTo(1_000_000);
    }

    @ParameterizedTest
    @CsvSource({"7, 2, 2", "100, 2, 25", "1, 3, 1", "3, 256, 1"})
    void ofFewTargetsNobodyTakesMoreThanHalfOfItsShare(long total, int takers, long first) {
        assertThat(sizes(new TargetChunks(0, total, takers))).first().isEqualTo(first);
    }

    @Test
    void noTargetsAreNoChunks() {
        assertThat(new TargetChunks(0, 0, 1).take()).isEmpty();
        assertThat(new TargetChunks(0, 0, 2).isEmpty()).isTrue();
    }

    @Test
    void severalThreadsTakeEachNumberOnce() throws InterruptedException {
        TargetChunks chunks = new TargetChunks(0, 3_000_000, 4);
        ConcurrentLinkedQueue<TargetChunks.Chunk> taken = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                for (Optional<TargetChunks.Chunk> chunk = chunks.take(); chunk.isPresent(); chunk = chunks.take()) {
                    taken.add(chunk.get());
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        List<TargetChunks.Chunk> inOrder = new ArrayList<>(taken);
        inOrder.sort((a, b) -> Long.compare(a.begin(), b.begin()));
        long next = 0;
        for (TargetChunks.Chunk chunk : inOrder) {
            assertThat(chunk.begin()).isEqualTo(next);
            next = chunk.end();
        }
        assertThat(next).isEqualTo(3_000_000);
    }
}
