package io.github.nettyping.cli.target;

import io.github.nettyping.target.TargetWord;
import io.github.nettyping.target.Targets;
import java.net.IDN;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/** Internationalised host names in the form the DNS knows: the JDK's resolver takes no other. Stateless. */
final class AsciiName {

    /** What gai_strerror(3) says of EAI_IDN_ENCODE, and so ping(8). */
    private static final String NOT_ENCODABLE = "Parameter string not correctly encoded";

    /**
     * Letters that lead to one host by the rules of 2003, which are {@link IDN}'s, and to another by those of 2008: the
     * sharp s, small and capital, and the final sigma.
     *
     * @see <a href="https://www.unicode.org/reports/tr46/#Deviations">UTS #46, Deviations</a>
     */
    private static final String DEVIATIONS = "\u00df\u1e9e\u03c2";

    private AsciiName() {}

    /** Returns a well-formed host name in ASCII: {@code xn--bcher-kva.example} for {@code bücher.example}. */
    static String of(String name) throws UnknownHostException {
        if (StandardCharsets.US_ASCII.newEncoder().canEncode(name)) {
            return name;
        }
        for (int i = 0; i < name.length(); i++) {
            if (DEVIATIONS.indexOf(name.charAt(i)) >= 0) {
                throw new UnknownHostException(name + ": with '" + name.charAt(i)
                        + "' it is another host to other programs; give its xn-- form");
            }
        }
        String ascii;
        try {
            // Unassigned in Unicode 3.2, which the rules of 2003 know.
            ascii = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
            Targets.builder().hostNames(wellFormed -> {}).add(ascii);
        } catch (IllegalArgumentException e) {
            throw notEncodable(name);
        }
        // Digits of full width may have become an address.
        if (TargetWord.of(ascii) != TargetWord.NAME) {
            throw notEncodable(name);
        }
        return ascii;
    }

    private static UnknownHostException notEncodable(String name) {
        return new UnknownHostException(name + ": " + NOT_ENCODABLE);
    }
}
