package io.github.nettyping.server.exposition;

import io.github.nettyping.server.http.Exchange;
import io.github.nettyping.server.http.Reply;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Metrics as an answer, in the format and the coding that the client asks for. Takes a while. Safe for use by many threads. */
public final class Exposition {

    /** Less is not worth the header. */
    private static final int COMPRESSED_FROM_BYTES = 1_024;

    private final ExpositionFormats formats = ExpositionFormats.init();

    /** Returns metrics as a request wants them. */
    public Reply reply(Exchange exchange, MetricSnapshots metrics) {
        String accept = exchange.header(HttpHeaderNames.ACCEPT).orElse("");
        ExpositionFormatWriter writer = formats.findWriter(accept);
        EscapingScheme escaping = EscapingScheme.fromAcceptHeader(accept);
        byte[] bytes = written(stream -> writer.write(stream, metrics, escaping));
        String type = writer.getContentType() + escaping.toHeaderFormat();
        boolean compressed = bytes.length >= COMPRESSED_FROM_BYTES && exchange.takesGzip();
        Reply reply = Reply.ok(type, compressed ? compressed(bytes) : bytes).with("Vary", "Accept, Accept-Encoding");
        return compressed ? reply.with("Content-Encoding", "gzip") : reply;
    }

    /** Returns metrics in Prometheus' own text format. */
    public String text(MetricSnapshots metrics) {
        byte[] bytes = written(stream ->
                formats.getPrometheusTextFormatWriter().write(stream, metrics, EscapingScheme.UNDERSCORE_ESCAPING));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] compressed(byte[] bytes) {
        return written(stream -> {
            try (GZIPOutputStream gzip = new GZIPOutputStream(stream)) {
                gzip.write(bytes);
            }
        });
    }

    private interface Writing {
        void to(OutputStream stream) throws IOException;
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        try {
            writing.to(stream);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return stream.toByteArray();
    }
}
