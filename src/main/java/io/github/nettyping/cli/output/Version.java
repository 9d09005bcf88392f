package io.github.nettyping.cli.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import picocli.CommandLine.IVersionProvider;

/** The version of this program, and its day. Stateless. */
public final class Version {

    private Version() {}

    /** Returns what the jar's manifest says; classes outside a jar have no version. */
    public static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** Returns the day, in UTC, of the jar or the directory that this program runs from. */
    public static LocalDate date() {
        try {
            Path place = Path.of(Version.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return LocalDate.ofInstant(Files.getLastModifiedTime(place).toInstant(), ZoneOffset.UTC);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns what --version prints. */
    public static String line() {
        return "nettyping " + text();
    }

    /** Tells picocli. Apart from the rest, which needs no class of picocli. */
    public static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {line()};
        }
    }
}
