package io.github.nettyping.packet;

/**
 * A channel's socket cannot give a packet the {@link SendOptions} it asks for: the kernel would ignore them and send
 * the packet without. The write of that packet fails, and no other. Immutable.
 */
public class UnsupportedSendOptionsException extends UnsupportedOperationException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param options what was asked for
     * @param reason  why the socket cannot, and what helps
     */
    public UnsupportedSendOptionsException(SendOptions options, String reason) {
        super(options + ": " + reason);
    }
}
