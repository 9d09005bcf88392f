package io.github.nettyping.codec;

import io.github.nettyping.internal.Ranges;
import io.github.nettyping.packet.IpAddress;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a router tells about one of its interfaces in an ICMP error; it may leave out any of the four. Immutable.
 *
 * @param role    what the interface has to do with the packet
 * @param index   its ifIndex, 0 to 2<sup>32</sup>-1
 * @param address one of its addresses; a link-local one is on a link of the router, so it has no scope here
 * @param name    its name, at most 63 bytes of UTF-8; U+FFFD replaces terminal control characters
 * @param mtu     its MTU, 0 to 2<sup>32</sup>-1
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5837">RFC 5837</a>
 */
public record InterfaceInformation(
        Role role, OptionalLong index, Optional<IpAddress> address, Optional<String> name, OptionalLong mtu)
        implements ExtensionObject {

    static final int CLASS_NUMBER = 2;

    // Bits of the type, which is a bit field: RFC 5837, section 4.1. Their bit 0 is the most significant.
    static final int ROLE_SHIFT = 6;
    static final int HAS_INDEX = 0x08;
    static final int HAS_ADDRESS = 0x04;
    static final int HAS_NAME = 0x02;
    static final int HAS_MTU = 0x01;

    /** How an interface relates to the packet; in the order of their values. RFC 5837, section 4.1. */
    public enum Role {
        /** The packet arrived by this IP interface. */
        INCOMING(0),
        /** The packet arrived by this component, a link of a bundle, of that interface. */
        INCOMING_COMPONENT(1),
        /** The packet would have left by this IP interface. */
        OUTGOING(2),
        /** The packet would have gone to this next hop. */
        NEXT_HOP(3);

        private final int value;

        Role(int value) {
            this.value = value;
        }

        static Role of(int bits) {
            return switch (bits) {
                case 0 -> INCOMING;
                case 1 -> INCOMING_COMPONENT;
                case 2 -> OUTGOING;
                default -> NEXT_HOP;
            };
        }
    }

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of range; the message names it
     */
    public InterfaceInformation {
        index.ifPresent(value -> Ranges.require("index", value, 0, Fields.MAX_32_BITS));
        mtu.ifPresent(value -> Ranges.require("mtu", value, 0, Fields.MAX_32_BITS));
    }

    @Override
    public int classNumber() {
        return CLASS_NUMBER;
    }

    /** Returns the C-Type: the role, and a bit for each value that is present. */
    @Override
    public int type() {
        return role.value << ROLE_SHIFT
                | (index.isPresent() ? HAS_INDEX : 0)
                | (address.isPresent() ? HAS_ADDRESS : 0)
                | (name.isPresent() ? HAS_NAME : 0)
                | (mtu.isPresent() ? HAS_MTU : 0);
    }
}
