package io.github.nettyping.codec;

import io.github.nettyping.internal.Ranges;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * An IPv4 header, to be sent by a raw socket with {@code IP_HDRINCL} or as it was received. Immutable.
 *
 * <p>Version, header length, total length and checksum follow from the rest; {@link #encode} writes them. The flag that
 * RFC 791 reserves is always 0.
 *
 * <table class="striped">
 * <caption>What Linux makes of the header it is given, raw(7)</caption>
 * <thead><tr><th scope="col">field</th><th scope="col">on the wire</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">total length, checksum</th><td>always the kernel's</td></tr>
 * <tr><th scope="row">identification</th><td>the kernel's if it is 0</td></tr>
 * <tr><th scope="row">source</th><td>the kernel's if it is empty</td></tr>
 * <tr><th scope="row">all others</th><td>as given; the socket's own options for them are not asked</td></tr>
 * </tbody></table>
 *
 * <p>The kernel sends such a packet to the address given beside it, {@code IcmpPacket.peer()}, whatever destination the
 * header names, and never fragments it: longer than the MTU it is refused with {@code EMSGSIZE}.
 *
 * @param typeOfService       six bits of DSCP, then two of ECN, 0 to 255
 * @param identification      what the fragments of one packet share, 0 to 65535; 0 lets the kernel choose
 * @param dontFragment        whether no router may fragment the packet
 * @param moreFragments       whether this is a fragment, and not the last one
 * @param fragmentOffsetBytes where this fragment's data belong in the whole packet's, a multiple of 8, 0 to 65528
 * @param ttl                 time to live, 0 to 255
 * @param protocol            of the data, 0 to 255; 1 is ICMP
 * @param source              an IPv4 address; empty, {@code 0.0.0.0} on the wire, lets the kernel choose
 * @param destination         an IPv4 address; with a source route, the first node of that
 * @param options             what follows the fixed part
 * @see <a href="https://www.rfc-editor.org/rfc/rfc791#section-3.1">RFC 791, section 3.1</a>
 */
public record Ipv4Header(
        int typeOfService,
        int identification,
        boolean dontFragment,
        boolean moreFragments,
        int fragmentOffsetBytes,
        int ttl,
        int protocol,
        Optional<IpAddress> source,
        IpAddress destination,
        Ipv4Options options) {

    private static final int ECN_BITS = 2;
    private static final int ECN_MASK = 3;
    private static final int MAX_DSCP = 63;
    private static final int MAX_PACKET_BYTES = 65_535;
    private static final int BROADCAST = -1;

    /**
     * Checks what the fields can hold. Whether a host may send it is checked by {@link Builder#build()} and
     * {@link #encode}.
     *
     * @throws IllegalArgumentException if a value does not fit; the message names the field
     */
    public Ipv4Header {
        Ranges.require("typeOfService", typeOfService, 0, Fields.MAX_8_BITS);
        Ranges.require("identification", identification, 0, Fields.MAX_16_BITS);
        Ranges.require("fragmentOffsetBytes", fragmentOffsetBytes, 0, Ipv4Layout.MAX_FRAGMENT_OFFSET_BYTES);
        Ranges.require("ttl", ttl, 0, Fields.MAX_8_BITS);
        Ranges.require("protocol", protocol, 0, Fields.MAX_8_BITS);
        if (fragmentOffsetBytes % Ipv4Layout.FRAGMENT_UNIT_BYTES != 0) {
            throw new IllegalArgumentException(
                    "fragmentOffsetBytes: " + fragmentOffsetBytes + " (expected: a multiple of 8)");
        }
        source.ifPresent(address -> requireIpv4("source", address));
        requireIpv4("destination", destination);
        source = source.filter(address -> !address.isAnyLocal());
    }

    private static void requireIpv4(String field, IpAddress address) {
        if (address.family() != IpFamily.IPV4) {
            throw new IllegalArgumentException(field + ": " + address + " (expected: IPv4)");
        }
    }

    /**
     * {@return a new builder with the defaults} The kernel's source and identification, a time to live of 64, ICMP, no
     * flags, no options.
     *
     * @param destination an IPv4 address
     */
    public static Builder builder(IpAddress destination) {
        return new Builder(destination);
    }

    /**
     * Reads the header at the beginning of a packet.
     *
     * @param packet its readable bytes begin with the header; neither retained nor changed
     * @return the header; empty if it is no whole IPv4 header. Neither its checksum nor its total length is looked at
     */
    public static Optional<Ipv4Header> decode(ByteBuf packet) {
        return Ipv4HeaderCodec.read(packet, packet.readerIndex(), packet.writerIndex());
    }

    /** {@return the length of the header in bytes, options included, 20 to 60} */
    public int headerBytes() {
        return Ipv4Layout.MIN_BYTES + options.bytes();
    }

    /** {@return the class of service of RFC 2474: the upper six bits of the type of service, 0 to 63} */
    public int dscp() {
        return typeOfService >>> ECN_BITS;
    }

    /** {@return the congestion notification of RFC 3168: the lower two bits of the type of service, 0 to 3} */
    public int ecn() {
        return typeOfService & ECN_MASK;
    }

    /**
     * Writes this header before a message.
     *
     * <p>The checksum of an ICMP message is over the whole message. So a message that is sent in fragments is encoded
     * first, and each slice of it gets a header.
     *
     * @param message takes ownership of it unless this method throws: an ICMP message with its checksum, see {@link
     *                IcmpEncoder#encode}, or a part of one. The header goes into the unused bytes before its reader
     *                index; where there are too few, or they may not be written, the message is copied
     * @return a buffer, which the caller owns, of header and message
     * @throws IllegalArgumentException if a host must not send this header, if header and message are longer than 65,535
     *                                  bytes, if the packet put together from fragments would be, or if more fragments
     *                                  follow and this one's data are no multiple of 8 bytes; the message names the
     *                                  field
     */
    public ByteBuf encode(ByteBuf message) {
        requireSendable();
        int dataBytes = message.readableBytes();
        Ranges.require("total length", headerBytes() + dataBytes, headerBytes(), MAX_PACKET_BYTES);
        if (fragmentOffsetBytes + headerBytes() + dataBytes > MAX_PACKET_BYTES) {
            throw new IllegalArgumentException("fragmentOffsetBytes: " + fragmentOffsetBytes + " (expected: at most "
                    + (MAX_PACKET_BYTES - headerBytes() - dataBytes) + " with " + dataBytes + " bytes of data)");
        }
        if (moreFragments && dataBytes % Ipv4Layout.FRAGMENT_UNIT_BYTES != 0) {
            throw new IllegalArgumentException(
                    "moreFragments: true with " + dataBytes + " bytes of data (expected: a multiple of 8)");
        }
        return Ipv4HeaderCodec.write(this, message);
    }

    private void requireSendable() {
        // RFC 1122, section 3.2.1.7.
        Ranges.require("ttl", ttl, 1, Fields.MAX_8_BITS);
        // RFC 1122, section 3.2.1.3.
        source.filter(address -> address.isMulticast() || address.ipv4Bits() == BROADCAST)
                .ifPresent(address -> {
                    throw new IllegalArgumentException("source: " + address + " (expected: one host's address)");
                });
        if (destination.isAnyLocal()) {
            throw new IllegalArgumentException("destination: " + destination + " (expected: an address)");
        }
    }

    /** {@return a new builder with the values of this header} */
    public Builder toBuilder() {
        Builder builder = builder(destination)
                .typeOfService(typeOfService)
                .identification(identification)
                .dontFragment(dontFragment)
                .moreFragments(moreFragments)
                .fragmentOffsetBytes(fragmentOffsetBytes)
                .ttl(ttl)
                .protocol(protocol)
                .options(options);
        source.ifPresent(builder::source);
        return builder;
    }

    /** Collects fields; they are checked by {@link #build()}. Not safe for use by several threads at once. */
    public static final class Builder {

        private static final int DEFAULT_TTL = 64;

        private final IpAddress destination;
        private int typeOfService;
        private int identification;
        private boolean dontFragment;
        private boolean moreFragments;
        private int fragmentOffsetBytes;
        private int ttl = DEFAULT_TTL;
        private int protocol = Ipv4Layout.PROTOCOL_ICMP;
        private Optional<IpAddress> source = Optional.empty();
        private Ipv4Options options = Ipv4Options.NONE;

        private Builder(IpAddress destination) {
            this.destination = destination;
        }

        /**
         * Sets DSCP and ECN together.
         *
         * @param value 0 to 255
         * @return this builder
         */
        public Builder typeOfService(int value) {
            this.typeOfService = value;
            return this;
        }

        /**
         * Sets the class of service.
         *
         * @param value 0 to 63
         * @return this builder
         * @throws IllegalArgumentException if the value is out of range
         */
        public Builder dscp(int value) {
            Ranges.require("dscp", value, 0, MAX_DSCP);
            this.typeOfService = (value << ECN_BITS) | (typeOfService & ECN_MASK);
            return this;
        }

        /**
         * Sets the congestion notification.
         *
         * @param value 0 to 3
         * @return this builder
         * @throws IllegalArgumentException if the value is out of range
         */
        public Builder ecn(int value) {
            Ranges.require("ecn", value, 0, ECN_MASK);
            this.typeOfService = (typeOfService & ~ECN_MASK) | value;
            return this;
        }

        /**
         * Sets the identification.
         *
         * @param value 1 to 65535, or 0 to let the kernel choose
         * @return this builder
         */
        public Builder identification(int value) {
            this.identification = value;
            return this;
        }

        /**
         * Sets whether no router may fragment the packet. A fragment may say so too: RFC 6864, section 4.
         *
         * @param value whether none may
         * @return this builder
         */
        public Builder dontFragment(boolean value) {
            this.dontFragment = value;
            return this;
        }

        /**
         * Sets whether this is a fragment, and not the last one.
         *
         * @param value whether more follow
         * @return this builder
         */
        public Builder moreFragments(boolean value) {
            this.moreFragments = value;
            return this;
        }

        /**
         * Sets the place of this fragment's data in the data of the whole packet.
         *
         * @param value bytes, a multiple of 8, 0 to 65528
         * @return this builder
         */
        public Builder fragmentOffsetBytes(int value) {
            this.fragmentOffsetBytes = value;
            return this;
        }

        /**
         * Sets the time to live.
         *
         * @param value 1 to 255
         * @return this builder
         */
        public Builder ttl(int value) {
            this.ttl = value;
            return this;
        }

        /**
         * Sets the protocol of the data.
         *
         * @param value 0 to 255
         * @return this builder
         */
        public Builder protocol(int value) {
            this.protocol = value;
            return this;
        }

        /**
         * Sets the source; the kernel does not check whose address it is.
         *
         * @param value an IPv4 address of one host; {@code 0.0.0.0} lets the kernel choose
         * @return this builder
         */
        public Builder source(IpAddress value) {
            this.source = Optional.of(value);
            return this;
        }

        /**
         * Sets the options.
         *
         * @param value what follows the fixed part
         * @return this builder
         */
        public Builder options(Ipv4Options value) {
            this.options = value;
            return this;
        }

        /**
         * {@return the header that was set}
         *
         * @throws IllegalArgumentException if a value does not fit its field, or if a host must not send it: a time to
         *                                  live of 0, a source that is no one host's; the message names the field
         */
        public Ipv4Header build() {
            Ipv4Header header = new Ipv4Header(
                    typeOfService,
                    identification,
                    dontFragment,
                    moreFragments,
                    fragmentOffsetBytes,
                    ttl,
                    protocol,
                    source,
                    destination,
                    options);
            header.requireSendable();
            return header;
        }
    }
}
