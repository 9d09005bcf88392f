package io.github.nettyping.channel;

import io.github.nettyping.packet.IpAddress;

/**
 * Finds out, by one echo request to this host itself, whether of two ping sockets with one identifier the one bound
 * last gets the replies. Every kernel since 3.0 does so, but none promises it. Stateless.
 */
final class PairCheck {

    private PairCheck() {}

    /** Returns false also where the host does not answer itself: then nothing is known, and one socket is safe. */
    static boolean receiverGetsReplies(IcmpSockets sockets, IpAddress bound) {
        try (SelfPing ping = new SelfPing(sockets.kind().family(), bound, 0)) {
            return ping.send(sockets.sender()) == 1 && ping.swallowReply(sockets.receiver());
        }
    }
}
