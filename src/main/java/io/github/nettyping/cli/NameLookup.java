package io.github.nettyping.cli;

import io.github.nettyping.packet.IpFamily;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Resolves host names by the JDK, several at once, on threads of its own, never on an event loop. Skeleton. */
final class NameLookup implements AutoCloseable {

    /** {@code family}: only addresses of that family; empty for both, IPv4 first. */
    NameLookup(Optional<IpFamily> family) {}

    /** Returns the addresses of a name or a literal, at least one; fails with UnknownHostException, whose message is "NAME: what the resolver said". */
    CompletableFuture<List<InetAddress>> addresses(String name) {
        return skeleton();
    }

    /** Returns the name an address has in the reverse direction, if it has one; never fails. */
    CompletableFuture<Optional<String>> name(InetAddress address) {
        return skeleton();
    }

    @Override
    public void close() {}

    @SuppressWarnings({"DoNotCallSuggester", "TypeParameterUnusedInFormals"})
    static <T> T skeleton() {
        throw new UnsupportedOperationException("skeleton");
    }
}
