package io.github.nettyping.testing;

import java.nio.ByteBuffer;
import java.time.Duration;

/** Takes the packets by which a {@link Behaviour} answers. Confined to the call of the behaviour. */
public interface Answers {

    /**
     * Returns a buffer to build a packet in; the same one each time, cleared.
     *
     * @return 65,535 bytes or more outside the heap, network order
     */
    ByteBuffer buffer();

    /**
     * Sends a packet to the machine under test.
     *
     * @param packet from index 0 to the limit, IP header first; {@link #buffer()} goes without a copy
     */
    void send(ByteBuffer packet);

    /**
     * Returns answers that are sent later.
     *
     * @param delay how much later, about to the millisecond
     * @return copies each packet and sends the copy after the delay, unless the responder is closed by then
     */
    Answers after(Duration delay);
}
