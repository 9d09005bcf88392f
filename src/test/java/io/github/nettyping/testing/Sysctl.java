package io.github.nettyping.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The kernel's network parameters, those of the calling thread's network namespace. Safe for use by many threads. */
final class Sysctl {

    private Sysctl() {}

    /** Returns a parameter, without the line end. */
    static String read(String key) throws IOException {
        // In one read: Files.readString asks for one byte first, since the file says it is empty, and what handles
        // numbers has nothing more to give after that (kernel/sysctl.c, proc_dointvec).
        byte[] value = new byte[4096];
        try (InputStream file = Files.newInputStream(file(key))) {
            int length = file.read(value);
            return new String(value, 0, Math.max(length, 0), StandardCharsets.US_ASCII).strip();
        }
    }

    static void write(String key, String value) throws IOException {
        Files.writeString(file(key), value, StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
    }

    /** Returns whether the kernel knows IPv6. */
    static boolean hasIpv6() {
        return Files.exists(file("net.ipv6"));
    }

    private static Path file(String key) {
        return Path.of("/proc/sys", key.split("\\.", -1));
    }
}
