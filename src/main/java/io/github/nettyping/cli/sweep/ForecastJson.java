package io.github.nettyping.cli.sweep;

import io.github.nettyping.cli.format.AddressText;
import io.github.nettyping.cli.format.JsonObject;

/** What a sweep would do, for programs: one JSON object. Stateless. */
final class ForecastJson {

    private ForecastJson() {}

    /** Returns the object, without a line end. */
    static String of(Forecast forecast) {
        return new JsonObject()
                .put("count", forecast.sequence().count())
                .put("first", forecast.first().map(AddressText::of))
                .put("last", forecast.last().map(AddressText::of))
                .put("targets", forecast.sequence().targets().count())
                .put("order", forecast.order().seed().isPresent() ? "random" : "sequential")
                .put("seed", forecast.order().seed())
                .put("shard", forecast.order().shard().toString())
                .put("rate", forecast.rate())
                .put("probes_each", forecast.probesEach())
                .put(
                        "expected_duration_ns",
                        new JsonObject()
                                .put("min", Forecast.nanos(forecast.shortestSeconds()))
                                .put("max", Forecast.nanos(forecast.longestSeconds())))
                .toString();
    }
}
