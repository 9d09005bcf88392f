package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.InHeader;
import io.github.nettyping.internal.linux.SocketHeader;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Configuration of an {@link IcmpChannel}; see {@link IcmpChannelOption} for what it honours. Safe for use by many
 * threads.
 */
public final class IcmpChannelConfig extends DefaultChannelConfig {

    private static final int DEFAULT_READ_BUDGET = 512;
    /** As much as is read: who sends without end must not keep the loop from reading what comes back. */
    private static final int DEFAULT_WRITE_BUDGET = 512;

    private static final int MAX_READ_BUDGET = 65_536;
    private static final int DEFAULT_PACKET_BYTES = 2_048;
    private static final int MIN_PACKET_BYTES = 128;
    private static final int MAX_PACKET_BYTES = 65_535;

    private final IcmpChannel icmpChannel;
    private volatile int readBudget = DEFAULT_READ_BUDGET;
    private volatile int maxPacketBytes = DEFAULT_PACKET_BYTES;

    IcmpChannelConfig(IcmpChannel channel) {
        super(channel);
        this.icmpChannel = channel;
        setMaxMessagesPerWrite(DEFAULT_WRITE_BUDGET);
    }

    @Override
    public Map<ChannelOption<?>, Object> getOptions() {
        return getOptions(
                super.getOptions(),
                ChannelOption.SO_RCVBUF,
                ChannelOption.SO_SNDBUF,
                ChannelOption.SO_BROADCAST,
                ChannelOption.IP_TOS,
                IcmpChannelOption.MTU_DISCOVER,
                IcmpChannelOption.READ_BUDGET,
                IcmpChannelOption.MAX_PACKET_BYTES);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T getOption(ChannelOption<T> option) {
        try {
            if (ChannelOption.SO_RCVBUF.equals(option)) {
                return (T) (Integer) receiver().getInt(SocketHeader.SOL_SOCKET, SocketHeader.SO_RCVBUF);
            }
            if (ChannelOption.SO_SNDBUF.equals(option)) {
                return (T) (Integer) sender().getInt(SocketHeader.SOL_SOCKET, SocketHeader.SO_SNDBUF);
            }
            if (ChannelOption.SO_BROADCAST.equals(option)) {
                return (T) (Boolean) (sender().getInt(SocketHeader.SOL_SOCKET, SocketHeader.SO_BROADCAST) != 0);
            }
            if (ChannelOption.IP_TOS.equals(option)) {
                return (T) (Integer) sender().getInt(ipLevel(), tosOption());
            }
            if (IcmpChannelOption.MTU_DISCOVER.equals(option)) {
                return (T) (Integer) sender().getInt(ipLevel(), mtuDiscoverOption());
            }
            if (IcmpChannelOption.READ_BUDGET.equals(option)) {
                return (T) (Integer) readBudget;
            }
            if (IcmpChannelOption.MAX_PACKET_BYTES.equals(option)) {
                return (T) (Integer) maxPacketBytes;
            }
            if (option instanceof IntegerUnixChannelOption unix) {
                return (T) (Integer) sender().getInt(unix.level(), unix.optname());
            }
            if (option instanceof RawUnixChannelOption unix) {
                ByteBuffer value = ByteBuffer.allocate(unix.length());
                sender().getBytes(unix.level(), unix.optname(), value);
                return (T) value.flip();
            }
        } catch (SystemCallException e) {
            throw new ChannelException(e);
        }
        return super.getOption(option);
    }

    @Override
    public <T> boolean setOption(ChannelOption<T> option, T value) {
        validate(option, value);
        try {
            if (ChannelOption.SO_RCVBUF.equals(option)) {
                receiver().setBufferBytes(true, (Integer) value);
            } else if (ChannelOption.SO_SNDBUF.equals(option)) {
                sockets().setSendBufferBytes((Integer) value);
            } else if (ChannelOption.SO_BROADCAST.equals(option)) {
                sockets().setInt(SocketHeader.SOL_SOCKET, SocketHeader.SO_BROADCAST, (Boolean) value ? 1 : 0);
            } else if (ChannelOption.IP_TOS.equals(option)) {
                sockets().setInt(ipLevel(), tosOption(), (Integer) value);
            } else if (IcmpChannelOption.MTU_DISCOVER.equals(option)) {
                sockets().setInt(ipLevel(), mtuDiscoverOption(), (Integer) value);
            } else if (IcmpChannelOption.READ_BUDGET.equals(option)) {
                readBudget = inRange("READ_BUDGET", (Integer) value, BatchSender.BATCH, MAX_READ_BUDGET);
            } else if (IcmpChannelOption.MAX_PACKET_BYTES.equals(option)) {
                maxPacketBytes = inRange("MAX_PACKET_BYTES", (Integer) value, MIN_PACKET_BYTES, MAX_PACKET_BYTES);
            } else if (option instanceof IntegerUnixChannelOption unix) {
                sockets().setInt(unix.level(), unix.optname(), (Integer) value);
            } else if (option instanceof RawUnixChannelOption unix) {
                setBytes(unix, (ByteBuffer) value);
            } else {
                return super.setOption(option, value);
            }
        } catch (SystemCallException e) {
            throw new ChannelException(e);
        }
        return true;
    }

    private void setBytes(RawUnixChannelOption option, ByteBuffer value) throws SystemCallException {
        receiver().setBytes(option.level(), option.optname(), value);
        if (sockets().arePaired()) {
            sender().setBytes(option.level(), option.optname(), value);
        }
    }

    int readBudget() {
        return readBudget;
    }

    int maxPacketBytes() {
        return maxPacketBytes;
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

    private int ipLevel() {
        return isIpv4() ? InHeader.IPPROTO_IP : InHeader.IPPROTO_IPV6;
    }

    private int mtuDiscoverOption() {
        return isIpv4() ? InHeader.IP_MTU_DISCOVER : InHeader.IPV6_MTU_DISCOVER;
    }

    private int tosOption() {
        return isIpv4() ? InHeader.IP_TOS : InHeader.IPV6_TCLASS;
    }

    private boolean isIpv4() {
        return icmpChannel.kind().family() == IpFamily.IPV4;
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
