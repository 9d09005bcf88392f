package io.github.nettyping.internal.linux;

/** Constants of {@code sys/socket.h} and {@code asm-generic/socket.h}; the values of x86-64 and AArch64. */
public final class SocketHeader {

    /** IPv4. socket(2). */
    public static final int AF_INET = 2;
    /** IPv6. socket(2). */
    public static final int AF_INET6 = 10;
    /** Local sockets. socket(2). */
    public static final int AF_UNIX = 1;
    /** Messages from and to the kernel. netlink(7). */
    public static final int AF_NETLINK = 16;

    /** Datagrams; with {@code IPPROTO_ICMP} a ping socket. icmp(7). */
    public static final int SOCK_DGRAM = 2;
    /** Raw network protocol access. raw(7). */
    public static final int SOCK_RAW = 3;
    /** The new descriptor does not block. socket(2). */
    public static final int SOCK_NONBLOCK = 0x800;
    /** The new descriptor does not survive exec. socket(2). */
    public static final int SOCK_CLOEXEC = 0x80000;

    /** Level of the options common to all sockets. socket(7). */
    public static final int SOL_SOCKET = 1;
    /** Has the kernel trace the socket, where it is built for that. socket(7). */
    public static final int SO_DEBUG = 1;
    /** Lets two sockets have one address; ping sockets are born with it on. socket(7), {@code net/ipv4/ping.c}. */
    public static final int SO_REUSEADDR = 2;
    /** Reads and clears the pending error. socket(7). */
    public static final int SO_ERROR = 4;
    /** Sends by no gateway, only to hosts on a link. socket(7). */
    public static final int SO_DONTROUTE = 5;
    /** Permits broadcast destinations. socket(7). */
    public static final int SO_BROADCAST = 6;
    /** Size of the send buffer; the kernel doubles what is set. socket(7). */
    public static final int SO_SNDBUF = 7;
    /** Size of the receive buffer; the kernel doubles what is set, after limiting it to rmem_max. socket(7). */
    public static final int SO_RCVBUF = 8;
    /** Priority of outgoing packets in the queues of this machine. socket(7). */
    public static final int SO_PRIORITY = 12;
    /** Binds a socket to an interface, by its name. socket(7). */
    public static final int SO_BINDTODEVICE = 25;
    /** Attaches a classic BPF program. socket(7). */
    public static final int SO_ATTACH_FILTER = 26;
    /** As {@link #SO_SNDBUF} without the limit; needs {@code CAP_NET_ADMIN}. socket(7). */
    public static final int SO_SNDBUFFORCE = 32;
    /** As {@link #SO_RCVBUF} without the limit; needs {@code CAP_NET_ADMIN}. socket(7). */
    public static final int SO_RCVBUFFORCE = 33;
    /** Mark of outgoing packets for routing and firewall; type of the control message with that of one packet. socket(7). */
    public static final int SO_MARK = 36;
    /** Selects time stamps; also the type of the control message that carries them. {@code linux/net_tstamp.h}. */
    public static final int SO_TIMESTAMPING = 37;
    /** Reads the socket's memory counters, {@code SK_MEMINFO_*}. {@code linux/sock_diag.h}. */
    public static final int SO_MEMINFO = 55;

    /** Control message with the number of a packet's transmit stamp, since Linux 6.13. {@code asm-generic/socket.h}. */
    public static final int SCM_TS_OPT_ID = 81;

    /** The call does not wait. recv(2). */
    public static final int MSG_DONTWAIT = 0x40;
    /** Reads from the error queue. recv(2). */
    public static final int MSG_ERRQUEUE = 0x2000;
    /** The datagram was longer than the buffer. recv(2). */
    public static final int MSG_TRUNC = 0x20;

    private SocketHeader() {}
}
