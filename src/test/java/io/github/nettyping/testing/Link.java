package io.github.nettyping.testing;

import java.time.Duration;
import java.util.Locale;

/**
 * A cable between two namespaces: a veth pair with addresses of both families. Immutable; it goes with either
 * namespace.
 *
 * @param device    the device's name, the same at both ends
 * @param near      the end that probes
 * @param far       the end that answers
 * @param nearIpv4  in 198.18.0.0/16 (RFC 2544), a network of 4 addresses for each link
 * @param farIpv4   the other host address of that network
 * @param nearIpv6  in fd00:18::/32 (RFC 4193), a /64 for each link
 * @param farIpv6   the other address of that network
 */
public record Link(
        String device,
        Namespace near,
        Namespace far,
        String nearIpv4,
        String farIpv4,
        String nearIpv6,
        String farIpv6) {

    /** 65,536 addresses that {@link #answerMany()} brings to life. */
    public static final String MANY_IPV4 = "198.19.0.0/16";

    /** 65,536 addresses that {@link #answerMany()} brings to life. */
    public static final String MANY_IPV6 = "fd00:19::/112";

    private static final Duration LIMIT = Await.LIMIT;

    /**
     * Joins two namespaces.
     *
     * @param near the end that probes
     * @param far  the end that answers
     * @return link 0: 198.18.0.1 and fd00:18::1 here, 198.18.0.2 and fd00:18::2 there
     */
    public static Link between(Namespace near, Namespace far) {
        return between(near, far, 0);
    }

    /**
     * Joins two namespaces, for networks of more than one link.
     *
     * @param near   the end that probes
     * @param far    the end that answers
     * @param number 0 to 16,383, once in a network: chooses the device's name and the addresses
     * @return the link, up at both ends
     */
    public static Link between(Namespace near, Namespace far, int number) {
        if (number < 0 || number > 16_383) {
            throw new IllegalArgumentException("number: " + number + " (expected: 0..16383)");
        }
        String device = "link" + number;
        String ipv4 = "198.18." + (number >> 6) + ".";
        int host = (number & 63) * 4;
        String ipv6 = "fd00:18" + (number == 0 ? "" : String.format(Locale.ROOT, ":%x", number)) + "::";
        Link link = new Link(device, near, far, ipv4 + (host + 1), ipv4 + (host + 2), ipv6 + 1, ipv6 + 2);
        // Both ends are born where they belong: none is ever in the machine's own namespace.
        near.ip("link", "add", device, "type", "veth", "peer", "name", device, "netns", far.name());
        up(near, device, link.nearIpv4, link.nearIpv6);
        up(far, device, link.farIpv4, link.farIpv6);
        awaitUp(near, device);
        awaitUp(far, device);
        return link;
    }

    /**
     * Puts 131,072 hosts at the far end, {@link #MANY_IPV4} and {@link #MANY_IPV6}, all of which answer.
     *
     * @return this link
     */
    public Link answerMany() {
        far.answerAll(MANY_IPV4);
        far.answerAll(MANY_IPV6);
        near.route(MANY_IPV4, farIpv4);
        near.route(MANY_IPV6, farIpv6);
        return this;
    }

    private static void up(Namespace end, String device, String ipv4, String ipv6) {
        end.ip("address", "add", ipv4 + "/30", "dev", device);
        end.ip("address", "add", ipv6 + "/64", "dev", device, "nodad");
        end.ip("link", "set", device, "up");
    }

    private static void awaitUp(Namespace end, String device) {
        // Whoever asks for one device makes the kernel bring its state up to date (rtnl_getlink); else that may take
        // it a second (net/core/link_watch.c), in which IPv6 discovers no neighbours.
        Await.until(device + " is up in " + end, LIMIT, () -> end.ip("link", "show", "dev", device)
                .contains("state UP"));
        Await.until(device + " has its addresses in " + end, LIMIT, () -> end.ip(
                        "-6", "address", "show", "dev", device, "tentative")
                .isBlank());
    }
}
