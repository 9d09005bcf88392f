package io.github.nettyping.cli.fping;

import io.github.nettyping.packet.AddressFormat;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Finds the words that name the targets: those of the command line, of a file, or of a range. Confined to one thread. */
final class FpingTargets {

    /** Most addresses of a range. */
    static final long MOST_GENERATED = 131_072;

    private static final int LONGEST_WORD = 255;

    /** What getaddrinfo(3) says of a text that is no address, and of an address of another family. */
    private static final String NOT_KNOWN = "Name or service not known";

    static final String OTHER_FAMILY = "Address family for hostname not supported";

    private final FpingOptions options;
    private final Consumer<String> words;

    private FpingTargets(FpingOptions options, Consumer<String> words) {
        this.options = options;
        this.words = words;
    }

    /**
     * Passes on the words, in order.
     *
     * @throws FpingExit if there is something wrong with them
     */
    static void read(FpingOptions options, InputStream standardInput, Consumer<String> words) {
        FpingTargets targets = new FpingTargets(options, words);
        if (options.generate) {
            targets.generate(options.words);
        } else if (options.file != null || options.words.isEmpty()) {
            targets.readFile(options.file == null ? "-" : options.file, standardInput);
        } else {
            options.words.forEach(words);
        }
    }

    private FpingExit refused(String message) {
        return FpingExit.refused(options.program + message + '\n');
    }

    // A file: the first word of each line that is no comment.

    private void readFile(String name, InputStream standardInput) {
        try (InputStream in = name.equals("-") ? standardInput : open(name)) {
            readWords(new BufferedInputStream(in));
        } catch (IOException e) {
            // As at the end of the file: fping looks for no errors here.
            return;
        }
    }

    private InputStream open(String name) {
        try {
            Path path = Path.of(name);
            return Files.isDirectory(path) ? InputStream.nullInputStream() : Files.newInputStream(path);
        } catch (IOException e) {
            throw FpingExit.failed(options.program + ": fopen : " + reason(e) + '\n');
        }
    }

    private static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        return failure instanceof AccessDeniedException ? "Permission denied" : String.valueOf(failure.getMessage());
    }

    private void readWords(InputStream in) throws IOException {
        ByteArrayOutputStream word = new ByteArrayOutputStream(LONGEST_WORD);
        boolean over = false;
        boolean comment = false;
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                end(word, comment);
                over = false;
                comment = false;
            } else if (FpingNumbers.isBlank(c)) {
                over |= word.size() > 0;
            } else if (!over) {
                comment |= word.size() == 0 && c == '#';
                word.write(c);
                if (word.size() > LONGEST_WORD && !comment) {
                    throw refused(": target name too long");
                }
            }
        }
        end(word, comment);
    }

    private void end(ByteArrayOutputStream word, boolean comment) {
        if (word.size() > 0 && !comment) {
            words.accept(word.toString(StandardCharsets.UTF_8));
        }
        word.reset();
    }

    // A range.

    private void generate(List<String> given) {
        if (given.size() == 1) {
            network(given.get(0));
        } else if (given.size() == 2) {
            range(given.get(0), given.get(1));
        } else {
            throw FpingExit.refused(FpingOption.usage(options.program));
        }
    }

    private void network(String word) {
        int slash = word.lastIndexOf('/');
        if (slash < 0) {
            throw FpingExit.refused(FpingOption.usage(options.program));
        }
        int scope = word.indexOf('%');
        if (scope > slash) {
            throw refused(": address scope must precede prefix length");
        }
        OptionalLong given = FpingNumbers.unsignedLong(word.substring(slash + 1), false);
        long length = given.orElseThrow(() -> FpingExit.refused(FpingOption.usage(options.program)));
        IpAddress address = address(", ", word.substring(0, slash), options.family);
        if (address.family() == IpFamily.IPV4) {
            network4(address.ipv4Bits() & 0xffff_ffffL, length);
        } else {
            network6(address, length, scope < 0 ? "" : word.substring(scope, slash));
        }
    }

    private void network4(long address, long length) {
        requireLength(length, 1, 32);
        long size = 1L << (32 - length);
        long first = address & -size;
        long last = first + size - 1;
        // Networks of one or two addresses have no others for themselves.
        boolean regular = length < 31;
        range4(regular ? first + 1 : first, regular ? last - 1 : last);
    }

    private void network6(IpAddress address, long length, String scope) {
        requireLength(length, 65, 128);
        long mask = -1L << (128 - length);
        long first = address.low() & mask;
        range6(new IpAddress(address.high(), first, 0), new IpAddress(address.high(), first | ~mask, 0), scope);
    }

    private void requireLength(long length, int least, int most) {
        if (Long.compareUnsigned(length, least) < 0 || Long.compareUnsigned(length, most) > 0) {
            throw refused(": netmask must be between " + least + " and " + most + " (is: "
                    + Long.toUnsignedString(length) + ')');
        }
    }

    private void range(String start, String end) {
        IpAddress first = address(": ", start, options.family);
        String scope = "";
        if (first.family() == IpFamily.IPV6) {
            scope = scope(start);
            if (!scope.equals(scope(end))) {
                throw refused(": different scopes for start and end addresses");
            }
        }
        IpAddress last = address(": ", end, Optional.of(first.family()));
        if (first.family() == IpFamily.IPV4) {
            range4(first.ipv4Bits() & 0xffff_ffffL, last.ipv4Bits() & 0xffff_ffffL);
        } else {
            range6(new IpAddress(first.high(), first.low(), 0), new IpAddress(last.high(), last.low(), 0), scope);
        }
    }

    private static String scope(String word) {
        int percent = word.indexOf('%');
        return percent < 0 ? "" : word.substring(percent);
    }

    private IpAddress address(String separator, String text, Optional<IpFamily> family) {
        Optional<IpAddress> address = NumericAddress.of(text);
        boolean fits = address.isPresent()
                && family.orElse(address.get().family()) == address.get().family();
        if (!fits) {
            throw refused(separator + "can't parse address " + text + ": "
                    + (address.isPresent() ? OTHER_FAMILY : NOT_KNOWN));
        }
        return address.get();
    }

    private void range4(long first, long last) {
        requireFew(last - first);
        for (long bits = first; bits <= last; bits++) {
            words.accept(IpAddress.ofIpv4((int) bits).toString());
        }
    }

    private void range6(IpAddress first, IpAddress last, String scope) {
        boolean empty = Long.compareUnsigned(first.high(), last.high()) > 0
                || (first.high() == last.high() && Long.compareUnsigned(first.low(), last.low()) > 0);
        if (empty) {
            return;
        }
        long difference = last.low() - first.low();
        long borrow = Long.compareUnsigned(last.low(), first.low()) < 0 ? 1 : 0;
        boolean near = last.high() - first.high() - borrow == 0;
        requireFew(near && difference >= 0 ? difference : MOST_GENERATED);
        long high = first.high();
        long low = first.low();
        for (long i = 0; i <= difference; i++) {
            StringBuilder word = new StringBuilder();
            AddressFormat.append(word, new IpAddress(high, low, 0)).append(scope);
            words.accept(word.toString());
            low++;
            high += low == 0 ? 1 : 0;
        }
    }

    /** {@code difference}: of the last address to the first. */
    private void requireFew(long difference) {
        if (difference >= MOST_GENERATED) {
            throw refused(": -g parameter generates too many addresses");
        }
    }
}
