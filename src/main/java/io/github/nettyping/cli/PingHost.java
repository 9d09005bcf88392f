package io.github.nettyping.cli;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.target.TargetWord;

/**
 * A host to ping. Immutable.
 *
 * @param word    as typed
 * @param address whom it stands for
 */
record PingHost(String word, IpAddress address) {

    /** Tells whether a name was typed, and names are wanted in return. */
    boolean isNamed() {
        return TargetWord.of(word) == TargetWord.NAME;
    }
}
