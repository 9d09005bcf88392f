package io.github.nettyping.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.testing.RequiresRawSockets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's code is the example's, and the example does what the README says. */
class ReadmeIT {

    private static final Path EXAMPLE = Path.of("src/test/java/io/github/nettyping/examples/SweepExample.java");

    @Test
    void readmeQuotesTheExample() throws IOException {
        String source = Files.readString(EXAMPLE);
        String quoted = source.substring(
                source.indexOf("// README begin\n") + "// README begin\n".length(),
                source.indexOf("        // README end"));

        assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + quoted.indent(-8) + "```");
    }

    @Test
    @RequiresRawSockets
    void exampleFindsEveryHostOfTheLoopbackNetwork() {
        assertThat(SweepExample.run().statistics().replies()).isEqualTo(254);
    }
}
