package io.github.nettyping.server.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is no request, or one that two programs in a row could understand differently (RFC 9112, sections 3.2 and 6.3), or
 * one that a browser sends for a foreign page. Stateless.
 */
final class RequestCheck {

    private static final Pattern HOST =
            Pattern.compile("(?:[A-Za-z0-9._~%!$&'()*+,;=-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{0,5})?");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    private RequestCheck() {}

    /** Returns the answer to what is no request; the connection cannot go on after it. */
    static Optional<Reply> refuse(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            Throwable cause = request.decoderResult().cause();
            if (cause instanceof TooLongHttpLineException) {
                return reply(
                        HttpResponseStatus.REQUEST_URI_TOO_LONG,
                        "the first line is too long (expected: at most " + HttpLimits.LINE_BYTES + " bytes)");
            }
            if (cause instanceof TooLongHttpHeaderException) {
                return reply(
                        HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                        "the headers are too long (expected: at most " + HttpLimits.HEADER_BYTES + " bytes)");
            }
            return bad("no request of HTTP/1.1");
        }
        HttpVersion version = request.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            return reply(HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED, "another version (expected: HTTP/1.1)");
        }
        Optional<Reply> length = refuseLength(request);
        return length.isPresent() ? length : refuseHost(request);
    }

    private static Optional<Reply> refuseLength(HttpRequest request) {
        List<String> encodings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        List<String> lengths = request.headers().getAll(HttpHeaderNames.CONTENT_LENGTH);
        if (!encodings.isEmpty()) {
            boolean chunked = encodings.size() == 1
                    && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(
                            encodings.get(0).strip());
            if (!chunked || request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
                return bad("Transfer-Encoding other than chunked");
            }
            if (!lengths.isEmpty()) {
                return bad("both Transfer-Encoding and Content-Length");
            }
        }
        boolean wrong = lengths.size() > 1
                || lengths.stream().anyMatch(value -> !LENGTH.matcher(value).matches());
        return wrong ? bad("Content-Length that is no number, or several") : Optional.empty();
    }

    private static Optional<Reply> refuseHost(HttpRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        boolean needed = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        if (hosts.size() > 1
                || (hosts.isEmpty() && needed)
                || hosts.stream().anyMatch(host -> !HOST.matcher(host).matches())) {
            return bad("no header Host, several, or no name in it");
        }
        return Optional.empty();
    }

    /** Returns the answer to a request that would change something and that a browser sends for a page of another origin. */
    static Optional<Reply> refuseOrigin(HttpRequest request) {
        if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
            return Optional.empty();
        }
        String site = request.headers().get("Sec-Fetch-Site");
        List<String> origins = request.headers().getAll(HttpHeaderNames.ORIGIN);
        String host = request.headers().get(HttpHeaderNames.HOST, "");
        boolean foreign = (site != null && !site.equals("same-origin") && !site.equals("none"))
                || origins.stream().anyMatch(origin -> !isOf(origin, host));
        return foreign
                ? reply(HttpResponseStatus.FORBIDDEN, "asked for by a page of another origin")
                : Optional.empty();
    }

    private static boolean isOf(String origin, String host) {
        int authority = origin.indexOf("://");
        return authority >= 0
                && origin.substring(authority + 3).toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
    }

    private static Optional<Reply> bad(String line) {
        return reply(HttpResponseStatus.BAD_REQUEST, line);
    }

    private static Optional<Reply> reply(HttpResponseStatus status, String line) {
        return Optional.of(Reply.line(status, line));
    }
}
