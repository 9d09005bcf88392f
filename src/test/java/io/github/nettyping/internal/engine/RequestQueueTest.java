package io.github.nettyping.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestQueueTest {

    private final RequestQueue line = new RequestQueue();

    private static final class Numbered extends Request {
        private final int number;

        Numbered(int number) {
            super(IpAddress.ofIpv4(0x7f00_0001), ProbeOptions.defaults());
            this.number = number;
        }

        @Override
        public void outcome(ProbeOutcome outcome) {
            throw new AssertionError();
        }

        @Override
        public void closed(ClosedChannelException cause) {
            throw new AssertionError();
        }

        @Override
        public String toString() {
            return Integer.toString(number);
        }
    }

    @Test
    void firstComeFirstServed() {
        Numbered one = new Numbered(1);
        Numbered two = new Numbered(2);
        line.add(one);
        line.add(two);

        assertThat(line.peek()).isSameAs(one);
        assertThat(line.poll()).isSameAs(one);
        assertThat(one.queue()).isNull();
        assertThat(line.poll()).isSameAs(two);
        assertThat(line.poll()).isNull();
    }

    @Test
    void whatLeavesFromTheMiddleIsPassedOver() {
        Numbered one = new Numbered(1);
        Numbered two = new Numbered(2);
        Numbered three = new Numbered(3);
        List.of(one, two, three).forEach(line::add);
        line.remove(one);
        line.remove(two);

        assertThat(line.size()).isOne();
        assertThat(line.peek()).isSameAs(three);
        assertThat(line.poll()).isSameAs(three);
        assertThat(line.isEmpty()).isTrue();
    }

    @Test
    void keepsOrderAndCountWhateverLeavesWhen() {
        Random random = new Random(7);
        List<Request> expected = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            int choice = random.nextInt(10);
            if (choice < 5 || expected.isEmpty()) {
                Numbered request = new Numbered(i);
                expected.add(request);
                line.add(request);
            } else if (choice < 9) {
                line.remove(expected.remove(random.nextInt(expected.size())));
            } else {
                assertThat(line.poll()).isSameAs(expected.remove(0));
            }
            assertThat(line.size()).isEqualTo(expected.size());
        }
        List<Request> rest = new ArrayList<>();
        for (Request next = line.poll(); next != null; next = line.poll()) {
            rest.add(next);
        }

        assertThat(rest).isEqualTo(expected);
    }

    @Test
    void gapsNeverOutweighWhatWaits() {
        Numbered first = new Numbered(0);
        line.add(first);
        for (int i = 1; i < 100_000; i++) {
            Numbered request = new Numbered(i);
            line.add(request);
            line.remove(request);
        }

        assertThat(line.places()).isLessThan(100);
        assertThat(line.poll()).isSameAs(first);
    }
}
