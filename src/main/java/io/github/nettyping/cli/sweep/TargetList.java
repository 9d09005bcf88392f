package io.github.nettyping.cli.sweep;

import io.github.nettyping.cli.format.AddressText;
import io.github.nettyping.cli.format.JsonLines;
import io.github.nettyping.cli.format.JsonObject;
import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.cli.output.FileFailure;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.cli.output.Printout;
import io.github.nettyping.cli.output.ResultFile;
import io.github.nettyping.cli.output.StandardOutput;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.target.TargetSequence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Whom a sweep would ask, in its order: addresses alone, so that other programs can read them, or objects with the names as
 * typed. Confined to one thread.
 */
record TargetList(TargetSequence sequence, Map<IpAddress, String> names, ResultFormat.Name format) {

    /**
     * Prints them to a file or to standard output.
     *
     * @param enough whether nobody wants any more
     * @return why not all could be written
     * @throws FileFailure if the file cannot be had
     */
    Optional<IOException> print(Optional<Path> file, BooleanSupplier enough) throws FileFailure {
        if (file.isEmpty()) {
            Printout.load();
            return print(new StandardOutput(), enough);
        }
        try (ResultFile sink = ResultFile.create(file.get())) {
            return print(sink, enough);
        }
    }

    private Optional<IOException> print(Output.Sink sink, BooleanSupplier enough) {
        Output output = new Output(sink, later -> {}, () -> {});
        Consumer<IpAddress> line = line(output);
        for (long i = 0; i < sequence.count() && output.failure().isEmpty() && !enough.getAsBoolean(); i++) {
            line.accept(sequence.get(i));
        }
        output.flush();
        return output.failure();
    }

    private Consumer<IpAddress> line(Output output) {
        if (format == ResultFormat.Name.JSONL) {
            JsonLines json = new JsonLines(output);
            return target -> json.line(new JsonObject()
                    .put("target", AddressText.of(target))
                    .put("name", Optional.ofNullable(names.get(target))));
        }
        AddressText addresses = new AddressText();
        StringBuilder text = new StringBuilder();
        return target -> {
            text.setLength(0);
            addresses.append(text, target);
            output.append(text.append('\n'));
        };
    }
}
