package io.github.nettyping.diagnosis;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The system that this process runs on. Immutable.
 *
 * @param system       such as {@code Linux}
 * @param distribution its name, by {@code /etc/os-release}
 * @param kernel       release of the kernel
 * @param architecture such as {@code amd64}
 * @param libc         the C library of this process; empty if it is not a known one
 * @param jdk          the Java run-time environment of this process
 */
public record Platform(
        String system,
        Optional<String> distribution,
        String kernel,
        String architecture,
        Optional<Libc> libc,
        Jdk jdk) {

    /**
     * A Java run-time environment. Immutable.
     *
     * @param version such as {@code 17.0.15}
     * @param vendor  who made it
     * @param home    its directory
     */
    public record Jdk(String version, String vendor, String home) {}

    /**
     * A C library. Immutable.
     *
     * @param family  which one; the native parts of Netty and jnr-ffi are made for glibc
     * @param version such as {@code 2.36}
     */
    public record Libc(Family family, Optional<String> version) {

        /** Makers of C libraries. */
        public enum Family {
            /** The GNU C library. */
            GLIBC,
            /** musl, as in Alpine Linux. */
            MUSL
        }
    }

    private static final Pattern PRETTY_NAME = Pattern.compile("(?m)^PRETTY_NAME=[\"']?([^\"'\n]*)");
    private static final Pattern MUSL = Pattern.compile("/(?:ld-musl|libc\\.musl)-[^/\\s]*$", Pattern.MULTILINE);
    private static final Pattern GLIBC =
            Pattern.compile("\\s(/\\S*/libc(?:\\.so\\.6|-[0-9.]+\\.so))$", Pattern.MULTILINE);

    /** What the library prints when it is run as a program. */
    private static final Pattern GLIBC_VERSION =
            Pattern.compile("GNU C Library [^\n]*(?:stable|development) release version ([0-9.]*[0-9])");

    static Platform read(Machine machine) {
        return new Platform(
                System.getProperty("os.name"),
                machine.text("/etc/os-release").flatMap(text -> group(PRETTY_NAME, text)),
                // The JDK has it from uname(2).
                System.getProperty("os.version"),
                System.getProperty("os.arch"),
                libc(machine),
                new Jdk(
                        System.getProperty("java.version"),
                        System.getProperty("java.vendor"),
                        System.getProperty("java.home")));
    }

    // Calls no function of it: this must work even if the foreign function interface does not.
    private static Optional<Libc> libc(Machine machine) {
        String maps = machine.text("/proc/self/maps").orElse("");
        if (MUSL.matcher(maps).find()) {
            return Optional.of(new Libc(Libc.Family.MUSL, Optional.empty()));
        }
        return group(GLIBC, maps)
                .map(file -> new Libc(
                        Libc.Family.GLIBC, machine.text(file).flatMap(library -> group(GLIBC_VERSION, library))));
    }

    private static Optional<String> group(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.ofNullable(matcher.group(1)) : Optional.empty();
    }
}
