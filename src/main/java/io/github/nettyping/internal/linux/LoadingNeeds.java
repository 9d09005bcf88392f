package io.github.nettyping.internal.linux;

import io.netty.util.internal.PlatformDependent;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What Netty and jffi need to load their native libraries: file descriptors, and room for what they unpack. Stateless, for use
 * by one thread at a time.
 */
final class LoadingNeeds {

    /** A selector of the JDK takes three, an epoll instance with its companions three, an open jar one, the self-test one. */
    private static final int DESCRIPTORS = 16;

    /** Netty's library has 110 kB, jffi's 160 kB; a deleted one keeps its room as long as it is loaded. */
    private static final int UNPACKED_BYTES = 512 * 1024;

    private static final String NETTY_LIBRARY = "netty_transport_native_epoll_";
    private static final String JFFI_LIBRARY = "jffi-1.2";

    private LoadingNeeds() {}

    /**
     * Returns normally if all is there.
     *
     * @throws IOException if something is lacking; it may be there later
     */
    static void require() throws IOException {
        requireDescriptors();
        for (Path directory : unpackDirectories()) {
            requireRoom(directory);
        }
    }

    private static void requireDescriptors() throws IOException {
        List<InputStream> taken = new ArrayList<>(DESCRIPTORS);
        try {
            for (int i = 0; i < DESCRIPTORS; i++) {
                taken.add(Files.newInputStream(Path.of("/dev/null")));
            }
        } catch (IOException e) {
            throw new IOException(
                    "this process can open " + taken.size() + " files more, " + DESCRIPTORS
                            + " are needed (see ulimit -n): " + e.getMessage(),
                    e);
        } finally {
            for (InputStream stream : taken) {
                stream.close();
            }
        }
    }

    private static void requireRoom(Path directory) throws IOException {
        Path trial = null;
        try {
            trial = Files.createTempFile(directory, "nettyping", ".trial");
            // Written, because a length alone takes no room.
            try (OutputStream out = Files.newOutputStream(trial)) {
                out.write(new byte[UNPACKED_BYTES]);
            }
        } catch (IOException e) {
            throw new IOException(
                    UNPACKED_BYTES / 1024 + " KiB of native libraries cannot be unpacked into " + directory
                            + " (see -Djava.io.tmpdir): " + e.getMessage(),
                    e);
        } finally {
            if (trial != null) {
                Files.deleteIfExists(trial);
            }
        }
    }

    /** Returns the directories that something will be unpacked into. */
    private static Set<Path> unpackDirectories() {
        Set<Path> directories = new LinkedHashSet<>();
        String netty = System.mapLibraryName(NETTY_LIBRARY + PlatformDependent.normalizedArch());
        if (!isIn(netty, "java.library.path")) {
            // Makes the directory if it does not exist, as the unpacking will.
            File temporary = PlatformDependent.tmpdir();
            directories.add(directory("io.netty.native.workdir", temporary));
        }
        String jffi = System.mapLibraryName(JFFI_LIBRARY);
        if (!isIn(jffi, "jffi.boot.library.path") && !isIn(jffi, "java.library.path")) {
            directories.add(directory("jffi.extract.dir", new File(System.getProperty("java.io.tmpdir"))));
        }
        return directories;
    }

    private static Path directory(String property, File otherwise) {
        String directory = System.getProperty(property);
        return directory == null ? otherwise.toPath() : Path.of(directory);
    }

    private static boolean isIn(String file, String property) {
        return Stream.of(System.getProperty(property, "").split(File.pathSeparator, -1))
                .anyMatch(directory -> !directory.isEmpty() && Files.isReadable(Path.of(directory, file)));
    }
}
