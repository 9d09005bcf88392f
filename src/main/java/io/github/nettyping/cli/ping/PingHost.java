package io.github.nettyping.cli.ping;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.target.TargetWord;
import java.util.Optional;

/**
 * A host to ping, or a group of them. Immutable.
 *
 * @param word    as typed
 * @param source  the address of this machine that packets come from, if it is known
 * @param group   whether several hosts may answer
 */
public record PingHost(String word, IpAddress address, Optional<IpAddress> source, boolean group) {

    /** Tells whether a name was typed, and names are wanted in return. */
    boolean isNamed() {
        return TargetWord.of(word) == TargetWord.NAME;
    }

    boolean isThisMachine() {
        return source.isPresent() && source.get().equals(address);
    }
}
