package io.github.nettyping.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.nettyping.packet.IpAddress;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a sweep would do, for programs: one JSON object, in ASCII. Stateless. */
final class ForecastJson {

    private ForecastJson() {}

    /** Returns the object, without a line end. */
    static String of(Forecast forecast) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("count", forecast.sequence().count());
            json.writeStringField("first", address(forecast.first()));
            json.writeStringField("last", address(forecast.last()));
            json.writeNumberField("targets", forecast.sequence().targets().count());
            json.writeStringField("order", forecast.order().seed().isPresent() ? "random" : "sequential");
            if (forecast.order().seed().isPresent()) {
                json.writeNumberField("seed", forecast.order().seed().getAsLong());
            } else {
                json.writeNullField("seed");
            }
            json.writeStringField("shard", forecast.order().shard().toString());
            json.writeNumberField("rate", forecast.rate());
            json.writeNumberField("probes_each", forecast.probesEach());
            json.writeObjectFieldStart("expected_duration_ns");
            json.writeNumberField(
                    "min", Forecast.nanos(forecast.shortestSeconds()).toBigInteger());
            json.writeNumberField(
                    "max", Forecast.nanos(forecast.longestSeconds()).toBigInteger());
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            // A StringWriter does not fail.
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private static @Nullable String address(Optional<IpAddress> address) {
        if (address.isEmpty()) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        new AddressText().append(text, address.get());
        return text.toString();
    }
}
