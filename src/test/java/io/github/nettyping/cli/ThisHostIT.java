package io.github.nettyping.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.output.ExitCode;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.RequiresIpv6Loopback;
import io.github.nettyping.testing.RequiresNamespaces;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The unspecified address, by which the kernel means this host. Its reply comes from another address, and raw sockets and
 * ping sockets take the address of IPv6 differently: a user sees nothing of it.
 */
@RequiresNamespaces
@RequiresIpv6Loopback
class ThisHostIT {

    @TempDir
    Path dir;

    @ParameterizedTest
    @CsvSource({
        "sweep --format csv, 0.0.0.0, '0.0.0.0,alive,.*,127.0.0.1,64,.*,other_source,'",
        "sweep --format csv, ::, '::,alive,.*,::1,64,.*,other_source,'",
        "sweep --format csv --size 0, ::, '::,alive,.*,::1,64,.*,unverified other_source,'",
        "trace --format jsonl, 0.0.0.0, '.*\"hop\":1,\"from\":\\[\"127.0.0.1\"],\"sent\":3,\"received\":3,.*'",
        "trace --format jsonl, ::, '.*\"hop\":1,\"from\":\\[\"::1\"],\"sent\":3,\"received\":3,.*'",
        "bench --duration 50ms --warmup 0 --summary json, 0.0.0.0, '.*\"sent\":50,\"received\":50,\"lost\":0,.*'",
        "bench --duration 50ms --warmup 0 --summary json, ::, '.*\"sent\":50,\"received\":50,\"lost\":0,.*'",
        "ping -c 1, 0.0.0.0, '64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=.* ms'",
        "ping -c 1, ::, '64 bytes from ::1: icmp_seq=1 ttl=64 time=.* ms'"
    })
    void answersWhateverTheKindOfSocket(String command, String target, String line) {
        for (String socket : new String[] {"dgram", "raw"}) {
            String words = command + (command.startsWith("ping") ? "" : " --socket " + socket) + ' ' + target;
            try (Namespace namespace =
                            socket.equals("dgram") ? Namespace.create() : Namespace.createWithoutPingSockets();
                    Program program = Program.start(dir, Program.in(namespace, Program.command(words.split(" "))))) {
                assertThat(program.exitCode())
                        .as("%s: %s", words, program.err())
                        .isEqualTo(ExitCode.OK.code());
                assertThat((program.out() + program.err()).lines()).as(words).anySatisfy(printed -> assertThat(printed)
                        .matches(line));
            }
        }
    }
}
