package io.github.nettyping.cli;

import io.github.nettyping.cli.fping.FpingCommand;
import io.github.nettyping.cli.output.ExitCode;
import io.github.nettyping.internal.VisibleText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A program that runs random command lines, one after the other in its one JVM, and prints those that end in what must not
 * be. To be run where no packet can leave, in a directory that may be filled with files, its standard output at /dev/null.
 */
final class RandomCommandLines {

    private static final long HANGING_SECONDS = 60;

    /** What a user may type, or a script may leave in a variable. */
    private static final List<String> VALUES = List.of(
            "",
            " ",
            "0",
            "1",
            "2",
            "3",
            "-1",
            "-0",
            "+1",
            "1.5",
            ".5",
            "1e3",
            "1e-9",
            "1e400",
            "0x10",
            "007",
            "65507",
            "65536",
            "2147483648",
            "9223372036854775808",
            "99999999999999999999",
            "NaN",
            "Infinity",
            "-Infinity",
            "1ms",
            "0ms",
            "-1ms",
            "1ns",
            "10s",
            "1h",
            "9999999h",
            "1 ms",
            "1k",
            "10m",
            "1km",
            "auto",
            "max",
            "find",
            "text",
            "jsonl",
            "json",
            "csv",
            "dgram",
            "raw",
            "dgram,raw",
            "raw,raw",
            "tx",
            "rx",
            "user",
            "sequential",
            "random",
            "want",
            "do",
            "dont",
            "1/2",
            "0/1",
            "2/1",
            "1/0",
            "auto/2",
            "1/2/3",
            "/",
            ",",
            "=",
            "a=b",
            "é",
            "\u0000",
            "\n",
            "\u001b[31m",
            "\u202e",
            "\ud800",
            "%",
            "%s",
            "%1$s",
            "${sys:user.home}",
            "@",
            "@/etc/hostname",
            "*",
            "--",
            "-",
            "-x",
            "--help",
            "lo",
            "nosuchif0",
            "lo%lo",
            "::1%lo",
            "127.0.0.1",
            "::1",
            "ef0",
            "zz",
            "abcdef0123456789");

    private static final List<String> TARGETS = List.of(
            "127.0.0.1",
            "127.0.0.2",
            "::1",
            "0.0.0.0",
            "::",
            "127.0.0.0/30",
            "127.0.0.1-3",
            "127.0.0.1-127.0.0.4",
            "::1/128",
            "127.0-1.0.1",
            "0.0.0.0/31",
            "255.255.255.255",
            "224.0.0.1",
            "ff02::1",
            "ff02::1%lo",
            "fe80::1",
            "fe80::1%lo",
            "fe80::1%9",
            "198.51.100.1",
            "2001:db8::1",
            "127.255.255.255",
            "localhost",
            "no.such.invalid",
            "::ffff:127.0.0.1",
            "10.1",
            "1",
            "127.0.0.1/33",
            "::/129",
            "::1-::",
            "127.0.0.9-1",
            "300.1.1.1",
            "127.0.0.1.",
            "http://localhost/",
            "[::1]",
            "127.0.0.1:80",
            "-",
            "",
            " ",
            "#",
            "é",
            "xn--",
            "a".repeat(300),
            "\u0000",
            "\u202e",
            "127.0.0.1,127.0.0.2",
            "127.0.0.1 127.0.0.2",
            "::1%",
            "%lo",
            "0:0:0:0:0:0:0:0:0",
            "00127.0.0.1",
            "127.0.0.1/-1",
            "127.0.0.1-");

    /** So that a run is over at once; what the random part says comes later or is refused as well. */
    private static final Map<String, List<String>> SHORT = Map.of(
            "sweep", List.of("--timeout=2ms", "--retries=0", "--deadline=50ms"),
            "ping", List.of("-c1", "-W0.002"),
            "fping", List.of("-c1", "-t2", "-r0"),
            "trace", List.of("--timeout=2ms", "-m2", "--report-cycles=1"),
            "bench", List.of("--duration=20ms", "--warmup=0", "--timeout=2ms", "--trial=20ms"));

    /** What options may be told that decide how long a run takes, by what their help calls the value. */
    private static final Map<String, List<String>> BOUNDED = Map.of(
            "SECONDS",
                    List.of(
                            "0", "1", "0.01", "10ms", "1ns", "0ms", "-1", "-1ms", "", "NaN", "1e400", "1e-9", "0x1",
                            "\u202e", "1 ms"),
            "RATE", List.of("1000", "2k", "0", "-1", "max", "1e400", "NaN", "2000"),
            "COUNT", List.of("0", "1", "2", "-1", "", "NaN", "1e1", "0x1", "99999999999999999999", "1k"));

    /** Of fping. */
    private static final Set<String> ENDLESS = Set.of("--loop", "--squiet", "-l", "-Q");

