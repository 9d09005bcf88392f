package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.InHeader;
import io.github.nettyping.internal.linux.OptionName;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SendOptions;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of an {@link IcmpChannel}; see {@link IcmpChannelOption} for what it honours. Safe for use by many
 * threads.
 */
public final class IcmpChannelConfig extends DefaultChannelConfig {

    private static final int DEFAULT_READ_BUDGET = 512;
    /** The same as for reading: endless sending must not keep the loop from reading replies. */
    private static final int DEFAULT_WRITE_BUDGET = 512;

    private static final int MAX_READ_BUDGET = 65_536;
    private static final int DEFAULT_PACKET_BYTES = 2_048;
    private static final int MIN_PACKET_BYTES = 128;
    private static final int MAX_PACKET_BYTES = 65_535;

    /** {@code IFNAMSIZ} of {@code linux/if.h}, less the 0 at the end. */
    private static final int MAX_INTERFACE_BYTES = 15;

    private static final OptionName MULTICAST_IF_IPV4 = OptionName.ipv4("IP_MULTICAST_IF", InHeader.IP_MULTICAST_IF);
    private static final OptionName MULTICAST_IF_IPV6 =
            OptionName.ipv6("IPV6_MULTICAST_IF", InHeader.IPV6_MULTICAST_IF);
    private static final OptionName FLOWINFO_SEND = OptionName.ipv6("IPV6_FLOWINFO_SEND", InHeader.IPV6_FLOWINFO_SEND);
    private static final OptionName IP_OPTIONS = OptionName.ipv4("IP_OPTIONS", InHeader.IP_OPTIONS);
    private static final int MAX_IPV4_OPTION_BYTES = 40;
    // struct ip_mreqn { struct in_addr imr_multiaddr; struct in_addr imr_address; int imr_ifindex; }: ip(7).
    private static final int IP_MREQN_BYTES = 12;
    private static final int IMR_IFINDEX = 8;

    private final IcmpChannel icmpChannel;
    private volatile int readBudget = DEFAULT_READ_BUDGET;
    private volatile int maxPacketBytes = DEFAULT_PACKET_BYTES;
    private volatile int flowLabel;
    private volatile byte[] ipv4Options = {};
    private volatile boolean headerIncluded;
    private volatile @Nullable NetworkInterface multicastInterface;

    IcmpChannelConfig(IcmpChannel channel) {
        super(channel);
        this.icmpChannel = channel;
        setMaxMessagesPerWrite(DEFAULT_WRITE_BUDGET);
        setMessageSizeEstimator(() -> IcmpChannelConfig::size);
    }

    /** A channel only sends packets and batches of them. */
    private static int size(Object message) {
        return message instanceof PacketBatch batch
                ? batch.bytes()
                : message instanceof IcmpPacket packet ? packet.content().readableBytes() : 0;
    }

