package io.github.nettyping.testing;

import io.github.nettyping.packet.SystemCallException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Sees every packet that enters or leaves a {@link Namespace}, as it is on the wire, from the moment it is made. One
 * thread at a time.
 */
public final class Wire implements AutoCloseable {

    private static final Duration PATIENCE = Await.LIMIT;

    private final Namespace namespace;
    private final TestSocket socket;

    private Wire(Namespace namespace, TestSocket socket) {
        this.namespace = namespace;
        this.socket = socket;
    }

    /**
     * Begins to watch.
     *
     * @param namespace what
     * @return to be closed
     * @throws Exception if a system call fails
     */
    public static Wire of(Namespace namespace) throws Exception {
        return new Wire(namespace, TestSocket.wire(namespace));
    }

    /**
     * Waits for an echo request; what comes before it is forgotten.
     *
     * @param sequence its number
     * @return the request in an IP packet that is no fragment
     * @throws SystemCallException if reading fails
     */
    public ProbePacket awaitProbe(int sequence) throws SystemCallException {
        ByteBuffer packet = await("echo request " + sequence, bytes -> {
            ProbePacket probe = new ProbePacket(bytes);
            return probe.parse(bytes.limit()) && probe.sequence() == sequence;
        });
        ProbePacket probe = new ProbePacket(packet);
        probe.parse(packet.limit());
        return probe;
    }

    /**
     * Waits for the next echo request, whatever its number; what comes before it is forgotten.
     *
     * @return the request in an IP packet that is no fragment
     * @throws SystemCallException if reading fails
     */
    public ProbePacket awaitProbe() throws SystemCallException {
        ByteBuffer packet = await("an echo request", bytes -> new ProbePacket(bytes).parse(bytes.limit()));
        ProbePacket probe = new ProbePacket(packet);
        probe.parse(packet.limit());
        return probe;
    }

    /**
     * Waits for a packet; what comes before it is forgotten.
     *
     * @param what   the packet in words, for the failure's message
     * @param wanted tells it from others; some are not even IP
     * @return the packet, from its IP header on, in network order
     * @throws SystemCallException if reading fails
     */
    public ByteBuffer await(String what, Predicate<ByteBuffer> wanted) throws SystemCallException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (long left = PATIENCE.toNanos(); left > 0; left = end - System.nanoTime()) {
            Optional<byte[]> packet = socket.receive(Duration.ofNanos(left));
            if (packet.isPresent() && wanted.test(ByteBuffer.wrap(packet.get()))) {
                return ByteBuffer.wrap(packet.get());
            }
        }
        throw new AssertionError("not in " + namespace + " within " + PATIENCE + ": " + what);
    }

    @Override
    public void close() {
        socket.close();
    }
}
