package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.internal.linux.IcmpHeader;
import io.github.nettyping.internal.linux.OptionName;
import io.github.nettyping.internal.linux.SocketHeader;
import io.github.nettyping.internal.linux.Syscalls;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a channel sends and receives on: one raw socket, or a pair of ping sockets. Options may be set by any thread.
 *
 * <p>A ping socket that asks for queued errors gets each of them a second time, as the result of its next call,
 * whichever host that call is for. So a ping channel sends on one socket that does not ask, and receives on a second
 * one that does. Both are bound to the same identifier, the receiver last, because the kernel delivers replies and
 * errors to the one bound last. {@link PairCheck} verifies that; if it is not so, the receiver sends too.
 *
 * <p>Stamps of departing packets come to the sender, where they take no room from replies. So a raw channel that wants
 * them is a pair too, whose sender receives nothing. Without a pair there are no such stamps.
 */
final class IcmpSockets {

    private static final OptionName BINDTODEVICE = OptionName.socket(
            "SO_BINDTODEVICE",
            SocketHeader.SO_BINDTODEVICE,
            "it needs CAP_NET_RAW, since Linux 5.7 only to change the interface");
    private static final OptionName REUSEADDR = OptionName.socket("SO_REUSEADDR", SocketHeader.SO_REUSEADDR);

    private static final int ECHO_HEADER_BYTES = 8;
    private static final int ECHO_IDENTIFIER = 4;

    private static final IpAddress ANY_IPV4 = IpAddress.ofIpv4(0);
    private static final IpAddress ANY_IPV6 = new IpAddress(0, 0, 0);

    private final Syscalls syscalls;
    private final SocketKind kind;
    private final AppliedOptions settings = new AppliedOptions();
    private final IcmpSocket receiver;
    private volatile IcmpSocket sender;
    private volatile boolean paired;
    /** Whether control messages beside outgoing packets have an effect. */
    private volatile boolean controllable = true;

    /** The interface to be bound to, until the sockets have an address. */
    private String device = "";

    /** What a raw socket is to deliver. */
    private RawFilter.Wanted wanted = RawFilter.Wanted.REPLIES;

    private boolean bound;
    private int identifier;
    private volatile boolean transmitStamps;
    private volatile boolean receiveStamps = true;
    /** The identifier a raw socket has taken from {@link RawIdentifiers}; 0 if none. */
    private int rawIdentifier;

    private IcmpSockets(Syscalls syscalls, SocketKind kind) throws SystemCallException {
        this.syscalls = syscalls;
        this.kind = kind;
        this.receiver = IcmpSocket.open(syscalls, kind);
        this.sender = receiver;
        try {
            Reception.enable(receiver);
            if (!kind.isRaw()) {
                sender = IcmpSocket.open(syscalls, kind);
                paired = true;
            }
        } catch (SystemCallException | RuntimeException | Error e) {
            receiver.closeAfter(e);
            throw e;
        }
    }

    /** Opens the first kind that can be opened. */
    static IcmpSockets open(Syscalls syscalls, List<SocketKind> kinds) {
        List<SystemCallException> refusals = new ArrayList<>(kinds.size());
        for (SocketKind kind : kinds) {
            try {
                return new IcmpSockets(syscalls, kind);
            } catch (SystemCallException e) {
                refusals.add(e);
            }
        }
        StringBuilder message = new StringBuilder("no ICMP socket can be opened: ");
        for (SystemCallException refusal : refusals) {
            message.append(refusal == refusals.get(0) ? "" : "; or ").append(refusal.getMessage());
        }
        message.append(" (see nettyping doctor; programs ask Diagnosis.ofThisMachine())");
        IcmpUnavailableException unavailable = new IcmpUnavailableException(message.toString(), refusals.get(0));
        refusals.subList(1, refusals.size()).forEach(unavailable::addSuppressed);
        throw unavailable;
    }

    SocketKind kind() {
        return kind;
    }

    IcmpSocket receiver() {
        return receiver;
    }

    IcmpSocket sender() {
        return sender;
    }

