package io.github.nettyping.server;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.server.config.TargetGroup;
import io.github.nettyping.target.Targets;
import java.util.List;
import java.util.Optional;

/**
 * Whom clients may have asked: a server that others reach must not scan for them. Immutable.
 *
 * <p>What was allowed at the start; else, if only this host can ask, anybody; else the configured targets.
 */
final class Permitted {

    private final Optional<TargetWords> words;

    private Permitted(Optional<TargetWords> words) {
        this.words = words;
    }

    static Permitted of(ServerSettings settings, List<TargetGroup> configured) {
        if (!settings.allow().isEmpty()) {
            return new Permitted(Optional.of(TargetWords.ofAll(settings.allow())));
        }
        return new Permitted(
                settings.isLocal()
                        ? Optional.empty()
                        : Optional.of(TargetWords.ofAll(configured.stream()
                                .flatMap(group -> group.hosts().stream())
                                .toList())));
    }

    /** Tells whether a name may be asked, whatever it stands for. */
    boolean permits(String word) {
        return words.isEmpty() || words.get().hasName(word);
    }

    boolean permits(IpAddress address) {
        return words.isEmpty() || words.get().addresses().contains(address);
    }

    /** Returns one that may not be asked; empty if all may. */
    Optional<IpAddress> refused(Targets targets) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        Targets rest = targets.without(words.get().addresses());
        return rest.count() == 0 ? Optional.empty() : Optional.of(rest.get(0));
    }
}
