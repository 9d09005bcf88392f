package io.github.nettyping.cli;

import io.github.nettyping.cli.fping.FpingCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the launcher runs once for the start-up cache: puts the native libraries into a directory, then goes the way of a
 * short run of fping and of a plain sweep, so that the JVM sees which classes that needs. Only addresses of this machine are asked.
 */
public final class Training {

    private Training() {}

    /**
     * Trains and ends the process as {@link Start} does.
     *
     * @param args the directory
     * @throws IOException if a library cannot be written there
     */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        // Not by Netty's PlatformDependent: before Main it would look for somebody to log to.
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        String netty = "libnetty_transport_native_epoll_" + (arm ? "aarch_64" : "x86_64") + ".so";
        String jffi = "libjffi-1.2.so";
        copy("META-INF/native/" + netty, directory.resolve(netty));
        copy("jni/" + (arm ? "aarch64" : "x86_64") + "-Linux/" + jffi, directory.resolve(jffi));
        // Its classes, too: of those that start again and again it is the one that most often asks one host.
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        FpingCommand.run("fping", List.of("-c", "2", "-p", "1", "127.0.0.1"), nowhere, nowhere);
        // JDK 25 loads what the archive has at once, so what a plain sweep does not need makes that slower: a command
        // it has, the
        // others are as quick.
        List<String> parsed =
                Runtime.version().feature() < 25 ? List.of("sweep", "ping", "trace", "bench") : List.of("sweep");
        for (String command : parsed) {
            Main.run(new String[] {command, "--retries=none", "127.0.0.1"}, nowhere, nowhere);
        }
        Start.main(new String[] {"sweep", "127.0.0.0/24"});
    }

    private static void copy(String resource, Path file) throws IOException {
        // Without it the program extracts its own, as it does without a cache.
        try (InputStream library = Training.class.getClassLoader().getResourceAsStream(resource)) {
            if (library != null) {
                Files.copy(library, file);
            }
        }
    }
}
