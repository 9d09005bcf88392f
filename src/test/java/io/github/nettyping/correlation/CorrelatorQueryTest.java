package io.github.nettyping.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.codec.EchoRequest;
import io.github.nettyping.codec.ExtendedEchoReply;
import io.github.nettyping.codec.ExtendedEchoRequest;
import io.github.nettyping.codec.InterfaceIdentification;
import io.github.nettyping.codec.QueryMessage;
import io.github.nettyping.codec.TimeOfDay;
import io.github.nettyping.codec.TimestampReply;
import io.github.nettyping.codec.TimestampRequest;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver.Rejection;
import io.github.nettyping.probe.ProbeOptions;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Queries other than echo go past the correlator, both ways. */
class CorrelatorQueryTest {

    private static final IpAddress PEER = IpAddress.ofIpv4(0xc000_0201);
    private static final TimeOfDay TIME = TimeOfDay.ofMillis(1);

    static Stream<QueryMessage> queries() {
        return Stream.of(
                new TimestampRequest(PEER, FakeIcmpChannel.IDENTIFIER, 0, TIME),
                new TimestampReply(PEER, 0, FakeIcmpChannel.IDENTIFIER, 0, TIME, TIME, TIME, Optional.empty()),
                new ExtendedEchoRequest(
                        PEER, FakeIcmpChannel.IDENTIFIER, 0, true, new InterfaceIdentification.ByIndex(1)),
                new ExtendedEchoReply(
                        PEER, 0, FakeIcmpChannel.IDENTIFIER, 0, Optional.empty(), true, true, false, Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void aQueryPassesDownAndUpAndEndsNoProbe(QueryMessage query) {
        RecordingObserver observer = new RecordingObserver();
        ProbeCorrelator correlator =
                FakeIcmpChannel.correlator().observer(observer).build();
        EmbeddedChannel channel = new EmbeddedChannel(correlator);
        Probe probe = new Probe(PEER, ProbeOptions.defaults());
        channel.writeOutbound(probe);
        EchoRequest request = channel.readOutbound();

        channel.writeOutbound(query);
        assertThat(channel.<Object>readOutbound()).isSameAs(query);
        channel.writeInbound(query);

        assertThat(channel.<Object>readInbound()).isSameAs(query);
        assertThat(probe.isInFlight()).isTrue();
        assertThat(correlator.statistics().rejected().type()).isOne();
        assertThat(observer.rejected).singleElement().satisfies(rejected -> assertThat(rejected.reason())
                .isEqualTo(Rejection.TYPE));
        channel.finishAndReleaseAll();
        request.release();
    }
}
