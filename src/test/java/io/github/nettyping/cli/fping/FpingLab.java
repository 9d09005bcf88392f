package io.github.nettyping.cli.fping;

import io.github.nettyping.cli.output.Output;
import io.github.nettyping.testing.Behaviour;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.IcmpError;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Replies;
import io.github.nettyping.testing.TunResponder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A network of hosts of all kinds, in which Debian's fping and ours are run with the same arguments. Safe for use by many
 * threads.
 *
 * <p>The last byte of an address in 198.19.0.0/24 or fd00:19::/120 says what its host does: below 20 it answers, see
 * {@link #host} for the rest.
 */
final class FpingLab implements AutoCloseable {

    /** What a program did. */
    record Result(int code, String out, String err) {

        /** Returns the same without what differs from run to run. */
        Result normalised() {
            return new Result(code, normal(out), normal(err));
        }

        private static String normal(String text) {
            if (text.startsWith("Usage: ")) {
                return text.lines().findFirst().orElseThrow() + "\n(help)\n";
            }
            String normal = ROUND_TRIPS.matcher(text).replaceAll(report -> TIME_OR_NONE
                    .matcher(report.group())
                    .replaceAll(time -> time.group().equals(" -") ? " -" : " T"));
            for (Replacement replacement : REPLACEMENTS) {
                normal = replacement.what.matcher(normal).replaceAll(replacement.by);
            }
            return normal;
        }
    }

    private record Replacement(Pattern what, String by) {
        static Replacement of(String what, String by) {
            return new Replacement(Pattern.compile(what), by);
        }
    }

    /** As fping writes times: about three digits. */
    private static final String TIME = "(?:\\d\\.\\d{3}|[1-9]\\.\\d{2}|10\\.00|\\d\\d\\.\\d|100\\.0|\\d{3,6})";

    /** A report of -C. */
    private static final Pattern ROUND_TRIPS = Pattern.compile("(?m)(?<= :)(?: -| " + TIME + ")+$");

    private static final Pattern TIME_OR_NONE = Pattern.compile(" -| " + TIME);

    private static final List<Replacement> REPLACEMENTS = List.of(
            Replacement.of("(?<=[ (])" + TIME + "(?= ms| avg)", "T"),
            Replacement.of("= " + TIME + "/" + TIME + "/" + TIME + "(?=\n)", "= T/T/T"),
            Replacement.of("\\[\\d{10}\\.\\d{5}\\]", "[TIME]"),
            Replacement.of("\\[\\d\\d:\\d\\d:\\d\\d\\]", "[CLOCK]"),
            Replacement.of(" +\\d+\\.\\d{3} sec \\(elapsed", " SECONDS (elapsed"),
            Replacement.of("(SET (?:min|avg|max) = )\\d+", "$1NANOS"),
            Replacement.of("(\"rtt(?:|Min|Avg|Max)\": )" + TIME, "$1T"),
            Replacement.of("(\"elapsed\": )\\d+\\.\\d{3}", "$1SECONDS"),
            Replacement.of("(\"time\": )\\d{10}", "$1SECONDS"),
            Replacement.of("(?<=\\[|, )" + TIME + "(?=, |\\])", "T"),
            Replacement.of("(Originate|Receive|Transmit|Localreceive)=\\d+", "$1=T"),
            Replacement.of("(\"(?:originate|receive|transmit|localreceive)\": )\\d+", "$1T"));

    /** On a busy machine one of two programs may be late; what differs for other reasons differs every time. */
    private static final int RUNS = 4;

    private final Namespace namespace = Namespace.create();

    FpingLab() {
        TunResponder.open(namespace, Behaviours.byAddress(FpingLab::host), "198.19.0.0/24", "fd00:19::/120");
    }

    Namespace namespace() {
        return namespace;
    }

    private static Behaviour host(InetAddress address) {
        byte[] bytes = address.getAddress();
        int number = bytes[bytes.length - 1] & 0xff;
        return bytes.length == 4 ? ipv4(number) : ipv6(number);
    }

    private static Behaviour ipv6(int number) {
        InetAddress router = address("fd00:19::fe");
        return switch (number) {
            case 0x20, 0x21 -> Behaviours.silent();
            case 0x30 -> IcmpError.of(1, 3, router);
            case 0x31 -> IcmpError.of(3, 0, router);
            case 0x32 -> IcmpError.of(1, 9, router);
            default -> Replies.echo();
        };
    }

    private static Behaviour ipv4(int number) {
        InetAddress router = address("198.19.0.254");
        return switch (number) {
            case 20, 21, 22, 23, 24, 25, 26, 27, 28, 29 -> Behaviours.silent();
            case 30 -> IcmpError.unreachable(1, router);
            case 31 -> IcmpError.timeExceeded(router);
            case 32 -> IcmpError.unreachable(3, router);
            case 33 -> IcmpError.unreachable(13, router);
            case 34 -> Behaviours.all(IcmpError.unreachable(0, router), Replies.echo());
            case 35 -> IcmpError.of(12, 0, router);
            case 36 -> IcmpError.fragmentationNeeded(1000, router);
            case 40 -> Replies.duplicate(2);
            case 41 -> Replies.wrongSource(address("198.19.0.201"));
            case 50 -> Behaviours.delayed(Duration.ofMillis(30), Replies.echo());
            case 51 -> Behaviours.delayed(Duration.ofMillis(90), Replies.echo());
            case 52 -> Behaviours.delayed(Duration.ofMillis(250), Replies.echo());
            default -> Replies.echo();
        };
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    static List<String> words(String line) {
        return line.isEmpty() ? List.of() : List.of(line.split(" ", -1));
    }

    /** Runs Debian's. */
    Result theirs(List<String> arguments, String input) throws Exception {
        List<String> command = new ArrayList<>(List.of("fping"));
        command.addAll(arguments);
        return namespace.call(() -> {
            // A child is born in the namespace of the thread that starts it.
            Process process = new ProcessBuilder(command).start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It does not read.
            }
            // What it prints fits into its pipes.
            int code = process.waitFor();
            return new Result(code, text(process.getInputStream()), text(process.getErrorStream()));
        });
    }

    /** Tells whether Debian's is of that version; false if there is none. */
    boolean theirsIs(String version) throws Exception {
        try {
            return theirs(List.of("-v"), "").out().equals("fping: Version " + version + '\n');
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns both results if they differ, apart from times. */
    Optional<String> difference(List<String> arguments, String input) throws Exception {
        String difference = "";
        for (int run = 0; run < RUNS; run++) {
            Result theirs = theirs(arguments, input).normalised();
            Result ours = ours(arguments, input).normalised();
            if (theirs.equals(ours)) {
                return Optional.empty();
            }
            difference = "fping " + String.join(" ", arguments) + "\n  theirs " + theirs + "\n  ours   " + ours;
        }
        return Optional.of(difference);
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Runs ours, in this JVM. */
    Result ours(List<String> arguments, String input) throws Exception {
        return ours("fping", arguments, input);
    }

    Result ours(String program, List<String> arguments, String input) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintWriter outWriter = new PrintWriter(out, false, StandardCharsets.UTF_8);
        PrintWriter errWriter = new PrintWriter(err, false, StandardCharsets.UTF_8);
        InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        int code = namespace.call(
                () -> FpingCommand.run(program, arguments, outWriter, errWriter, in, sink(out), sink(err)));
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
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
