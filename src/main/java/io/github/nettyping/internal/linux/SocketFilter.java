package io.github.nettyping.internal.linux;

import java.nio.ByteBuffer;

/**
 * Classic BPF programs for raw ICMP sockets. Immutable.
 *
 * <p>On an IPv4 raw socket a program sees the packet from the IP header on; on an IPv6 raw socket, from the ICMPv6
 * header on.
 *
 * @see <a href="https://www.kernel.org/doc/html/latest/networking/filter.html">Linux Socket Filtering</a>
 */
public final class SocketFilter {

    // linux/filter.h, linux/bpf_common.h: the opcodes used, class | size | mode or class | operation | source.
    /** {@code BPF_LDX | BPF_B | BPF_MSH}: X = 4 * (P[k] & 0xf), made for the IPv4 header length. */
    private static final int LDX_MSH = 0xb1;
    /** {@code BPF_LD | BPF_B | BPF_IND}: A = P[X + k]. */
    private static final int LD_BYTE_IND = 0x50;
    /** {@code BPF_LD | BPF_H | BPF_IND}: A = half-word at X + k. */
    private static final int LD_HALF_IND = 0x48;
    /** {@code BPF_LD | BPF_B | BPF_ABS}: A = P[k]. */
    private static final int LD_BYTE_ABS = 0x30;
    /** {@code BPF_LD | BPF_H | BPF_ABS}: A = half-word at k. */
    private static final int LD_HALF_ABS = 0x28;
    /** {@code BPF_JMP | BPF_JEQ | BPF_K}: pc += A == k ? jt : jf. */
    private static final int JEQ = 0x15;
    /** {@code BPF_RET | BPF_K}: keep k bytes. */
    private static final int RET = 0x06;

    private static final int ALL_BYTES = 0xffff_ffff;
    private static final int TYPE = 0;
    private static final int IDENTIFIER = 4;

    // struct sock_filter { __u16 code; __u8 jt; __u8 jf; __u32 k; }
    private static final int INSTRUCTION_BYTES = 8;
    // struct sock_fprog { unsigned short len; struct sock_filter *filter; }
    private static final int FPROG_FILTER = 8;
    /** Size of {@code struct sock_fprog}. */
    public static final int FPROG_BYTES = 16;

    private final long[] program;

    private SocketFilter(long... program) {
        this.program = program;
    }

    /** Returns a program that keeps nothing. */
    public static SocketFilter dropAll() {
        return new SocketFilter(instruction(RET, 0, 0, 0));
    }

    /** Returns a program that keeps everything. */
    public static SocketFilter keepAll() {
        return new SocketFilter(instruction(RET, 0, 0, ALL_BYTES));
    }

    /**
     * Returns a program for IPv4 raw sockets that keeps echo, timestamp and extended echo replies with one identifier,
     * and all redirects and source quenches. If nobody wants those, the mask of types keeps them out.
     */
    public static SocketFilter repliesIpv4(int identifier) {
        return new SocketFilter(
                instruction(LDX_MSH, 0, 0, 0),
                instruction(LD_BYTE_IND, 0, 0, TYPE),
                instruction(JEQ, 4, 0, IcmpHeader.ICMP_ECHOREPLY),
                instruction(JEQ, 3, 0, IcmpHeader.ICMP_TIMESTAMPREPLY),
                instruction(JEQ, 2, 0, IcmpHeader.ICMP_EXT_ECHOREPLY),
                instruction(JEQ, 3, 0, IcmpHeader.ICMP_SOURCE_QUENCH),
                instruction(JEQ, 2, 3, IcmpHeader.ICMP_REDIRECT),
                instruction(LD_HALF_IND, 0, 0, IDENTIFIER),
                instruction(JEQ, 0, 1, identifier),
                instruction(RET, 0, 0, ALL_BYTES),
                instruction(RET, 0, 0, 0));
    }

    /** Returns a program for IPv6 raw sockets that keeps echo and extended echo replies with one identifier. */
    public static SocketFilter repliesIpv6(int identifier) {
        return new SocketFilter(
                instruction(LD_BYTE_ABS, 0, 0, TYPE),
                instruction(JEQ, 1, 0, IcmpHeader.ICMPV6_ECHO_REPLY),
                instruction(JEQ, 0, 3, IcmpHeader.ICMPV6_EXT_ECHO_REPLY),
                instruction(LD_HALF_ABS, 0, 0, IDENTIFIER),
                instruction(JEQ, 0, 1, identifier),
                instruction(RET, 0, 0, ALL_BYTES),
                instruction(RET, 0, 0, 0));
    }

    /** Writes {@code struct sock_fprog} and the program behind it into memory of {@link #bytes()} or more. */
    public void write(NativeMemory memory) {
        ByteBuffer out = memory.bytes();
        out.putShort(0, (short) program.length);
        out.putLong(FPROG_FILTER, memory.address() + FPROG_BYTES);
        for (int i = 0; i < program.length; i++) {
            int at = FPROG_BYTES + i * INSTRUCTION_BYTES;
            out.putShort(at, (short) (program[i] >>> 48));
            out.put(at + 2, (byte) (program[i] >>> 40));
            out.put(at + 3, (byte) (program[i] >>> 32));
            out.putInt(at + 4, (int) program[i]);
        }
    }

    /** Returns the memory {@link #write} needs. */
    public int bytes() {
        return FPROG_BYTES + program.length * INSTRUCTION_BYTES;
    }

    private static long instruction(int code, int ifTrue, int ifFalse, int k) {
        return (long) code << 48 | (long) ifTrue << 40 | (long) ifFalse << 32 | (k & 0xffff_ffffL);
    }
}
