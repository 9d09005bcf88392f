package io.github.nettyping.server;

import io.github.nettyping.server.config.ConfigurationException;
import io.github.nettyping.server.config.ServerConfiguration;
import io.github.nettyping.server.config.TargetGroup;
import io.github.nettyping.server.config.WebConfiguration;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a server is to do, as it was told at its start. Immutable.
 *
 * @param listen      where
 * @param config      modules and targets
 * @param targets     further targets, as typed
 * @param webConfig   certificates and users
 * @param allow       what may be asked, as typed; empty for what {@link Permitted} says then
 * @param buckets     upper bounds of the classic histogram, in seconds, ascending
 * @param maxProbes   probes that are asked for, at once
 * @param connections at once
 */
public record ServerSettings(
        List<InetSocketAddress> listen,
        Optional<Path> config,
        List<String> targets,
        Optional<Path> webConfig,
        List<String> allow,
        List<Double> buckets,
        int maxProbes,
        int connections) {

    /** Throws {@link IllegalArgumentException} that says which of the words typed is no target. */
    public void checkWords() {
        TargetWords.of(targets);
        TargetWords.of(allow);
    }

    /** Reads what is configured, as it is now. */
    ServerConfiguration configuration() throws ConfigurationException {
        ServerConfiguration read =
                config.isPresent() ? ServerConfiguration.read(config.get()) : ServerConfiguration.of(List.of());
        return targets.isEmpty() ? read : read.with(TargetGroup.of(targets));
    }

    WebConfiguration web() throws ConfigurationException {
        return webConfig.isPresent() ? WebConfiguration.read(webConfig.get()) : WebConfiguration.NONE;
    }

    boolean isLocal() {
        return listen.stream().allMatch(address -> address.getAddress().isLoopbackAddress());
    }
}