    @Override
    public Map<ChannelOption<?>, Object> getOptions() {
        Map<ChannelOption<?>, Object> options = getOptions(
                super.getOptions(),
                ChannelOption.SO_RCVBUF,
                ChannelOption.SO_SNDBUF,
                ChannelOption.IP_MULTICAST_IF,
                IcmpChannelOption.INTERFACE,
                IcmpChannelOption.FLOW_LABEL,
                IcmpChannelOption.RECEIVE_ALL,
                IcmpChannelOption.RECEIVE_NOTICES,
                IcmpChannelOption.RECEIVE_STAMPS,
                IcmpChannelOption.TRANSMIT_STAMPS,
                IcmpChannelOption.READ_BUDGET,
                IcmpChannelOption.MAX_PACKET_BYTES);
        return getOptions(options, KernelOptions.of(icmpChannel.kind().family()));
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // Null is Netty's word for an option that has no value.
    public <T> T getOption(ChannelOption<T> option) {
        try {
            KernelOption<T> kernels = KernelOptions.of(option);
            if (kernels != null) {
                return kernels.ofInt().apply(sender().getInt(kernels.name(option, family())));
            }
            if (ChannelOption.SO_RCVBUF.equals(option)) {
                return (T) (Integer) receiver().getInt(IcmpSocket.RCVBUF);
            }
            if (ChannelOption.SO_SNDBUF.equals(option)) {
                return (T) (Integer) sender().getInt(IcmpSocket.SNDBUF);
            }
            if (ChannelOption.IP_MULTICAST_IF.equals(option)) {
                // Remembered here, because the kernel returns an address and not an interface. ip(7).
                return (T) multicastInterface;
            }
            if (IcmpChannelOption.INTERFACE.equals(option)) {
                return (T) sockets().device();
            }
            if (IcmpChannelOption.FLOW_LABEL.equals(option)) {
                return (T) (Integer) flowLabel;
            }
            if (IcmpChannelOption.IPV4_OPTIONS.equals(option)) {
                return (T) ipv4Options.clone();
            }
            if (IcmpChannelOption.RECEIVE_ALL.equals(option)) {
                return (T) (Boolean) sockets().delivered().everything();
            }
            if (IcmpChannelOption.RECEIVE_NOTICES.equals(option)) {
                return (T) (Boolean) sockets().delivered().notices();
            }
            if (IcmpChannelOption.RECEIVE_STAMPS.equals(option)) {
                return (T) (Boolean) sockets().receiveStamps();
            }
            if (IcmpChannelOption.TRANSMIT_STAMPS.equals(option)) {
                return (T) (Boolean) sockets().transmitStamps();
            }
            if (IcmpChannelOption.READ_BUDGET.equals(option)) {
                return (T) (Integer) readBudget;
            }
            if (IcmpChannelOption.MAX_PACKET_BYTES.equals(option)) {
                return (T) (Integer) maxPacketBytes;
            }
            if (option instanceof IntegerUnixChannelOption unix) {
                return (T) (Integer) sender().getInt(OptionName.unnamed(unix.level(), unix.optname()));
            }
            if (option instanceof RawUnixChannelOption unix) {
                ByteBuffer value = ByteBuffer.allocate(unix.length());
                sender().getBytes(OptionName.unnamed(unix.level(), unix.optname()), value);
                return (T) value.flip();
            }
        } catch (SystemCallException e) {
            throw new ChannelException(e.getMessage(), e);
        }
        return super.getOption(option);
    }

    @Override
    public <T> boolean setOption(ChannelOption<T> option, T value) {
        validate(option, value);
        try {
            KernelOption<T> kernels = KernelOptions.of(option);
            if (kernels != null) {
                setKernelOption(option, kernels, value);
            } else if (ChannelOption.SO_RCVBUF.equals(option)) {
                receiver().setBufferBytes(true, (Integer) value);
            } else if (ChannelOption.SO_SNDBUF.equals(option)) {
                sockets().setSendBufferBytes((Integer) value);
            } else if (ChannelOption.IP_MULTICAST_IF.equals(option)) {
                setMulticastInterface((NetworkInterface) value);
            } else if (IcmpChannelOption.INTERFACE.equals(option)) {
                sockets().device(interfaceName((String) value));
            } else if (IcmpChannelOption.FLOW_LABEL.equals(option)) {
                setFlowLabel(inRange("FLOW_LABEL", (Integer) value, 0, SendOptions.MAX_FLOW_LABEL));
            } else if (IcmpChannelOption.IPV4_OPTIONS.equals(option)) {
                setIpv4Options((byte[]) value);
            } else if (IcmpChannelOption.RECEIVE_ALL.equals(option)) {
                setReceiveAll((Boolean) value);
            } else if (IcmpChannelOption.RECEIVE_NOTICES.equals(option)) {
                sockets()
                        .deliver(new RawFilter.Wanted(
                                (Boolean) value, sockets().delivered().everything()));
            } else if (IcmpChannelOption.RECEIVE_STAMPS.equals(option)) {
                sockets().receiveStamps((Boolean) value);
            } else if (IcmpChannelOption.TRANSMIT_STAMPS.equals(option)) {
                sockets().transmitStamps((Boolean) value);
            } else if (IcmpChannelOption.READ_BUDGET.equals(option)) {
                readBudget = inRange("READ_BUDGET", (Integer) value, BatchSender.BATCH, MAX_READ_BUDGET);
            } else if (IcmpChannelOption.MAX_PACKET_BYTES.equals(option)) {
                maxPacketBytes = inRange("MAX_PACKET_BYTES", (Integer) value, MIN_PACKET_BYTES, MAX_PACKET_BYTES);
            } else if (option instanceof IntegerUnixChannelOption unix) {
                sockets().setInt(OptionName.unnamed(unix.level(), unix.optname()), (Integer) value);
            } else if (option instanceof RawUnixChannelOption unix) {
                ByteBuffer bytes = (ByteBuffer) value;
                OptionName name = OptionName.unnamed(unix.level(), unix.optname());
                sockets().setBytes(name, bytes, bytes.remaining() + " bytes");
            } else {
                return super.setOption(option, value);
            }
        } catch (IOException e) {
            throw new ChannelException(e.getMessage(), e);
        }
        return true;
    }

    private <T> void setKernelOption(ChannelOption<T> option, KernelOption<T> kernels, T value)
            throws SystemCallException {
        boolean header = IcmpChannelOption.HEADER_INCLUDED.equals(option);
        if (header && icmpChannel.kind() != SocketKind.IPV4_RAW) {
            throw new IllegalArgumentException("HEADER_INCLUDED on a channel of " + icmpChannel.kind() + " (expected: "
                    + SocketKind.IPV4_RAW + ')');
        }
        sockets().setInt(kernels.name(option, family()), kernels.number(option, value));
        if (header) {
            headerIncluded = (Boolean) value;
        }
    }

    private void setMulticastInterface(NetworkInterface value) throws SystemCallException {
        if (family() == IpFamily.IPV6) {
            sockets().setInt(MULTICAST_IF_IPV6, value.getIndex());
        } else {
            ByteBuffer request = ByteBuffer.allocate(IP_MREQN_BYTES).order(ByteOrder.nativeOrder());
            sockets().setBytes(MULTICAST_IF_IPV4, request.putInt(IMR_IFINDEX, value.getIndex()), value.getName());
        }
        multicastInterface = value;
    }

    private void setFlowLabel(int value) throws SystemCallException {
        if (family() == IpFamily.IPV4) {
            throw new IllegalArgumentException("FLOW_LABEL on a channel of IPV4 (expected: IPV6)");
        }
        sockets().setInt(FLOWINFO_SEND, value == 0 ? 0 : 1);
        flowLabel = value;
    }

    private void setIpv4Options(byte[] value) throws SystemCallException {
        if (family() == IpFamily.IPV6) {
            throw new IllegalArgumentException("IPV4_OPTIONS on a channel of IPV6 (expected: IPV4)");
        }
        inRange("IPV4_OPTIONS (bytes)", value.length, 0, MAX_IPV4_OPTION_BYTES);
        sockets().setBytes(IP_OPTIONS, ByteBuffer.wrap(value), value.length + " bytes");
        ipv4Options = value.clone();
    }

    private void setReceiveAll(boolean value) throws SystemCallException {
        if (!icmpChannel.kind().isRaw()) {
            throw new IllegalArgumentException("RECEIVE_ALL on a channel of " + icmpChannel.kind() + " (expected: "
                    + SocketKind.of(family(), true) + ')');
        }
        sockets().deliver(new RawFilter.Wanted(sockets().delivered().notices(), value));
    }

    int readBudget() {
        return readBudget;
    }

    int maxPacketBytes() {
        return maxPacketBytes;
    }

    /** Returns the flow label of packets without one of their own; 0 leaves it to the kernel. */
    int flowLabel() {
        return flowLabel;
    }

    /** Tells whether the content of outgoing packets begins with the IPv4 header. */
    boolean headerIncluded() {
        return headerIncluded;
    }

    @Override
    protected void autoReadCleared() {
        icmpChannel.autoReadCleared();
    }

    private static int inRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + min + " to " + max + ')');
        }
        return value;
    }

    private static String interfaceName(String name) {
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_INTERFACE_BYTES) {
            throw new IllegalArgumentException(
                    "INTERFACE: " + name + " (expected: at most " + MAX_INTERFACE_BYTES + " bytes)");
        }
        return name;
    }

    private IpFamily family() {
        return icmpChannel.kind().family();
    }

    private IcmpSockets sockets() {
        return icmpChannel.sockets();
    }

    private IcmpSocket sender() {
        return sockets().sender();
    }

    private IcmpSocket receiver() {
        return sockets().receiver();
    }
}
