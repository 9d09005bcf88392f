package io.github.nettyping.trace;

import io.github.nettyping.codec.ExtensionObject;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.codec.MplsLabelStack;
import io.github.nettyping.packet.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a {@link Trace} has learned about one hop of the path: who answers the probes that get so far. Immutable.
 *
 * <p>Only the target's own replies are authenticated; anybody who saw a probe may have sent the other answers. Routers
 * limit how many errors they send, so an unanswered probe here says nothing about later hops.
 *
 * @param number      how many hops the probes were given, 1 to 255
 * @param from        who answered, each address once, in the order of their first answers, unmodifiable: several if the path differs
 *                    from probe to probe; none if nobody answered, or the kernel told no address
 * @param sent        probes that left this machine and have been answered or waited for in vain
 * @param received    those of them that were answered
 * @param sentInVain  probes that cannot be counted: this machine refused to send them, or dropped packets for lack of
 *                    buffer space while they waited
 * @param times       how long the answers took; empty if there was none
 * @param mtu         the largest packet that the path beyond this hop takes, IP header included, as the router told
 *                    about a longer one
 * @param extensions  extensions of the newest answer with any: MPLS labels, interfaces; unmodifiable
 * @param error       the newest answer that was neither a reply nor "out of hops": why the probes get no further
 * @param newest      the probes of the newest cycle, except those sent in vain, in the order in which it was known what became
 *                    of them; unmodifiable
 */
public record Hop(
        int number,
        List<IpAddress> from,
        long sent,
        long received,
        long sentInVain,
        Optional<HopTimes> times,
        OptionalInt mtu,
        List<ExtensionObject> extensions,
        Optional<IcmpError> error,
        List<HopAnswer> newest) {

    /** {@return whether probes were sent and none was answered} */
    public boolean isSilent() {
        return sent > 0 && received == 0;
    }

    /** {@return which share of the probes was not answered, 0 to 1; 0 if nothing was sent} */
    public double loss() {
        return sent == 0 ? 0 : (double) (sent - received) / sent;
    }

    /** {@return the MPLS labels among the extensions, the outermost first} */
    public List<MplsLabelStack.Label> mplsLabels() {
        List<MplsLabelStack.Label> labels = new ArrayList<>();
        for (ExtensionObject extension : extensions) {
            if (extension instanceof MplsLabelStack stack) {
                labels.addAll(stack.labels());
            }
        }
        return labels;
    }
}
