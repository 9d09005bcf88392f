package io.github.nettyping.examples;

import io.github.nettyping.Pinger;
import io.github.nettyping.probe.DestinationUnreachableException;
import io.github.nettyping.probe.FragmentationNeededException;
import io.github.nettyping.probe.HostUnreachableException;
import io.github.nettyping.probe.ProbeException;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeTimeoutException;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.TimeExceededException;
import java.net.InetAddress;

/** One ping, for those who catch. */
final class OrThrowExample {

    private OrThrowExample() {}

    // tag::or-throw
    static String verdict(Pinger pinger, InetAddress host, ProbeOptions options) {
        try {
            Replied reply = pinger.ping(host, options).join().orThrow();
            return "alive, " + reply.rttNanos() + " ns";
        } catch (HostUnreachableException e) {
            return "nobody there, says " + e.error().from().orElseThrow();
        } catch (FragmentationNeededException e) {
            return "too long for a link of " + e.nextHopMtu().orElseThrow() + " bytes";
        } catch (DestinationUnreachableException | TimeExceededException e) {
            return "not reached: " + e.error().name();
        } catch (ProbeTimeoutException e) {
            return "silent to " + e.outcome().attempts() + " tries";
        } catch (ProbeException e) {
            return e.getMessage(); // Another ICMP error, or trouble on this machine.
        }
    }
    // end::or-throw
}
