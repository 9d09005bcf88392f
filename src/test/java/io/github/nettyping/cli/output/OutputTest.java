package io.github.nettyping.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.SystemCallException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputTest {

    /** Takes what it is told to take, everything by default. */
    private static final class FakeSink implements Output.Sink {

        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private final Deque<Integer> limits = new ArrayDeque<>();
        private int calls;
        private int errno;

        @Override
        public int write(ByteBuffer bytes, int position, int limit) throws SystemCallException {
            calls++;
            if (errno != 0) {
                throw StandardOutput.failure(errno);
            }
            int count = Math.min(limit - position, limits.isEmpty() ? Integer.MAX_VALUE : limits.remove());
            for (int i = 0; i < count; i++) {
                taken.write(bytes.get(position + i));
            }
            return count;
        }

        String text() {
            return taken.toString(StandardCharsets.UTF_8);
        }
    }

    private final FakeSink sink = new FakeSink();
    private final List<Runnable> later = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Output output = new Output(sink, later::add, () -> failures.add("failed"));

    @Test
    void aLineThatIsLongerThanTheBufferIsWrittenInParts() {
        output.append("x".repeat(70_000) + "\n");
        output.flush();

        assertThat(sink.text()).isEqualTo("x".repeat(70_000) + "\n");
    }

    @Test
    void linesWaitForTheTimerThatTheFirstOfThemSet() {
        output.append("one\n");
        output.append("two\n");
        assertThat(sink.text()).isEmpty();
        assertThat(later).hasSize(1);

        later.remove(0).run();
        assertThat(sink.text()).isEqualTo("one\ntwo\n");

        output.append("three\n");
        assertThat(later).hasSize(1);
    }

    @Test
    void fullBufferIsWrittenAtOnceUpToItsLastWholeLine() {
        String line = "x".repeat(99) + "\n";
        for (int i = 0; i < 1_000; i++) {
            output.append(line);
        }
        assertThat(sink.taken.size()).isEqualTo(65_500);
        output.flush();
        assertThat(sink.text()).isEqualTo(line.repeat(1_000));
        assertThat(later).hasSize(1);
    }

    @Test
    void bytesLongerThanTheBufferPassWhole() throws IOException {
        byte[] bytes = "0123456789".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
        output.append("<");
        output.stream().write(bytes, 0, bytes.length);
        output.stream().write('>');
        output.flush();
        assertThat(sink.text()).isEqualTo("<" + new String(bytes, StandardCharsets.US_ASCII) + ">");
    }

    @Test
    void textIsUtf8() {
        output.append("fe80::1%häß\u20ac\n");
        output.flush();
        assertThat(sink.text()).isEqualTo("fe80::1%häß\u20ac\n");
    }

    @Test
    void whatASinkDoesNotTakeAtOnceIsOfferedAgain() {
        sink.limits.addAll(List.of(2, 0, 0, 1));
        output.append("0123456789");
        output.flush();
        assertThat(sink.text()).isEqualTo("0123456789");
        assertThat(sink.calls).isEqualTo(5);
    }

    @Test
    void failureIsToldOnceAndEndsAllWriting() {
        sink.errno = StandardOutput.ENOSPC;
        output.append("one\n");
        output.flush();
        assertThat(failures).hasSize(1);
        assertThat(output.failure())
                .hasValueSatisfying(e -> assertThat(e).hasMessageStartingWith("write(standard output): ENOSPC; "));

        sink.errno = 0;
        output.append("two\n".repeat(50_000));
        output.flush();
        assertThat(failures).hasSize(1);
        assertThat(sink.calls).isEqualTo(1);
        assertThat(sink.text()).isEmpty();
    }

    @Test
    void emptyOutputIsNotWritten() {
        output.flush();
        assertThat(sink.calls).isZero();
    }

    @Test
    void whatHasBeenWrittenIsToldTogetherWithTheWrite() {
        List<String> told = new ArrayList<>();
        Output telling = new Output(sink, later::add, () -> {}, () -> told.add(sink.text()));
        telling.append("one\n");
        telling.flush();
        telling.flushSoon();
        assertThat(later).hasSize(1);
        later.remove(0).run();
        assertThat(told).containsExactly("one\n", "one\n");

        telling.flushSoon();
        later.remove(0).run();
        assertThat(told).hasSize(3);

        sink.errno = StandardOutput.ENOSPC;
        telling.append("two\n");
        telling.flush();
        telling.flush();
        assertThat(told).hasSize(3);
    }

    @Test
    void whatIsToldInTheMiddleOfALineIsWholeLines() {
        List<String> told = new ArrayList<>();
        Output telling = new Output(sink, later::add, () -> {}, () -> told.add(sink.text()));
        telling.append("one\n");
        telling.append("x".repeat(65_532));
        telling.append("y\n");
        assertThat(told).containsExactly("one\n");
    }
}
