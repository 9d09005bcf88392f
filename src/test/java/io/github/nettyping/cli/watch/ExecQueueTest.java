package io.github.nettyping.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.testing.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecQueueTest {

    private static final long LONG = TimeUnit.MINUTES.toNanos(5);

    @TempDir
    Path dir;

    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<Made> started = new CopyOnWriteArrayList<>();
    private final ExecQueue queue = new ExecQueue(
            variables -> {
                Made process = new Made(variables.get("NAME"));
                started.add(process);
                return process;
            },
            complaints::add);

    /** A process that ends when told to. */
    private static final class Made extends Process {

        private final String name;
        private final CompletableFuture<Process> end = new CompletableFuture<>();

        Made(String name) {
            this.name = name;
        }

        @Override
        public CompletableFuture<Process> onExit() {
            return end;
        }

        @Override
        public OutputStream getOutputStream() {
            throw new UnsupportedOperationException();
        }

        @Override
        public InputStream getInputStream() {
            throw new UnsupportedOperationException();
        }

        @Override
        public InputStream getErrorStream() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int waitFor() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int exitValue() {
            return 0;
        }

        @Override
        public void destroy() {
            end.complete(this);
        }
    }

    private void add(String key, String name) {
        queue.add(key, key, Map.of("NAME", name));
    }

    private List<String> names() {
        return started.stream().map(process -> process.name).toList();
    }

    @Test
    void eightRunAtATime() {
        for (int i = 0; i < 20; i++) {
            add("target" + i, "command" + i);
        }
        assertThat(started).hasSize(8);
        started.get(3).destroy();
        assertThat(names()).hasSize(9).endsWith("command8");
    }

    @Test
    void thoseOfATargetRunInOrder() {
        add("a", "a1");
        add("a", "a2");
        add("b", "b1");
        assertThat(names()).containsExactly("a1", "b1");
        started.get(0).destroy();
        assertThat(names()).containsExactly("a1", "b1", "a2");
    }

    @Test
    void theOldestIsDroppedAndToldIfTooManyWait() {
        add("a", "runs");
        for (int i = 0; i < 1_002; i++) {
            add("a", "a" + i);
        }
        assertThat(complaints).hasSize(2).allMatch(line -> line.contains("the oldest is dropped, for a"));
        started.get(0).destroy();
        assertThat(names()).endsWith("a2");
    }

    @Test
    void theEndWaitsForThemButNotForEver() {
        add("a", "a1");
        add("a", "a2");
        queue.finish(TimeUnit.MILLISECONDS.toNanos(50));
        assertThat(complaints).containsExactly("--exec: 2 commands had not ended");
        add("a", "a3");
        started.get(0).destroy();
        assertThat(names()).containsExactly("a1");
    }

    @Test
    void theShellGetsTheVariablesAndNoTerminal() throws IOException {
        List<Process> processes = new ArrayList<>();
        ExecQueue.Starter shell = ExecQueue.shell("read line; echo \"$NETTYPING_STATE-$line\" >" + dir + "/out", true);
        ExecQueue real = new ExecQueue(
                variables -> {
                    Process process = shell.start(variables);
                    processes.add(process);
                    return process;
                },
                complaints::add);
        real.add("a", "a", Map.of("NETTYPING_STATE", "down"));
        real.finish(LONG);
        Await.until("it has ended", Await.LIMIT, () -> !processes.get(0).isAlive());
        assertThat(Files.readString(dir.resolve("out"))).isEqualTo("down-\n");
        assertThat(complaints).isEmpty();
    }

    @Test
    void aCommandThatCannotBeStartedIsToldAndDoesNotHoldOthersUp() {
        ExecQueue broken = new ExecQueue(
                variables -> {
                    throw new IOException("no sh");
                },
                complaints::add);
        broken.add("a", "a", Map.of());
        broken.add("a", "a", Map.of());
        assertThat(complaints).containsExactly("--exec for a: no sh", "--exec for a: no sh");
        broken.finish(LONG);
    }
}
