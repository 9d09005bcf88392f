package io.github.nettyping.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** Where the picture of a sweep is written. To be mixed into a command; confined to its thread. */
final class ReportOption {

    @Option(
            names = "--report",
            paramLabel = "FILE.html|FILE.png",
            converter = PictureFile.class,
            description =
                    "Write a picture of the address space at the end, coloured by round trip and state: a page with"
                            + " details under the pointer, or an image.")
    private @Nullable Path report;

    /** Returns the file, whose name ends in one of the two ways. */
    Optional<Path> report() {
        return Optional.ofNullable(report);
    }

    /** The name says which form is wanted. */
    static final class PictureFile implements ITypeConverter<Path> {
        @Override
        public Path convert(String text) {
            String name = text.toLowerCase(Locale.ROOT);
            if (name.endsWith(".html") || name.endsWith(".png")) {
                return Path.of(text);
            }
            throw OptionTypes.unexpected(text, "a file name that ends in .html or .png");
        }
    }
}
