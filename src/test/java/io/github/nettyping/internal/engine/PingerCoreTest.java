package io.github.nettyping.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.IpFamily;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The end of all that a pinger does. */
class PingerCoreTest {

    private final TestLoop loop = new TestLoop();
    private final PingerCore core = new PingerCore(loop.eventLoop());

    @Test
    void whatFailsToEndKeepsNothingElseFromItsEnd() {
        List<ClosedChannelException> told = new ArrayList<>();
        FakeSender sender = new FakeSender(loop);
        core.sender(IpFamily.IPV4, sender);
        core.sender(IpFamily.IPV6, new FakeSender(loop) {
            @Override
            public void close(ClosedChannelException cause, Runnable whenOver) {
                throw new AssertionError("a sender's trouble");
            }
        });
        core.add(cause -> {
            throw new AssertionError("a session's trouble");
        });
        core.add(told::add);
        ClosedChannelException cause = new ClosedChannelException();
        core.close(cause);

        assertThat(told).containsExactly(cause);
        assertThat(sender.closed).isTrue();
        assertThat(core.end()).isCompleted();
    }

    @Test
    void endsOnlyWhenAllSendersHave() {
        List<Runnable> overs = new ArrayList<>();
        for (IpFamily family : IpFamily.values()) {
            core.sender(family, new FakeSender(loop) {
                @Override
                public void close(ClosedChannelException cause, Runnable whenOver) {
                    overs.add(whenOver);
                }
            });
        }
        core.close(new ClosedChannelException());
        overs.get(0).run();
        overs.get(0).run();
        assertThat(core.end()).isNotDone();
        overs.get(1).run();

        assertThat(core.end()).isCompleted();
    }
}
