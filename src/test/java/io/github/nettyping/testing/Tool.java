package io.github.nettyping.testing;

import java.io.File;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A program that tests start and a machine may lack, with the packages of Debian that bring it. A test names its own in
 * {@link RequiresTool}. README.md and {@code .ci/run} name them all. Safe for use by many threads.
 *
 * <p>What stands on every Linux on which there can be a JDK and Maven is not among them: a POSIX shell, and the core
 * utilities of GNU.
 */
@SuppressWarnings("ImmutableEnumChecker") // Its packages are never changed, and what is lacking is found out once.
public enum Tool {
    BASH("bash", "bash"),
    /** With the headers of the C library and the kernel. */
    CC("cc", "C compiler", List.of("gcc", "libc6-dev"), Tool::withoutHeaders),
    CHROMIUM("chromium", "chromium"),
    FISH("fish", "fish"),
    FLOCK("flock", "util-linux"),
    /** To be run in a {@link Namespace} only. */
    FPING("fping", "fping 5", List.of("fping"), () -> unlessItSays("Version 5.", "fping", "--version")),
    GROFF("groff", "groff-base"),
    IP("ip", "iproute2"),
    JQ("jq", "jq"),
    MANDOC("mandoc", "mandoc"),
    MOUNT("mount", "mount"),
    /** The very mtr(8) whose columns ours has. */
    MTR("mtr", "mtr 0.95", List.of("mtr-tiny"), () -> unlessItSays("mtr 0.95", "mtr", "--version")),
    /** The very ping(8) whose lines ours has; others have other words. */
    PING(
            "ping",
            "ping of iputils 20221126",
            List.of("iputils-ping"),
            () -> unlessItSays("iputils 20221126", "/usr/bin/ping", "-V")),
    SCRIPT("script", "bsdutils"),
    /** Started by root, to become somebody with fewer rights. */
    SETPRIV("setpriv", "setpriv that drops all rights", List.of("util-linux"), Tool::unlessRightsAreDropped),
    SYSCTL("sysctl", "procps"),
    UNSHARE("unshare", "util-linux"),
    XARGS("xargs", "findutils");

    private final String command;
    private final List<String> packages;
    private final Requirement requirement;

    Tool(String command, String inPackage) {
        this(command, command, List.of(inPackage), Optional::empty);
    }

    Tool(String command, String name, List<String> packages, Supplier<Optional<String>> trial) {
        this.command = command;
        this.packages = packages;
        this.requirement = new Requirement(
                name, () -> isOnPath(command) ? trial.get() : Optional.of("install " + String.join(" and ", packages)));
    }

    /** Returns the name it is started by. */
    public String command() {
        return command;
    }

    /** Returns the packages of Debian that bring it. */
    public List<String> packages() {
        return packages;
    }

    /** Returns why tests have to do without it, or empty if they have not. */
    Optional<String> lack() {
        return requirement.lack();
    }

    private static boolean isOnPath(String command) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }

    private static Optional<String> unlessItSays(String version, String... command) {
        try {
            String said = Commands.run(List.of(command)).strip();
            return said.contains(version)
                    ? Optional.empty()
                    : Optional.of("it is " + said.lines().findFirst().orElse("silent"));
        } catch (IllegalStateException | UncheckedIOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> withoutHeaders() {
        return Stream.of("stdlib.h", "linux/errqueue.h")
                .filter(header -> Files.notExists(Path.of("/usr/include", header)))
                .findFirst()
                .map(header -> "no " + header + ": install libc6-dev");
    }

    private static Optional<String> unlessRightsAreDropped() {
        return Requirement.failure(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                "--bounding-set=-all",
                "--inh-caps=-all",
                "true");
    }
}
