package io.github.nettyping.internal.linux;

/** What a packet takes of a socket's buffer: {@code struct sk_buff} and its data, {@code truesize}. */
public final class SkBuff {

    /** Of a small packet, such as an echo reply: measured on Linux 6.18, loopback, veth and TUN. */
    public static final int SMALL_PACKET_BYTES = 832;

    private SkBuff() {}
}
