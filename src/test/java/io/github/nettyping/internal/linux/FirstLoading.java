package io.github.nettyping.internal.linux;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program: loads the native parts under some trouble, then again without it, and prints what came of both, and which files
 * were left in the temporary directory.
 */
public final class FirstLoading {

    private FirstLoading() {}

    public static void main(String[] arguments) throws IOException {
        // A jar of the class path is opened when it is first searched, which takes a file.
        if (FirstLoading.class.getResource("Syscalls.class") == null) {
            throw new IllegalStateException("not on the class path");
        }
        switch (arguments[0]) {
            case "interrupted" -> {
                Thread.currentThread().interrupt();
                report();
                System.out.println("interrupted: " + Thread.interrupted());
            }
            case "files" -> {
                List<FileInputStream> open = new ArrayList<>();
                try {
                    while (true) {
                        open.add(new FileInputStream("/dev/null"));
                    }
                } catch (IOException e) {
                    report();
                }
                for (FileInputStream stream : open) {
                    stream.close();
                }
            }
            case "disk" -> {
                Path filler = temporary().resolve("filler");
                try (OutputStream out = new FileOutputStream(filler.toFile())) {
                    while (true) {
                        out.write(new byte[4096]);
                    }
                } catch (IOException e) {
                    report();
                }
                Files.delete(filler);
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        report();
        try (Stream<Path> left = Files.list(temporary())) {
            System.out.println("left: " + left.map(Path::getFileName).toList());
        }
    }

    private static void report() {
        try {
            System.out.println("loaded: " + (Syscalls.ofThisMachine().socket(-1, -1, -1) < 0));
        } catch (UnsupportedOperationException e) {
            System.out.println("not loaded: " + e.getMessage());
        }
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }
}