    /** Words of programmers: exceptions, objects by their identity, lines of stack traces. */
    private static final Pattern ODD = Pattern.compile(
            "internal error|Exception|\tat |(?<!/)\\bnull\\b|Optional|picocli|@[0-9a-f]{5,}|\\bPT[0-9]");

    private static final Pattern HELP_HINT = Pattern.compile("; see nettyping.*");
    private static final Pattern NAMES_OPTION_OR_LACK = Pattern.compile("--?[a-zA-Z0-9]|: no (host|target)|Missing ");
    /** A long word is cut off. */
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*?)…?\"");

    private static final Pattern JSON = Pattern.compile("^\\{.*}$", Pattern.MULTILINE);

    private static final Set<Integer> CODES = Set.of(0, 1, 2, 3, 4);

    private final Random random;
    private final Path dir;
    private final List<String> files;
    private final CommandLine model = Main.model();
    private final Map<String, CommandLine> commands;
    private volatile List<String> running = List.of();

    private RandomCommandLines(long seed, Path dir) throws IOException {
        if (!Files.isSameFile(dir, Path.of(""))) {
            throw new IllegalArgumentException("to be run in " + dir + ", where it leaves files of any name");
        }
        this.random = new Random(seed);
        this.dir = dir;
        this.files = List.of(
                write("targets", "127.0.0.1 first\n# none\n::1\n").toString(),
                write("odd", "127.0.0.300\n\u001b[31m\n").toString(),
                write("empty", "").toString(),
                write("html.html", "").toString(),
                dir.toString(),
                dir.resolve("new").toString(),
                dir.resolve("new.html").toString(),
                dir.resolve("new.png").toString(),
                dir.resolve("no/such").toString(),
                "/dev/null",
                "/dev/full");
        this.commands = new TreeMap<>(model.getSubcommands());
        // It serves until somebody ends it; its arguments have tests of their own.
        commands.remove("serve");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text);
    }

    public static void main(String[] args) throws Exception {
        RandomCommandLines lines = new RandomCommandLines(Long.parseLong(args[0]), Path.of(args[2]));
        int runs = Integer.parseInt(args[1]);
        lines.watch(Thread.currentThread());
        Map<Integer, Integer> codes = new TreeMap<>();
        int wrong = 0;
        for (int i = 0; i < runs; i++) {
            List<String> words = lines.next();
            lines.running = words;
            StringWriter err = new StringWriter();
            String fault;
            int code = -1;
            try {
                PrintWriter ignored = new PrintWriter(new StringWriter());
                PrintWriter messages = new PrintWriter(err, true);
                code = FpingCommand.isName(words.get(0))
                        ? FpingCommand.run(words.get(0), words.subList(1, words.size()), ignored, messages)
                        : Main.run(words.toArray(String[]::new), ignored, messages)
                                .code();
                fault = fault(code, err.toString(), words);
            } catch (Throwable e) {
                fault = "thrown: " + e;
            }
            codes.merge(code, 1, Integer::sum);
            if (!fault.isEmpty()) {
                wrong++;
                System.err.println("WRONG " + fault + " <- " + quoted(words) + "\n" + err);
            }
        }
        System.err.println("exit codes: " + codes);
        System.exit(wrong == 0 ? 0 : 1);
    }

    /** Returns what must not be about an end; empty if all is well. */
    private static String fault(int code, String err, List<String> words) {
        boolean fping = FpingCommand.isName(words.get(0));
        if (!CODES.contains(code)) {
            return "exit code " + code;
        }
        // Summaries may have unknown figures.
        Matcher odd = ODD.matcher(JSON.matcher(err).replaceAll(""));
        if (odd.find()) {
            return '"' + odd.group() + '"';
        }
        // What fping says of its arguments goes to standard error itself.
        if (code >= 2 && !fping && !err.contains("nettyping") && !err.contains("ping: ")) {
            return "exit code " + code + " without a word";
        }
        if (!fping && code == ExitCode.USAGE.code() && !namesOne(err, words)) {
            return "no word of the command line in a message";
        }
        boolean raw =
                err.codePoints().anyMatch(c -> (Character.isISOControl(c) && c != '\n' && c != '\t') || c == 0x202e);
        return raw ? "control characters" : "";
    }

    /** Tells whether who reads a message knows which option or word it is about, or that one is missing. */
    private static boolean namesOne(String err, List<String> words) {
        String message = HELP_HINT.matcher(err).replaceAll("");
        if (NAMES_OPTION_OR_LACK.matcher(message).find()) {
            return true;
        }
        List<String> visible = words.stream()
                .flatMap(RandomCommandLines::parts)
                .map(VisibleText::of)
                .filter(part -> !part.isEmpty())
                .toList();
        return visible.stream().anyMatch(part -> standsIn(message, part))
                || QUOTED.matcher(message).results().anyMatch(quotation -> visible.stream()
                        .anyMatch(part -> part.startsWith(quotation.group(1))));
    }

    /** Returns a word, and what of it may be the value of an option. */
    private static Stream<String> parts(String word) {
        return Stream.of(word, word.substring(word.indexOf('=') + 1), word.substring(Math.min(word.length(), 2)));
    }

    /** Tells whether it stands there by itself, and not as a part of another word. */
    private static boolean standsIn(String message, String part) {
        return Pattern.compile("(?<![\\w.])" + Pattern.quote(part) + "(?!\\w)")
                .matcher(message)
                .find();
    }

    private static String quoted(List<String> words) {
        return words.stream()
                .map(word -> '\'' + word.replace("\u001b", "\\e").replace("\n", "\\n") + '\'')
                .collect(Collectors.joining(" "));
    }

    private List<String> next() {
        List<String> words = new ArrayList<>();
        String command = pick(List.copyOf(commands.keySet()));
        boolean known = random.nextInt(50) > 0;
        words.add(known ? command : pick(VALUES));
        words.addAll(SHORT.getOrDefault(command, List.of()));
        List<OptionSpec> options = commands.get(command).getCommandSpec().options();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            OptionSpec option = pick(options);
            boolean endless = command.equals("fping") && ENDLESS.contains(option.longestName());
            // No words of ours are a shell's.
            if (!endless && !option.longestName().equals("--exec")) {
                option(command, option, words);
            }
        }
        if (command.equals("watch") && known) {
            words.add("--deadline=10ms");
        }
        int targets = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(2);
        for (int i = 0; i < targets; i++) {
            words.add(random.nextInt(4) > 0 ? pick(TARGETS.subList(0, 8)) : pick(TARGETS));
        }
        return words;
    }

    private void option(String command, OptionSpec option, List<String> words) {
        String name = pick(Arrays.asList(option.names()));
        // What it had before would be refused as given twice.
        words.removeIf(word -> word.startsWith(option.longestName()));
        boolean valued = option.arity().max() > 0;
        if (valued == (random.nextInt(30) == 0)) {
            words.add(name);
            return;
        }
        String value = value(command, option);
        for (int i = 0; i < 6 && !isTaken(command, option, value); i++) {
            value = value(command, option);
        }
        switch (random.nextInt(4)) {
            case 0 -> words.add(name + value);
            case 1 -> words.add(name + '=' + value);
            default -> words.addAll(List.of(name, value));
        }
    }

    /** Most values are nothing for most options; what is refused at once tells little. */
    private boolean isTaken(String command, OptionSpec option, String value) {
        if (command.equals("fping")) {
            // It has a parser of its own.
            return true;
        }
        try {
            model.parseArgs(command, option.longestName() + '=' + value);
            return true;
        } catch (CommandLine.ParameterException e) {
            return false;
        }
    }

    private String value(String command, OptionSpec option) {
        List<String> bounded = BOUNDED.get(kind(command, option));
        if (bounded != null) {
            return pick(bounded);
        }
        boolean file = option.paramLabel().toUpperCase(Locale.ROOT).contains("FILE");
        return file && random.nextInt(4) > 0 ? pick(files) : pick(VALUES);
    }

    private static String kind(String command, OptionSpec option) {
        String label = option.paramLabel().toUpperCase(Locale.ROOT);
        if (Stream.of("DURATION", "SECONDS", "INTERVAL", "WAIT", "TIMEOUT", "DEADLINE")
                .anyMatch(label::contains)) {
            return "SECONDS";
        }
        if (command.equals("fping")
                && option.arity().max() > 0
                && !option.longestName().equals("--file")) {
            return "SECONDS";
        }
        if (option.longestName().startsWith("--find-")) {
            return "RATE";
        }
        return Set.of("-c", "--retries", "--report-cycles", "-q", "-m", "-l").contains(option.names()[0])
                        || Set.of("--retries", "--report-cycles").contains(option.longestName())
                ? "COUNT"
                : "";
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Ends the JVM if one command line does not end. */
    private void watch(Thread runner) {
        Thread watcher = new Thread(() -> {
            List<String> last = List.of();
            while (true) {
                try {
                    TimeUnit.SECONDS.sleep(HANGING_SECONDS / 2);
                } catch (InterruptedException e) {
                    return;
                }
                List<String> now = running;
                if (now == last) {
                    System.err.println("WRONG hangs <- " + quoted(now));
                    Arrays.stream(runner.getStackTrace()).forEach(frame -> System.err.println("    at " + frame));
                    Runtime.getRuntime().halt(ExitCode.SYSTEM.code());
                }
                last = now;
            }
        });
        watcher.setDaemon(true);
        watcher.start();
    }
}
