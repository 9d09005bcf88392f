package io.github.nettyping.cli.progress;

import static io.github.nettyping.cli.progress.ProgressSamples.figures;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.output.Output;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Standard error and results on one screen. */
class ProgressLineTest {

    private static final String ERASE = "\r\u001b[K";
    private static final String ONE = "1/2 done, 50.0%, 1 alive, 0 timeout, 0 local drops";

    private final StringWriter screen = new StringWriter();
    private final Output.Sink results = (bytes, position, limit) -> {
        for (int i = position; i < limit; i++) {
            screen.write(bytes.get(i));
        }
        return limit - position;
    };

    private ProgressLine line(boolean terminal, int columns) {
        return new ProgressLine(new PrintWriter(screen), terminal, () -> columns, results);
    }

    private String shown() {
        String text = screen.toString();
        screen.getBuffer().setLength(0);
        return text;
    }

    @Test
    void theLineIsDrawnOverItself() {
        ProgressLine line = line(true, 80);
        line.show(figures(1, 2));
        line.show(figures(1, 2));
        assertThat(shown()).isEqualTo(ERASE + ONE + ERASE + ONE);
    }

    @Test
    void theLastColumnStaysFree() {
        line(true, ONE.length()).show(figures(1, 2));
        assertThat(shown()).isEqualTo(ERASE + "1/2 done, 50.0%, 1 alive, 0 timeout");
    }

    @Test
    void elsewhereThanOnATerminalEachIsALineOfItsOwn() {
        ProgressLine line = line(false, 5);
        line.show(figures(1, 2));
        line.show(figures(1, 2));
        line.end();
        assertThat(shown()).isEqualTo(ONE + '\n' + ONE + '\n');
    }

    @Test
    void theLineIsErasedBeforeResultsAndDrawnAgainLater() throws IOException {
        ProgressLine line = line(true, 80);
        write(line, "first\n");
        assertThat(shown()).isEqualTo("first\n");
        line.show(figures(1, 2));
        write(line, "second\n");
        write(line, "third\n");
        line.show(figures(1, 2));
        assertThat(shown()).isEqualTo(ERASE + ONE + ERASE + "second\nthird\n" + ERASE + ONE);
    }

    private static void write(Output.Sink sink, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(sink.write(bytes, 0, bytes.limit())).isEqualTo(text.length());
    }

    @Test
    void theLineIsNotDrawnAmidALineOfResults() throws InterruptedException {
        List<Thread> drawing = new ArrayList<>();
        ProgressLine[] line = new ProgressLine[1];
        // A terminal that takes three bytes at a time, and somebody who wants to draw between.
        Output.Sink slow = (bytes, position, limit) -> {
            int end = Math.min(limit, position + 3);
            results.write(bytes, position, end);
            if (drawing.isEmpty()) {
                Thread thread = new Thread(() -> line[0].show(figures(1, 2)));
                drawing.add(thread);
                thread.start();
                while (thread.getState() != Thread.State.BLOCKED) {
                    Thread.onSpinWait();
                }
            }
            return end - position;
        };
        line[0] = new ProgressLine(new PrintWriter(screen), true, () -> 80, slow);
        Output output = new Output(line[0], later -> {}, () -> {});
        output.append("127.0.0.1\t0.041 ms\n");
        output.flush();
        drawing.get(0).join();
        assertThat(shown()).isEqualTo("127.0.0.1\t0.041 ms\n" + ERASE + ONE);
    }

    @Test
    void theLineIsErasedBeforeAMessage() {
        ProgressLine line = line(true, 80);
        line.show(figures(1, 2));
        line.aside(() -> screen.write("message\n"));
        assertThat(shown()).isEqualTo(ERASE + ONE + ERASE + "message\n");
    }

    @Test
    void afterTheEndNothingIsLeftAndNothingComes() {
        ProgressLine line = line(true, 80);
        line.show(figures(1, 2));
        line.end();
        line.show(figures(2, 2));
        line.aside(() -> screen.write("message\n"));
        line.end();
        assertThat(shown()).isEqualTo(ERASE + ONE + ERASE);
    }
}
