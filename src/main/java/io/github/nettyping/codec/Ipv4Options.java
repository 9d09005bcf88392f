package io.github.nettyping.codec;

import io.github.nettyping.internal.Ranges;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The options of an IPv4 header, as bytes and decoded. Immutable.
 *
 * @param octets a multiple of 4 bytes, at most 40
 * @see <a href="https://www.rfc-editor.org/rfc/rfc791#page-14">RFC 791, section 3.1, Options</a>
 */
public record Ipv4Options(Octets octets) {

    /** The most bytes that a header has for options. */
    public static final int MAX_BYTES = 40;

    /** No options. */
    public static final Ipv4Options NONE = new Ipv4Options(Octets.of());

    /**
     * Takes any bytes, even inconsistent ones, and fills them up with zeros, which end the list of options.
     *
     * @throws IllegalArgumentException if they are more than 40
     */
    public Ipv4Options {
        int bytes = octets.length();
        Ranges.require("options (bytes)", bytes, 0, MAX_BYTES);
        if (bytes % Integer.BYTES != 0) {
            int filled = bytes + Integer.BYTES - bytes % Integer.BYTES;
            octets = Octets.of(Arrays.copyOf(octets.toByteArray(), filled));
        }
    }

    /**
     * {@return options in an order, as bytes}
     *
     * @param options not more than fit into 40 bytes
     * @throws IllegalArgumentException if they do not fit
     */
    public static Ipv4Options of(Ipv4Option... options) {
        return new Ipv4Options(Ipv4OptionCodec.write(List.of(options)));
    }

    /** {@return how many bytes they take in a header: a multiple of 4, 0 to 40} */
    public int bytes() {
        return octets.length();
    }

    /**
     * Returns the decoded options, up to the end of the list.
     *
     * @return in the order of the header; the last one is {@link Ipv4Option.Malformed} if a length makes no sense
     */
    public List<Ipv4Option> list() {
        return Ipv4OptionCodec.read(octets.toByteArray());
    }

    /**
     * Returns the route that was recorded, or is to be.
     *
     * @return the first record route option, empty if there is none
     */
    public Optional<RouteOption> recordRoute() {
        return list().stream()
                .filter(RouteOption.class::isInstance)
                .map(RouteOption.class::cast)
                .filter(option -> option.kind() == RouteOption.Kind.RECORD)
                .findFirst();
    }
}
