package io.github.nettyping.cli.ping;

import io.github.nettyping.cli.Main;
import io.github.nettyping.cli.output.ExitCode;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.testing.Behaviour;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.IcmpError;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.Replies;
import io.github.nettyping.testing.TunResponder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * A network of hosts of all kinds, in which the ping of iputils and ours are run with the same arguments. Safe for use by
 * many threads.
 *
 * <p>The last byte of an address in 198.19.0.0/24 or fd00:19::/120 says what its host does: see {@link #host}.
 */
final class PingLab implements AutoCloseable {

    /** The probes of a flood, with what came back. */
    private static final Pattern DOTS = Pattern.compile("(?m)^[.E\b\u0007 ]+\n");

    /** What a program did. */
    record Result(int code, String out, String err) {

        /** Returns the same without what differs from run to run, in our words. */
        Result normalised() {
            String masked = PingPair.normal(out)
                    .replaceAll("(?m)^(TS: )?\t([0-9.]+\t)?[0-9]+ absolute$", "$1\t$2# absolute")
                    .replaceAll("(?m)^\t([0-9.]+\t)?-?[0-9]+$", "\t$1#")
                    .replaceAll("flow 0x[0-9a-f]{5}", "flow #")
                    // How many are under way when one is answered, is a matter of the moment.
                    .replaceAll("pipe [0-9]+, ipg", "ipg");
            return new Result(
                    code,
                    DOTS.matcher(masked)
                            .replaceAll(dots -> "probes: " + count(dots.group(), '.') + ", replies: "
                                    + count(dots.group(), ' ') + '\n'),
                    PingPair.asOurs(err));
        }

        private static long count(String text, char c) {
            return text.chars().filter(other -> other == c).count();
        }
    }

    private final Namespace namespace = Namespace.create();

    PingLab() {
        TunResponder.open(namespace, Behaviours.byAddress(PingLab::host), "198.19.0.0/24", "fd00:19::/120");
    }

    Namespace namespace() {
        return namespace;
    }

    private static Behaviour host(InetAddress address) {
        byte[] bytes = address.getAddress();
        int number = bytes[bytes.length - 1] & 0xff;
        InetAddress router = Packets.address(bytes.length == 4 ? "198.19.0.254" : "fd00:19::fe");
        return switch (number) {
            case 20, 0x20 -> Behaviours.silent();
            case 30, 0x30 -> bytes.length == 4 ? IcmpError.unreachable(1, router) : IcmpError.of(1, 3, router);
            case 31 -> IcmpError.timeExceeded(router);
            case 34 -> Behaviours.all(IcmpError.unreachable(0, router), Replies.echo());
            case 40 -> Replies.duplicate(2);
            case 41 -> Replies.wrongSource(Packets.address("198.19.0.201"));
            case 42 -> Replies.corruptPayload();
            case 50 -> Behaviours.delayed(Duration.ofMillis(150), Replies.echo());
            default -> Replies.echo();
        };
    }

    static List<String> words(String line) {
        return line.isEmpty() ? List.of() : List.of(line.split(" ", -1));
    }

    /** Runs that of iputils. */
    Result theirs(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT,TERM", PingPair.IPUTILS));
        command.addAll(arguments);
        return namespace.call(() -> {
            // A child is born in the namespace of the thread that starts it.
            Process process = new ProcessBuilder(command).start();
            process.getOutputStream().close();
            // What it prints fits into its pipes.
            int code = process.waitFor();
            return new Result(code, text(process.getInputStream()), text(process.getErrorStream()));
        });
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Runs ours, in this JVM, whose signals stay what they are. */
    Result ours(List<String> arguments) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintWriter errors = new PrintWriter(err, true, StandardCharsets.UTF_8);
        List<String> line = new ArrayList<>(List.of("ping"));
        line.addAll(arguments);
        CommandLine program = Main.model("ping").setErr(errors);
        ExitCode code = namespace.call(() -> {
            try {
                PingCommand command = (PingCommand) program.parseArgs(line.toArray(String[]::new))
                        .subcommand()
                        .commandSpec()
                        .userObject();
                return command.run(run -> run.run(sink(out), interruption -> {}));
            } catch (ParameterException e) {
                errors.println("nettyping: " + e.getMessage());
                return ExitCode.USAGE;
            }
        });
        return new Result(code.code(), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Output.Sink sink(ByteArrayOutputStream to) {
        return (ByteBuffer bytes, int position, int limit) -> {
            byte[] copy = new byte[limit - position];
            bytes.get(position, copy);
            to.write(copy, 0, copy.length);
            return copy.length;
        };
    }

    @Override
    public void close() {
        namespace.close();
    }
}
