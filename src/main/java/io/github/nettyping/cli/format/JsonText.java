package io.github.nettyping.cli.format;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import io.github.nettyping.internal.VisibleText;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How JSON is written: no character in it controls a terminal or hides. A program reads the very text that was given. Immutable.
 */
final class JsonText extends CharacterEscapes {

    private static final long serialVersionUID = 1L;

    private static final int DELETE = 0x7f;

    private JsonText() {}

    /** Returns what makes writers of objects one after another. */
    static JsonFactoryBuilder factory() {
        return new JsonFactoryBuilder().rootValueSeparator((String) null).characterEscapes(new JsonText());
    }

    @Override
    public int[] getEscapeCodesForAscii() {
        int[] codes = standardAsciiEscapesForJSON();
        codes[DELETE] = ESCAPE_STANDARD;
        return codes;
    }

    /** Returns how to write a character that is not in ASCII, null for as it is; Jackson escapes both halves of a pair itself. */
    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
        return VisibleText.isVisible(character) || Character.isSurrogate((char) character)
                ? null
                : new SerializedString(String.format(Locale.ROOT, "\\u%04x", character));
    }
}
