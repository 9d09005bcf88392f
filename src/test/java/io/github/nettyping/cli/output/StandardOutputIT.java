package io.github.nettyping.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.testing.Await;
import io.netty.channel.unix.FileDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On pipes of this process; Netty makes them non-blocking. */
class StandardOutputIT {

    @BeforeAll
    static void loadNatives() {
        IcmpEventLoops.newGroup(1, "unused").shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    @Test
    void slowReaderOfANonBlockingPipeGetsEveryByte() throws IOException {
        FileDescriptor[] pipe = FileDescriptor.pipe();
        AtomicInteger refusals = new AtomicInteger();
        StandardOutput standardOutput = new StandardOutput(pipe[1]);
        Output output = new Output(
                (bytes, position, limit) -> {
                    int written = standardOutput.write(bytes, position, limit);
                    refusals.addAndGet(written == 0 ? 1 : 0);
                    return written;
                },
                task -> {},
                () -> {});
        String text = "0123456789\n".repeat(20_000);
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            output.append(text);
            output.flush();
        });
        Await.until("the pipe has refused bytes", Await.LIMIT, () -> refusals.get() > 1);

        ByteArrayOutputStream read = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocateDirect(1_000);
        while (read.size() < text.length()) {
            int count = Math.max(0, pipe[0].read(buffer, 0, buffer.capacity()));
            for (int i = 0; i < count; i++) {
                read.write(buffer.get(i));
            }
        }
        writer.join();
        pipe[0].close();
        pipe[1].close();

        assertThat(read.toString(StandardCharsets.US_ASCII)).isEqualTo(text);
        assertThat(output.failure()).isEmpty();
    }

    @Test
    void errnoOfAFailureIsKnown() throws IOException {
        FileDescriptor[] pipe = FileDescriptor.pipe();
        pipe[0].close();
        assertThatThrownBy(() -> new StandardOutput(pipe[1]).write(ByteBuffer.allocateDirect(1), 0, 1))
                .isInstanceOfSatisfying(
                        SystemCallException.class, e -> assertThat(e.errno()).isEqualTo(StandardOutput.EPIPE));
        pipe[1].close();

        // A number that no descriptor has; that of one closed just now may be another test's already.
        FileDescriptor none = new FileDescriptor(Integer.MAX_VALUE);
        assertThatThrownBy(() -> new StandardOutput(none).write(ByteBuffer.allocateDirect(1), 0, 1))
                .isInstanceOf(SystemCallException.class)
                .hasMessageStartingWith("write(standard output): EBADF; ");
    }
}
