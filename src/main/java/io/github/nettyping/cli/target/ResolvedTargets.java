package io.github.nettyping.cli.target;

import io.github.nettyping.cli.output.ExitCode;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.target.Targets;
import java.util.Map;

/**
 * Targets after their names have been resolved. Immutable.
 *
 * @param names    of those that a name led to, the first name typed
 * @param complete whether every name led to one, as far as they were asked for
 * @param stopped  whether there were others to ask for
 */
public record ResolvedTargets(Targets targets, Map<IpAddress, String> names, boolean complete, boolean stopped) {

    public static ResolvedTargets of(Targets addresses) {
        return new ResolvedTargets(addresses, Map.of(), true, false);
    }

    public ExitCode exitCode() {
        return complete ? ExitCode.OK : ExitCode.UNRESOLVED;
    }
}
