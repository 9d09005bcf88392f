package io.github.nettyping.internal.linux;

/** How much of a socket's buffer a packet occupies: {@code truesize} of {@code struct sk_buff}. */
public final class SkBuff {

    /** For a small packet, such as an echo reply. Measured on Linux 6.18, loopback, veth and TUN. */
    public static final int SMALL_PACKET_BYTES = 832;

    private SkBuff() {}
}