    /** Tells whether errors of one host can never be the result of a call for another. */
    boolean arePaired() {
        return paired;
    }

    /**
     * Binds to a source address (a wildcard for all) and to an identifier (0 for a new one).
     *
     * @return the address and, as its port, the identifier
     */
    synchronized InetSocketAddress bind(InetSocketAddress local) throws IOException {
        IpAddress address = address(local.getAddress());
        InetSocketAddress name = kind.isRaw() ? bindRaw(address, local.getPort()) : bindPing(address, local.getPort());
        try {
            bindToDevice();
        } catch (SystemCallException e) {
            // A bound socket cannot be bound again.
            close();
            throw e;
        }
        return name;
    }

    private InetSocketAddress bindRaw(IpAddress address, int wanted) throws SystemCallException {
        if (!address.isAnyLocal()) {
            receiver.bind(address, 0);
            if (paired) {
                sender.bind(address, 0);
            }
        }
        int chosen = takeIdentifier(wanted);
        filter(chosen);
        return new InetSocketAddress(address.toInetAddress(), chosen);
    }

    private synchronized int takeIdentifier(int wanted) {
        releaseIdentifier();
        if (wanted == 0) {
            rawIdentifier = RawIdentifiers.takeFree();
        } else {
            RawIdentifiers.take(wanted);
            rawIdentifier = wanted;
        }
        return rawIdentifier;
    }

    private synchronized void releaseIdentifier() {
        if (rawIdentifier != 0) {
            RawIdentifiers.release(rawIdentifier);
            rawIdentifier = 0;
        }
    }

    /**
     * Tells whether a queued error is about a probe of another raw socket of this process, which has a copy of it: the kernel
     * hands each to all raw sockets.
     */
    synchronized boolean isAnothers(IcmpPacket error) {
        ByteBuf quoted = error.content();
        int at = quoted.readerIndex();
        if (rawIdentifier == 0 || wanted.everything() || quoted.readableBytes() < ECHO_HEADER_BYTES) {
            return false;
        }
        int echoRequest = kind.family() == IpFamily.IPV4 ? IcmpHeader.ICMP_ECHO : IcmpHeader.ICMPV6_ECHO_REQUEST;
        int identifier = quoted.getUnsignedShort(at + ECHO_IDENTIFIER);
        return quoted.getUnsignedByte(at) == echoRequest
                && identifier != rawIdentifier
                && RawIdentifiers.isTaken(identifier);
    }

    private InetSocketAddress bindPing(IpAddress address, int wanted) throws IOException {
        sender.bind(address, wanted);
        InetSocketAddress name = sender.name();
        try {
            receiver.bind(address, name.getPort());
            // Ping sockets are born with it on; left so, any user of the ping group could bind our identifier after us
            // and take our replies.
            sender.setInt(REUSEADDR, 0);
            receiver.setInt(REUSEADDR, 0);
        } catch (SystemCallException e) {
            // Half a pair cannot be bound again.
            close();
            throw e;
        }
        if (!PairCheck.receiverGetsReplies(this, address)) {
            unpair();
        }
        controllable = ControlCheck.isHeeded(this, address);
        return name;
    }

    private void unpair() throws IOException {
        IcmpSocket spare = sender;
        sender = receiver;
        paired = false;
        spare.close();
    }

    private IpAddress address(InetAddress address) {
        if (address.isAnyLocalAddress()) {
            return kind.family() == IpFamily.IPV4 ? ANY_IPV4 : ANY_IPV6;
        }
        if (IpFamily.of(address) != kind.family()) {
            throw new IllegalArgumentException(
                    "local address " + address.getHostAddress() + " on a channel of " + kind.family());
        }
        return IpAddress.of(address);
    }

    /** Tells, once bound, whether control messages beside outgoing packets have an effect. */
    boolean areControllable() {
        return controllable;
    }

    /** Sets an option on both sockets. */
    void setInt(OptionName option, int value) throws SystemCallException {
        set(option, socket -> socket.setInt(option, value));
    }

