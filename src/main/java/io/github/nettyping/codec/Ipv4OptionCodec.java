package io.github.nettyping.codec;

import io.github.nettyping.codec.Ipv4Option.Malformed;
import io.github.nettyping.codec.Ipv4Option.NoOperation;
import io.github.nettyping.codec.Ipv4Option.Other;
import io.github.nettyping.codec.Ipv4Option.RouterAlert;
import io.github.nettyping.packet.IpAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes options of the IPv4 header. RFC 791, section 3.1. */
final class Ipv4OptionCodec {

    private static final int END_OF_LIST = 0;
    private static final int NO_OPERATION = 1;
    private static final int ROUTER_ALERT = 148;

    // Every option except the two above: type, length (of all three), data.
    private static final int LENGTH = 1;
    private static final int DATA = 2;

    private static final int ROUTER_ALERT_BYTES = 4;
    private static final int FLAG_MASK = 0xf;
    private static final int OVERFLOW_SHIFT = 4;

    private Ipv4OptionCodec() {}

    static List<Ipv4Option> read(byte[] bytes) {
        ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
        List<Ipv4Option> options = new ArrayList<>();
        int at = 0;
        while (at < bytes.length && buffer.getUnsignedByte(at) != END_OF_LIST) {
            if (buffer.getUnsignedByte(at) == NO_OPERATION) {
                options.add(new NoOperation());
                at++;
                continue;
            }
            int length = bytes.length - at < DATA ? 0 : buffer.getUnsignedByte(at + LENGTH);
            if (length < DATA || length > bytes.length - at) {
                options.add(new Malformed(Octets.copyOf(buffer, at, bytes.length)));
                break;
            }
            options.add(readOne(buffer, at, length));
            at += length;
        }
        return List.copyOf(options);
    }

    private static Ipv4Option readOne(ByteBuf buffer, int start, int length) {
        int type = buffer.getUnsignedByte(start);
        Ipv4Option known = null;
        if (type == TimestampOption.TYPE) {
            known = timestamps(buffer, start, length);
        } else if (type == ROUTER_ALERT && length == ROUTER_ALERT_BYTES) {
            known = new RouterAlert(buffer.getUnsignedShort(start + DATA));
        } else {
            for (RouteOption.Kind kind : RouteOption.Kind.values()) {
                known = type == kind.type() ? route(kind, buffer, start, length) : known;
            }
        }
        return known == null ? new Other(type, Octets.copyOf(buffer, start + DATA, start + length)) : known;
    }

    private static @Nullable RouteOption route(RouteOption.Kind kind, ByteBuf buffer, int start, int length) {
        int bytes = length - RouteOption.HEADER_BYTES;
        if (bytes < 0 || bytes % Integer.BYTES != 0) {
            return null;
        }
        List<IpAddress> addresses = new ArrayList<>();
        for (int at = start + RouteOption.HEADER_BYTES; at < start + length; at += Integer.BYTES) {
            addresses.add(IpAddress.ofIpv4(buffer.getInt(at)));
        }
        return new RouteOption(kind, buffer.getUnsignedByte(start + DATA), addresses);
    }

    private static @Nullable TimestampOption timestamps(ByteBuf buffer, int start, int length) {
        int bytes = length - TimestampOption.HEADER_BYTES;
        TimestampOption.Mode mode = bytes < 0 ? null : mode(buffer.getByte(start + DATA + 1) & FLAG_MASK);
        if (mode == null || bytes % mode.entryBytes() != 0) {
            return null;
        }
        List<TimestampOption.Entry> entries = new ArrayList<>();
        for (int at = start + TimestampOption.HEADER_BYTES; at < start + length; at += mode.entryBytes()) {
            boolean hasAddress = mode != TimestampOption.Mode.TIMES;
            entries.add(new TimestampOption.Entry(
                    hasAddress ? Optional.of(IpAddress.ofIpv4(buffer.getInt(at))) : Optional.empty(),
                    new TimeOfDay(buffer.getInt(hasAddress ? at + Integer.BYTES : at))));
        }
        int overflow = buffer.getUnsignedByte(start + DATA + 1) >>> OVERFLOW_SHIFT;
        return new TimestampOption(mode, buffer.getUnsignedByte(start + DATA), overflow, entries);
    }

    private static TimestampOption.@Nullable Mode mode(int flag) {
        for (TimestampOption.Mode mode : TimestampOption.Mode.values()) {
            if (mode.flag() == flag) {
                return mode;
            }
        }
        return null;
    }

    static Octets write(List<Ipv4Option> options) {
        ByteBuf out = Unpooled.buffer(Ipv4Options.MAX_BYTES);
        options.forEach(option -> write(out, option));
        return Octets.of(ByteBufUtil.getBytes(out));
    }

    private static void write(ByteBuf out, Ipv4Option option) {
        if (option instanceof NoOperation) {
            out.writeByte(NO_OPERATION);
        } else if (option instanceof RouterAlert alert) {
            out.writeByte(ROUTER_ALERT).writeByte(ROUTER_ALERT_BYTES).writeShort(alert.value());
        } else if (option instanceof RouteOption route) {
            int bytes = RouteOption.HEADER_BYTES + route.addresses().size() * Integer.BYTES;
            out.writeByte(route.kind().type()).writeByte(bytes).writeByte(route.pointer());
            route.addresses().forEach(address -> out.writeInt(address.ipv4Bits()));
        } else if (option instanceof TimestampOption timestamps) {
            write(out, timestamps);
        } else if (option instanceof Other other) {
            out.writeByte(other.type()).writeByte(DATA + other.data().length());
            other.data().writeTo(out);
        } else if (option instanceof Malformed malformed) {
            malformed.rest().writeTo(out);
        }
    }

    private static void write(ByteBuf out, TimestampOption option) {
        TimestampOption.Mode mode = option.mode();
        out.writeByte(TimestampOption.TYPE);
        out.writeByte(TimestampOption.HEADER_BYTES + option.entries().size() * mode.entryBytes());
        out.writeByte(option.pointer()).writeByte(option.overflow() << OVERFLOW_SHIFT | mode.flag());
        for (TimestampOption.Entry entry : option.entries()) {
            entry.address().ifPresent(address -> out.writeInt(address.ipv4Bits()));
            out.writeInt(entry.time().bits());
        }
    }
}
