package io.github.nettyping.packet;

import io.github.nettyping.internal.VisibleText;
import java.net.NetworkInterface;
import java.net.SocketException;

/**
 * Writes addresses as text: dotted quads, and RFC 5952 for IPv6. Stateless, safe for use by many threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5952">RFC 5952</a>
 */
public final class AddressFormat {

    private static final int GROUPS = 8;

    private AddressFormat() {}

    /**
     * Appends an address.
     *
     * @param out     where the text goes
     * @param address the address to append
     * @return {@code out}
     */
    public static StringBuilder append(StringBuilder out, IpAddress address) {
        if (address.family() == IpFamily.IPV4) {
            return appendIpv4(out, (int) address.low());
        }
        appendIpv6(out, address.high(), address.low());
        if (address.scopeId() != 0) {
            out.append('%').append(interfaceName(address.scopeId()));
        }
        return out;
    }

    /**
     * {@return the name of the interface that an IPv6 scope id is the index of, as a terminal may show it; the index if there
     * is none such in this network namespace}
     *
     * @param scopeId an interface index, 1 or more
     */
    public static String interfaceName(int scopeId) {
        try {
            NetworkInterface found = NetworkInterface.getByIndex(scopeId);
            return found == null ? Integer.toString(scopeId) : VisibleText.of(found.getName());
        } catch (SocketException e) {
            return Integer.toString(scopeId);
        }
    }

    private static StringBuilder appendIpv4(StringBuilder out, int bits) {
        return out.append(bits >>> 24)
                .append('.')
                .append((bits >>> 16) & 0xff)
                .append('.')
                .append((bits >>> 8) & 0xff)
                .append('.')
                .append(bits & 0xff);
    }

    private static void appendIpv6(StringBuilder out, long high, long low) {
        // Section 4.2: "::" replaces the longest run of zero groups, the first of equals, never a single one.
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < GROUPS; ) {
            int end = i;
            while (end < GROUPS && group(high, low, end) == 0) {
                end++;
            }
            if (end - i > bestLength) {
                bestStart = i;
                bestLength = end - i;
            }
            i = Math.max(end, i + 1);
        }
        for (int i = 0; i < GROUPS; i++) {
            if (i == bestStart) {
                out.append("::");
                i += bestLength - 1;
                continue;
            }
            if (i > 0 && i != bestStart + bestLength) {
                out.append(':');
            }
            out.append(Integer.toHexString(group(high, low, i)));
        }
    }

    private static int group(long high, long low, int index) {
        long half = index < 4 ? high : low;
        return (int) (half >>> (48 - 16 * (index & 3))) & 0xffff;
    }
}