    /** Sets an option on both sockets to bytes, which {@code what} describes for people. */
    void setBytes(OptionName option, ByteBuffer value, String what) throws SystemCallException {
        byte[] bytes = new byte[value.remaining()];
        value.get(value.position(), bytes);
        set(option, socket -> socket.setBytes(option, ByteBuffer.wrap(bytes), what));
    }

    private synchronized void set(OptionName option, AppliedOptions.Setting setting) throws SystemCallException {
        setting.applyTo(receiver);
        if (paired) {
            setting.applyTo(sender);
        }
        settings.note(option, setting);
    }

    /**
     * Sets whether departing packets are stamped, from {@link #bind} on.
     *
     * @throws IllegalStateException if it is too late
     */
    synchronized void transmitStamps(boolean wanted) throws IOException {
        if (wanted == transmitStamps) {
            return;
        }
        if (bound) {
            throw new IllegalStateException(
                    "TRANSMIT_STAMPS: " + wanted + " on a channel that is bound (expected: set before)");
        }
        if (kind.isRaw()) {
            if (wanted) {
                pairRaw();
            } else {
                unpair();
            }
        }
        transmitStamps = wanted;
    }

    boolean transmitStamps() {
        return transmitStamps;
    }

    /** Has departing packets stamped if that is wanted and there is a pair; tells whether the kernel does it. */
    boolean startTransmitStamps() throws SystemCallException {
        return transmitStamps && paired && Reception.enableTransmitStamps(sender);
    }

    private void pairRaw() throws SystemCallException {
        IcmpSocket second = IcmpSocket.open(syscalls, kind);
        try {
            RawFilter.noType(second);
            Reception.enableErrors(second);
            settings.applyTo(second);
            if (!receiver.fd().isOpen()) {
                throw Refusals.of(kind, "setsockopt(SO_TIMESTAMPING)", Errno.EBADF);
            }
        } catch (SystemCallException | RuntimeException | Error e) {
            second.closeAfter(e);
            throw e;
        }
        sender = second;
        paired = true;
    }

    /** Sets whether the kernel tells when packets arrived. */
    synchronized void receiveStamps(boolean wanted) throws SystemCallException {
        Reception.receiveStamps(receiver, wanted);
        receiveStamps = wanted;
    }

    boolean receiveStamps() {
        return receiveStamps;
    }

    /**
     * Binds to an interface, or to none by an empty name: at the end of {@link #bind}, or at once after it. Before, the
     * checks of a ping channel would go out by that interface and not to this host.
     */
    synchronized void device(String name) throws SystemCallException {
        if (bound) {
            setDevice(name);
        }
        device = name;
    }

    /** Returns the interface bound to, or to be bound to. */
    synchronized String device() {
        return device;
    }

    /** Sets what a raw socket delivers, from {@link #bind} on, or at once after it. */
    synchronized void deliver(RawFilter.Wanted what) throws SystemCallException {
        if (identifier != 0) {
            RawFilter.set(receiver, what, identifier);
        }
        wanted = what;
    }

    /** Returns what a raw socket delivers, or will. */
    synchronized RawFilter.Wanted delivered() {
        return wanted;
    }

    private synchronized void filter(int chosen) throws SystemCallException {
        identifier = chosen;
        RawFilter.set(receiver, wanted, identifier);
    }

    private synchronized void bindToDevice() throws SystemCallException {
        if (!device.isEmpty()) {
            setDevice(device);
        }
        bound = true;
    }

    private void setDevice(String name) throws SystemCallException {
        setBytes(BINDTODEVICE, ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8)), name);
    }

    /** Sets the size of the send buffer; of the receiver's too, which sends if there is no pair. */
    void setSendBufferBytes(int bytes) throws SystemCallException {
        set(IcmpSocket.SNDBUF, socket -> socket.setBufferBytes(false, bytes));
    }

    synchronized void close() throws IOException {
        releaseIdentifier();
        try {
            if (paired) {
                sender.close();
            }
        } finally {
            receiver.close();
        }
    }
}
