package io.github.nettyping.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.probe.ProbeOutcome;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The end of a channel's pipeline. */
class ProbeChannelTest {

    /** Writes down what it is told. */
    private static final class Events implements ProbeChannelOwner {
        private final List<String> told = new ArrayList<>();

        @Override
        public void onOutcome(ProbeOutcome outcome) {
            told.add("outcome");
        }

        @Override
        public void onReadComplete() {
            told.add("read complete");
        }

        @Override
        public void onFailure(Throwable cause) {
            told.add("failure");
        }

        @Override
        public void onClosed() {
            told.add("closed");
        }
    }

    /** Ends as the correlator does: with a "read complete". */
    private static final class EndingInReadComplete extends ChannelInboundHandlerAdapter {
        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            ctx.fireChannelReadComplete();
            ctx.fireChannelInactive();
        }
    }

    @Test
    void aChannelThatHasEndedAsksForNoMoreProbes() {
        Events events = new Events();
        EmbeddedChannel channel = new EmbeddedChannel(new EndingInReadComplete(), new ProbeChannel.Tail(events));
        channel.pipeline().fireChannelReadComplete();
        channel.close();

        assertThat(events.told).containsExactly("read complete", "closed");
    }
}
