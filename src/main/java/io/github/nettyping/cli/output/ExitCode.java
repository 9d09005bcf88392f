package io.github.nettyping.cli.output;

/** What the process ends with, the worst first: of several, that one is reported. */
public enum ExitCode {
    /** SIGINT ended it early. */
    INTERRUPTED(130),
    /** SIGTERM ended it early. */
    TERMINATED(143),
    /** SIGHUP ended it early. */
    HUNG_UP(129),
    /** Standard output was closed by its reader: 128 and the number of {@code SIGPIPE}. Nothing is said about it. */
    READER_GONE(141),
    USAGE(3),
    SYSTEM(4),
    /** A name was not found, and the others were asked; or the only host of a ping has no route. */
    UNRESOLVED(2),
    UNANSWERED(1),
    OK(0);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public static ExitCode of(int code) {
        for (ExitCode exitCode : values()) {
            if (exitCode.code == code) {
                return exitCode;
            }
        }
        throw new IllegalArgumentException("exit code " + code);
    }

    /** Returns which of two reasons is reported. */
    public ExitCode orWorse(ExitCode other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
