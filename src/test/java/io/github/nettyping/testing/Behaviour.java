package io.github.nettyping.testing;

/**
 * What a host does about a probe. Ready ones: {@link Replies}, {@link IcmpError}, {@link Behaviours}.
 *
 * <p>Called on the responder's thread, one probe after the other. What it throws is kept and thrown again when the
 * {@link TunResponder} is closed.
 */
@FunctionalInterface
public interface Behaviour {

    /**
     * Answers a probe with any number of packets.
     *
     * @param probe   valid during this call
     * @param answers takes the packets, during this call
     */
    void answer(ProbePacket probe, Answers answers);
}
