package io.github.nettyping.target;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host in a word that says more than whom to ask, as people copy it from elsewhere. Immutable.
 *
 * @param problem what the word is
 * @param host    what of it names a host
 */
record HostInside(String problem, String host) {

    private static final Pattern URL =
            Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://(?:[^/@]*@)?(\\[[^\\]]+\\]|[^/:?#]+).*");

    /** In front of the colon is no IPv6 address. */
    private static final Pattern WITH_PORT =
            Pattern.compile("(\\[[^\\]]+\\]|[^:\\[\\]/]*[^:\\[\\]/0-9a-fA-F][^:\\[\\]/]*):[0-9]+");

    private static final Pattern IN_BRACKETS = Pattern.compile("(\\[[^\\]]+\\])");

    /** Returns the host in a word that is no target, if it is of a known kind. */
    static Optional<HostInside> of(String word) {
        return of(URL, word, "a URL")
                .or(() -> of(WITH_PORT, word, "a port, which ICMP does not have"))
                .or(() -> of(IN_BRACKETS, word, "an address in brackets"));
    }

    private static Optional<HostInside> of(Pattern form, String word, String problem) {
        Matcher matcher = form.matcher(word);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String host = matcher.group(1);
        return Optional.of(new HostInside(problem, host.startsWith("[") ? host.substring(1, host.length() - 1) : host));
    }
}
