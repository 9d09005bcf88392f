package io.github.nettyping.cli.output;

import io.github.nettyping.internal.linux.Syscalls;
import io.github.nettyping.internal.linux.TerminalSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;

/**
 * The terminal behind a file descriptor of this process, as {@code /proc} shows it: the JDK tells only whether all three
 * standard streams are one. Confined to one thread.
 */
public final class Terminal implements IntSupplier {

    /** As wide as a terminal is that says nothing. */
    public static final int DEFAULT_COLUMNS = 80;

    public static final int STANDARD_OUTPUT = 1;
    public static final int STANDARD_ERROR = 2;

    // Types of files, linux/stat.h.
    private static final int S_IFMT = 0170000;
    private static final int S_IFIFO = 0010000;
    private static final int S_IFSOCK = 0140000;

    private static final Pattern DEVICE = Pattern.compile("/dev/(pts/[0-9]+|tty.*|console|hvc[0-9]+)");

    private final int fd;
    private final Optional<String> columnsVariable;

    /** Takes a file descriptor that is a terminal, and the environment's {@code COLUMNS}. */
    public Terminal(int fd, Optional<String> columnsVariable) {
        this.fd = fd;
        this.columnsVariable = columnsVariable;
    }

    /** Tells whether a file descriptor is a terminal; where {@code /proc} is not there, none is. */
    public static boolean is(int fd) {
        try {
            return isDevice(
                    Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString());
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Tells whether a program reads what is written to a file descriptor; where {@code /proc} is not there, none does. */
    public static boolean isPipe(int fd) {
        try {
            int type = (int) Files.getAttribute(Path.of("/proc/self/fd/" + fd), "unix:mode") & S_IFMT;
            return type == S_IFIFO || type == S_IFSOCK;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    static boolean isDevice(String path) {
        return DEVICE.matcher(path).matches();
    }

    /** Tells whether the shell would let this process have the terminal: no job in the background, as far as is known. */
    public static boolean isForeground() {
        try {
            return isForeground(Files.readString(Path.of("/proc/self/stat")));
        } catch (IOException e) {
            return true;
        }
    }

    /** Reads the fields behind the name, which may have blanks: state, ppid, pgrp, session, tty, tpgid. proc(5). */
    public static boolean isForeground(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        String processGroup = fields[2];
        String foregroundGroup = fields[5];
        return foregroundGroup.equals("-1") || foregroundGroup.equals(processGroup);
    }

    /** Returns the columns that both the terminal and {@code COLUMNS} have, as far as these say something. */
    @Override
    public int getAsInt() {
        OptionalInt wanted = columns(columnsVariable);
        OptionalInt there = windowColumns();
        if (wanted.isPresent() && there.isPresent()) {
            return Math.min(wanted.getAsInt(), there.getAsInt());
        }
        return wanted.isPresent() ? wanted.getAsInt() : there.orElse(DEFAULT_COLUMNS);
    }

    static OptionalInt columns(Optional<String> variable) {
        return variable.filter(text -> text.matches("[1-9][0-9]{0,4}"))
                .map(text -> OptionalInt.of(Integer.parseInt(text)))
                .orElseGet(OptionalInt::empty);
    }

    private OptionalInt windowColumns() {
        try {
            return TerminalSize.columns(Syscalls.ofThisMachine(), fd);
        } catch (UnsupportedOperationException e) {
            return OptionalInt.empty();
        }
    }
}
