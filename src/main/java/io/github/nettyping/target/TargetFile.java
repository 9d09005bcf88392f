package io.github.nettyping.target;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reads a list of targets: the first word of each line counts, the rest of it may say anything; a {@code #} begins a
 * comment. Lines of any length take no memory. Confined to one thread.
 */
public final class TargetFile {

    private static final char BYTE_ORDER_MARK = '\ufeff';

    /** No name or range of addresses is near as long. What is longer is no list, and need not fit into memory. */
    private static final int MAX_WORD_CHARACTERS = 1_024;

    private static final int BUFFER_CHARACTERS = 8_192;

    /** Where in a line. */
    private enum Part {
        BEFORE,
        WORD,
        BEHIND
    }

    private final String source;
    private final Consumer<String> each;
    private final StringBuilder word = new StringBuilder();
    private Part part = Part.BEFORE;
    private boolean afterReturn;
    private long line = 1;

    private TargetFile(String source, Consumer<String> each) {
        this.source = source;
        this.each = each;
    }

    /**
     * Hands over the words of a UTF-8 file.
     *
     * @param file the file
     * @param each gets each word
     * @throws IOException if it cannot be read
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
     * @param reader the stream
     * @param source its name in messages
     * @param each   gets each word
     * @throws IOException if it cannot be read
     * @throws TargetSyntaxException naming source and line, if {@code each} throws one
     */
    public static void read(Reader reader, String source, Consumer<String> each) throws IOException {
        TargetFile lines = new TargetFile(source, each);
        char[] buffer = new char[BUFFER_CHARACTERS];
        for (int length = reader.read(buffer); length >= 0; length = reader.read(buffer)) {
            for (int i = 0; i < length; i++) {
                lines.take(buffer[i]);
            }
        }
        lines.endWord();
    }

    private void take(char c) {
        if (c == '\n' || c == '\r') {
            endWord();
            part = Part.BEFORE;
            if (c == '\r' || !afterReturn) {
                line++;
            }
        } else if (part == Part.BEHIND || (part == Part.BEFORE && isSpace(c))) {
            // Says nothing.
        } else if (c == '#' || isSpace(c)) {
            endWord();
            part = Part.BEHIND;
        } else {
            part = Part.WORD;
            word.append(c);
            if (word.length() > MAX_WORD_CHARACTERS) {
                throw new TargetSyntaxException(
                                word.toString(), MAX_WORD_CHARACTERS, "the word does not end", "a list of targets")
                        .at(source, line);
            }
        }
        afterReturn = c == '\r';
    }

    private void endWord() {
        if (word.length() == 0) {
            return;
        }
        String whole = word.toString();
        word.setLength(0);
        try {
            each.accept(whole);
        } catch (TargetSyntaxException e) {
            throw e.at(source, line);
        }
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || c == BYTE_ORDER_MARK;
    }
}
