package io.github.nettyping.target;

/** The kind of target a word is, by its characters alone: a typing error never becomes a name query. Immutable. */
public enum TargetWord {
    /** Digits, dots, dashes, commas and slashes only: an IPv4 address, prefix, range or list. */
    IPV4,
    /** Holds a colon: an IPv6 address, prefix or range. */
    IPV6,
    /** Anything else: a host name, to be resolved before it is a target. */
    NAME;

    /**
     * {@return the only kind of target a word can be} It says what the word must be, not that it is well-formed.
     *
     * @param word a target as typed
     */
    public static TargetWord of(String word) {
        if (word.indexOf(':') >= 0) {
            return IPV6;
        }
        for (int i = 0; i < word.length(); i++) {
            if ("0123456789.-,/".indexOf(word.charAt(i)) < 0) {
                return NAME;
            }
        }
        return IPV4;
    }
}
