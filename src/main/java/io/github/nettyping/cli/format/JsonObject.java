package io.github.nettyping.cli.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object, to be filled and written or to be read. Every getter throws {@link IllegalArgumentException} if there is no
 * such field, or of another type. Confined to one thread.
 */
public final class JsonObject {

    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    /**
     * Adds a field.
     *
     * @param value text, number, truth value, constant of an enum (its name in small letters), another object, a collection
     *              of these, or an optional one; empty becomes null
     */
    public JsonObject put(String name, @Nullable Object value) {
        fields.put(name, known(value));
        return this;
    }

    /** Adds a number with so many decimals, or null. */
    public JsonObject putDecimal(String name, OptionalDouble value, int decimals) {
        return put(
                name,
                value.isPresent() ? new BigDecimal(Numbers.decimal(value.getAsDouble(), decimals)) : Optional.empty());
    }

    private static @Nullable Object known(@Nullable Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.orElse(null);
        }
        if (value instanceof OptionalLong number) {
            return number.isPresent() ? number.getAsLong() : null;
        }
        if (value instanceof OptionalInt number) {
            return number.isPresent() ? number.getAsInt() : null;
        }
        return value;
    }

    /** Returns it in one line, in ASCII so that no locale can spoil it. */
    @Override
    public String toString() {
        StringWriter out = new StringWriter();
        JsonFactory factory =
                JsonText.factory().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
        try (JsonGenerator json = factory.createGenerator(out)) {
            write(json);
        } catch (IOException e) {
            // A StringWriter does not fail.
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
            json.writeFieldName(field.getKey());
            write(json, field.getValue());
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value instanceof JsonObject object) {
            object.write(json);
        } else if (value instanceof Collection<?> values) {
            json.writeStartArray();
            for (Object each : values) {
                write(json, each);
            }
            json.writeEndArray();
        } else if (value instanceof Enum<?> constant) {
            json.writeString(Words.lower(constant));
        } else if (value instanceof BigDecimal number) {
            // Jackson would use an exponent.
            json.writeNumber(number.toPlainString());
        } else {
            json.writePOJO(value);
        }
    }

    /**
     * Reads an object of texts, integers, objects and lists of texts, and nothing else.
     *
     * @throws JsonParseException if it is no JSON
     * @throws IllegalArgumentException if it is another thing
     */
    public static JsonObject parse(byte[] bytes) throws JsonParseException {
        try (JsonParser json = new JsonFactory().createParser(bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("no object");
            }
            JsonObject object = readObject(json);
            if (json.nextToken() != null) {
                throw new IllegalArgumentException("more than an object");
            }
            return object;
        } catch (JsonParseException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalArgumentException("a value that cannot be read: " + e.getMessage(), e);
        }
    }

    private static JsonObject readObject(JsonParser json) throws IOException {
        JsonObject object = new JsonObject();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            object.put(name, readValue(json));
        }
        return object;
    }

    private static @Nullable Object readValue(JsonParser json) throws IOException {
        return switch (json.nextToken()) {
            case START_OBJECT -> readObject(json);
            case START_ARRAY -> readTexts(json);
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_NULL -> null;
            default -> throw new IllegalArgumentException("neither text nor integer: " + json.currentName());
        };
    }

    private static List<String> readTexts(JsonParser json) throws IOException {
        List<String> texts = new ArrayList<>();
        while (json.nextToken() == JsonToken.VALUE_STRING) {
            texts.add(json.getText());
        }
        return texts;
    }

    /** Returns the names of the fields that there are. */
    public Set<String> names() {
        return Collections.unmodifiableSet(fields.keySet());
    }

    public boolean isNumber(String name) {
        return fields.get(name) instanceof Number;
    }

    public String text(String name) {
        return value(name, String.class);
    }

    public long number(String name) {
        return value(name, Long.class);
    }

    /** Returns a number, or empty if it is null. */
    public OptionalLong optionalNumber(String name) {
        return fields.containsKey(name) && fields.get(name) == null
                ? OptionalLong.empty()
                : OptionalLong.of(number(name));
    }

    public JsonObject object(String name) {
        return value(name, JsonObject.class);
    }

    public List<String> texts(String name) {
        return ((List<?>) value(name, List.class))
                .stream().map(String.class::cast).toList();
    }

    private <T> T value(String name, Class<T> type) {
        Object value = fields.get(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("no such field, or none of that type: " + name);
        }
        return type.cast(value);
    }
}
