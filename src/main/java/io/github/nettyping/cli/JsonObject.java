package io.github.nettyping.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that was read: texts, integers, objects of them and lists of texts. Every getter throws
 * {@link IllegalArgumentException} if there is no such field, or of another type. Immutable.
 */
final class JsonObject {

    private final Map<String, @Nullable Object> fields;

    private JsonObject(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    /**
     * Reads an object and nothing else.
     *
     * @throws JsonParseException if it is no JSON
     * @throws IllegalArgumentException if it is another thing
     */
    static JsonObject parse(byte[] bytes) throws JsonParseException {
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
        Map<String, @Nullable Object> fields = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            fields.put(name, readValue(json));
        }
        return new JsonObject(fields);
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

    String text(String name) {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw missing(name);
    }

    long number(String name) {
        if (fields.get(name) instanceof Long number) {
            return number;
        }
        throw missing(name);
    }

    /** Returns a number, or empty if it is null. */
    OptionalLong optionalNumber(String name) {
        return fields.containsKey(name) && fields.get(name) == null
                ? OptionalLong.empty()
                : OptionalLong.of(number(name));
    }

    JsonObject object(String name) {
        if (fields.get(name) instanceof JsonObject object) {
            return object;
        }
        throw missing(name);
    }

    List<String> texts(String name) {
        if (fields.get(name) instanceof List<?> list) {
            return list.stream().map(String.class::cast).toList();
        }
        throw missing(name);
    }

    private static IllegalArgumentException missing(String name) {
        return new IllegalArgumentException("no such field, or none of that type: " + name);
    }
}
