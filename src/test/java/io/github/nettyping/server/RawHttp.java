package io.github.nettyping.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A connection over which anything can be sent. Confined to one thread. */
final class RawHttp implements AutoCloseable {

    private static final int LIMIT_MILLIS = 60_000;

    private final Socket socket;

    RawHttp(InetSocketAddress server) throws IOException {
        socket = new Socket(server.getAddress(), server.getPort());
        socket.setSoTimeout(LIMIT_MILLIS);
    }

    /** Sends everything, and returns what comes back until the server closes. */
    static String exchange(InetSocketAddress server, String request) throws IOException {
        try (RawHttp connection = new RawHttp(server)) {
            connection.send(request);
            return connection.rest();
        }
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Returns so many bytes at most. */
    String some(int bytes) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[bytes];
        int length = in.read(buffer);
        return new String(Arrays.copyOf(buffer, Math.max(length, 0)), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
