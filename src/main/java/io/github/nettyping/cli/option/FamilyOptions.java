package io.github.nettyping.cli.option;

import io.github.nettyping.packet.IpFamily;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which addresses of host names are taken. To be mixed into a command; confined to its thread. */
public final class FamilyOptions {

    @Option(names = "-4", description = "Resolve host names to IPv4 addresses only.")
    private boolean ipv4;

    @Option(names = "-6", description = "Resolve host names to IPv6 addresses only.")
    private boolean ipv6;

    public Optional<IpFamily> family() {
        if (ipv4 && ipv6) {
            throw new IllegalArgumentException("-4 and -6 together leave no address; name one of them");
        }
        if (ipv4) {
            return Optional.of(IpFamily.IPV4);
        }
        return ipv6 ? Optional.of(IpFamily.IPV6) : Optional.empty();
    }
}
