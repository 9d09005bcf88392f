package io.github.nettyping.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.RequiresRawSockets;
import org.junit.jupiter.api.Test;

@RequiresRawSockets
class SharedLoopExampleIT {

    @Test
    void serverAnswersWithWhatBecameOfAProbeOnItsOwnLoop() throws Exception {
        try (SharedLoopExample example = new SharedLoopExample(Packets.address("127.0.0.9"));
                HttpClient client = new HttpClient(example.address())) {
            assertThat(client.get("/")).isEqualTo(new HttpClient.Response("HTTP/1.1 200 OK", "REPLIED"));
            assertThat(client.get("/")).isEqualTo(new HttpClient.Response("HTTP/1.1 200 OK", "REPLIED"));
        }
    }
}
