package io.github.nettyping.cli;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The program as it stands in {@code target/classes}, put together once for all tests of this JVM: where everybody can read
 * it (the home of who builds it need not be readable), as a jar with an archive of its classes, since a JVM that starts with
 * one needs a third of the processor time. Immutable.
 */
final class InstalledProgram {

    private static final long LIMIT_MINUTES = 5;

    private final String classPath;
    private final List<String> options;

    private InstalledProgram(String classPath, List<String> options) {
        this.classPath = classPath;
        this.options = options;
    }

    private static final class Holder {
        private static final InstalledProgram INSTANCE = install();
    }

    /** Returns the program of this JVM; the first call makes it. */
    static InstalledProgram instance() {
        return Holder.INSTANCE;
    }

    /** Returns the class path, all of it readable by everybody. */
    String classPath() {
        return classPath;
    }

    /** Returns the options of the JVM that go with it. */
    List<String> options() {
        return options;
    }

    private static InstalledProgram install() {
        try {
            Path directory = Files.createTempDirectory("nettyping-program");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            List<String> jars = new ArrayList<>();
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                Path from = Path.of(entry);
                if (from.endsWith("test-classes") || Files.notExists(from)) {
                    continue;
                }
                Path to = directory.resolve(jars.size() + "-" + from.getFileName() + (isDirectory(from) ? ".jar" : ""));
                if (isDirectory(from)) {
                    pack(from, to);
                } else {
                    Files.copy(from, to);
                }
                if (to.toString().contains("-picocli-")) {
                    makeArchivable(to);
                }
                jars.add(readable(to).toString());
            }
            String classPath = String.join(File.pathSeparator, jars);
            List<String> options = new ArrayList<>(List.of("-XX:+UseSerialGC", "-Dio.netty.jfr.enabled=false"));
            if (Runtime.version().feature() >= 24) {
                // As the launcher: else the JVM warns on standard error.
                options.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
            }
            // Most of these runs are over before the second compiler would pay.
            options.add("-XX:TieredStopAtLevel=1");
            Path archive = directory.resolve("classes.jsa");
            train(directory, archive, classPath, options);
            if (Files.exists(archive)) {
                options.addAll(List.of("-XX:SharedArchiveFile=" + readable(archive), "-Xlog:cds*=off"));
            }
            return new InstalledProgram(classPath, List.copyOf(options));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the build does, so that the archive has these classes too. */
    private static void makeArchivable(Path jar) throws IOException {
        List<String> words = List.of(
                java(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "src/main/build/ArchivableClasses.java",
                jar.toString());
        run(words, jar.resolveSibling("rewriting"));
    }

    /** Goes the way of a sweep, so that the JVM sees which classes that needs; asks this host alone. */
    private static void train(Path directory, Path archive, String classPath, List<String> options) throws IOException {
        List<String> words = new ArrayList<>(List.of(java()));
        words.addAll(options);
        words.addAll(List.of("-XX:ArchiveClassesAtExit=" + archive, "-cp", classPath, Main.class.getName()));
        words.addAll(List.of("sweep", "--format=jsonl", "--summary=json", "127.0.0.1"));
        run(words, directory.resolve("training"));
    }

    private static void run(List<String> words, Path log) throws IOException {
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("still running after " + LIMIT_MINUTES + " min: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new AssertionError(e);
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static boolean isDirectory(Path path) {
        return Files.isDirectory(path);
    }

    private static Path readable(Path file) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                byte[] bytes = Files.readAllBytes(file);
                ZipEntry entry = new ZipEntry(classes.relativize(file).toString());
                CRC32 sum = new CRC32();
                sum.update(bytes);
                entry.setCrc(sum.getValue());
                entry.setSize(bytes.length);
                zip.putNextEntry(entry);
                zip.write(bytes);
            }
        }
    }

    private static void delete(Path directory) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            System.err.println("not deleted: " + e);
        }
    }
}
