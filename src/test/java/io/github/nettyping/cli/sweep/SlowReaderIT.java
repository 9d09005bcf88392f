package io.github.nettyping.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Program;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Capture;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.RequiresNamespaces;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader of the results who is slower than the network. Everything stays on the loopback device of a namespace. */
@RequiresNamespaces
class SlowReaderIT {

    private static final Duration LIMIT = Await.LIMIT;
    private static final int TARGETS = 16_382;
    private static final int PER_SECOND = 5_000;

    /** A hundred a second. */
    private static final long NANOS_A_LINE = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int SLOW_LINES = Integer.getInteger("nettyping.slow.lines", 400);

    /** A pipe has as much, the program collects as much, and so does the stream of a process on our side. */
    private static final int BUFFER_BYTES = 65_536 + 65_536 + 8_192;

    /** A batch, and what had been answered when the program began to wait for its reader. */
    private static final int IN_FLIGHT = 256;

    private static final long KIBIBYTES_OF_CHANCE = 16 << 10;

    @TempDir
    Path dir;

    private final Namespace namespace = Namespace.create();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private int lines;

    @AfterEach
    void close() {
        namespace.close();
    }

    private static int available(InputStream in) {
        try {
            return in.available();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readLine(InputStream in) {
        try {
            int b;
            do {
                b = in.read();
                text.write(b);
            } while (b != '\n' && b >= 0);
            lines++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readAvailable(InputStream in) {
        try {
            text.write(in.readNBytes(in.available()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long residentKibibytes(long pid) {
        try {
            String size = Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .findFirst()
                    .orElseThrow();
            return Long.parseLong(size.replaceAll("\\D", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns how many echo requests have arrived in the namespace: names in one line, numbers in the next. */
    private long probesSent() {
        List<String> icmp = namespace
                .exec("cat", "/proc/net/snmp")
                .lines()
                .filter(line -> line.startsWith("Icmp: "))
                .toList();
        int column = Arrays.asList(icmp.get(0).split(" ", -1)).indexOf("InEchos");
        return Long.parseLong(icmp.get(1).split(" ", -1)[column]);
    }

    private static int mostWithin(long windowNanos, long[] nanos) {
        int most = 0;
        for (int first = 0, last = 0; last < nanos.length; last++) {
            while (nanos[last] - nanos[first] >= windowNanos) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    @Test
    void theSweepWaitsInFlatMemoryAndGoesOnWithoutABurst() throws Exception {
        List<String> command = Program.command(
                "sweep",
                "--rate",
                Integer.toString(PER_SECOND),
                "--format",
                "jsonl",
                "--summary",
                "json",
                "127.0.0.0/18");
        List<Capture.Message> messages = new ArrayList<>();
        List<Long> resident = new ArrayList<>();
        long sentWhileSlow;
        int readWhileSlow;
        try (Capture capture = Capture.open(namespace, "lo");
                Program program = Program.start(dir, Program.in(namespace, command), ProcessBuilder.Redirect.PIPE)) {
            InputStream in = program.process().getInputStream();
            Await.until("there are results", LIMIT, () -> available(in) > 0);
            long began = System.nanoTime();
            Await.until("lines have been read slowly", LIMIT, () -> {
                messages.addAll(capture.read());
                if (available(in) > 0 && System.nanoTime() - began >= lines * NANOS_A_LINE) {
                    readLine(in);
                    resident.add(residentKibibytes(program.process().pid()));
                }
                return lines == SLOW_LINES;
            });
            sentWhileSlow = probesSent();
            readWhileSlow = text.size();
            Await.until("the sweep has ended", LIMIT, () -> {
                readAvailable(in);
                messages.addAll(capture.read());
                return !program.process().isAlive();
            });
            text.write(in.readAllBytes());
            assertThat(program.exitCode()).as(program.err()).isZero();
        }
        long[] sent = messages.stream()
                .filter(message -> message.type() == 8)
                .mapToLong(Capture.Message::nanos)
                .sorted()
                .toArray();
        long early = resident.stream()
                .limit(SLOW_LINES / 2)
                .mapToLong(size -> size)
                .max()
                .orElseThrow();
        long late = resident.stream()
                .skip(SLOW_LINES / 2)
                .mapToLong(size -> size)
                .max()
                .orElseThrow();
        // Each of them is seen when it leaves and when it arrives.
        int most = mostWithin(TimeUnit.MILLISECONDS.toNanos(100), sent) / 2;
        int lineBytes = readWhileSlow / SLOW_LINES;
        System.out.printf(
                "%d lines of %d bytes read slowly, %d probes sent; resident at most %,d KiB, then %,d KiB;"
                        + " %d probes in 100 ms at most%n",
                SLOW_LINES, lineBytes, sentWhileSlow, early, late, most);

        assertThat(sentWhileSlow).isLessThanOrEqualTo(SLOW_LINES + BUFFER_BYTES / lineBytes + IN_FLIGHT);
        assertThat(late).isLessThanOrEqualTo(early + KIBIBYTES_OF_CHANCE);
        assertThat(most).isBetween(1, PER_SECOND / 10 * 3 / 2);
        assertThat(text.toString(StandardCharsets.US_ASCII).lines())
                .hasSize(TARGETS)
                .allMatch(line -> line.contains("\"status\":\"alive\""));
    }
}
