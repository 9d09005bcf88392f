/**
 * HTTP/1.1 on event loops that have other work to do: what a client may send and how long it may take is bounded, and
 * whatever takes longer than a moment runs elsewhere.
 *
 * <p>Read {@code HttpServer} first, then {@code HttpConnection}, which is one client's, and {@code RequestCheck}, which
 * says what is no request.
 */
@NullMarked
package io.github.nettyping.server.http;

import org.jspecify.annotations.NullMarked;
