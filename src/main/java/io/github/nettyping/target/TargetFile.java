package io.github.nettyping.target;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reads a list of targets: the first word of each line counts, the rest of it may say anything; a {@code #} begins a
 * comment. Stateless.
 */
public final class TargetFile {

    private static final char BYTE_ORDER_MARK = '\ufeff';

    private TargetFile() {}

    /**
     * Hands over the words of a UTF-8 file.
     *
     * @throws TargetSyntaxException naming file and line, if {@code each} throws one
     */
    public static void read(Path file, Consumer<String> each) throws IOException {
        // Not Files.newBufferedReader, whose exception for a byte that is no UTF-8 tells neither file nor line. Here
        // the byte becomes a character that no target holds, and the message names the line.
        try (Reader reader = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8)) {
            read(reader, file.toString(), each);
        }
    }

    /**
     * Hands over the words of a stream, up to its end. Does not close it.
     *
     * @param source name of the stream in messages
     * @throws TargetSyntaxException naming source and line, if {@code each} throws one
     */
    public static void read(Reader reader, String source, Consumer<String> each) throws IOException {
        BufferedReader lines = new BufferedReader(reader);
        long number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            String word = firstWord(line);
            if (word.isEmpty()) {
                continue;
            }
            try {
                each.accept(word);
            } catch (TargetSyntaxException e) {
                throw e.at(source, number);
            }
        }
    }

    /** Returns the first word; empty if the line has none but a comment. */
    static String firstWord(String line) {
        int start = 0;
        while (start < line.length() && isSpace(line.charAt(start))) {
            start++;
        }
        int end = start;
        while (end < line.length() && !isSpace(line.charAt(end)) && line.charAt(end) != '#') {
            end++;
        }
        return line.substring(start, end);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || c == BYTE_ORDER_MARK;
    }
}
