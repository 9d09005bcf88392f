package io.github.nettyping.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.correlation.FakeIcmpChannel.Reply;
import io.github.nettyping.correlation.FakeIcmpChannel.Sent;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A process, or a whole machine, that stands still at any step of a probe's way, again and again, while every host answers in
 * time: not one may be called dead.
 */
class PausesAtEveryStepTest {

    private static final long TIMEOUT_NANOS = 200_000_000;
    /** Hosts answer in time, if only just: deadlines are looked at once in a tick. */
    private static final long LONGEST_RTT_NANOS = TIMEOUT_NANOS - 2 * DeadlineQueue.TICK_NANOS;

    private static final int PROBES = 400;
    private static final int IN_FLIGHT = 40;
    private static final int RUNS = 20;

    private enum Step {
        WRITE,
        SEND,
        SENT,
        WAIT,
        DRAIN,
        READ,
        OUTCOME,
        OUTCOMES_OVER
    }

    /** A packet of the network: on its way back. */
    private record OnTheWay(Sent packet, long arrivesNanos) {}

    private record Pause(long fromNanos, long toNanos) {}

    private final class World extends ChannelInboundHandlerAdapter implements ProbeObserver {

        private final SplittableRandom random;
        /** What stands still: this process, while the kernel stamps what comes; or the machine with its kernel. */
        private final boolean machine;

        private final boolean stamped;
        private final Set<Step> steps;
        private final double chance;
        private final List<OnTheWay> network = new ArrayList<>();
        private final List<Pause> pauses = new ArrayList<>();
        private final List<ProbeOutcome> dead = new ArrayList<>();
        private int written;
        private int alive;
        private int unnoticed;
        private final IdentityHashMap<Probe, Long> deadlines = new IdentityHashMap<>();
        private int seen;

        World(int seed, boolean machine, boolean stamped, Set<Step> steps, double chance) {
            this.random = new SplittableRandom(seed);
            this.machine = machine;
            this.stamped = stamped;
            this.steps = steps;
            this.chance = chance;
        }

        private void maybeStandStill(Step step) {
            // A stamp cannot tell the end of one pause from the beginning of the next.
            boolean apart = !machine
                    || pauses.isEmpty()
                    || channel.now() - pauses.get(pauses.size() - 1).toNanos > 2 * Expiry.PAUSE_NANOS;
            if (apart && steps.contains(step) && random.nextDouble() < chance) {
                long from = channel.now();
                channel.standStill(random.nextLong(1_000_000, 500_000_000));
                pauses.add(new Pause(from, channel.now()));
            }
        }

        void write() {
            maybeStandStill(Step.WRITE);
            ProbeOptions options = ProbeOptions.builder()
                    .attempts(1)
                    .timeout(Duration.ofNanos(TIMEOUT_NANOS))
                    .build();
            IpAddress target = IpAddress.ofIpv4(0xc613_0000 + ++written);
            channel.write(new Probe(target, options), channel.newPromise());
        }

        void flush() {
            maybeStandStill(Step.WRITE);
            channel.flush();
        }

        /** Runs before a packet leaves and after it. */
        void inSend() {
            for (; seen < channel.sent.size(); seen++) {
                long rtt = random.nextLong(1_000_000, LONGEST_RTT_NANOS);
                network.add(new OnTheWay(channel.sent.get(seen), channel.now() + rtt));
            }
            maybeStandStill(Step.SEND);
        }

        @Override
        public void onSent(Probe probe, int attempt, long sentAtNanos) {
            deadlines.put(probe, channel.now() + TIMEOUT_NANOS);
            maybeStandStill(Step.SENT);
        }

        /** A pause of the machine that ends about when the deadline passes cannot be told from a timer that is a little late. */
        private boolean wentOnAtTheDeadline(Probe probe) {
            long deadline = deadlines.get(probe);
            return pauses.stream()
                    .mapToLong(pause -> pause.toNanos - deadline)
                    .anyMatch(late -> late >= -2 * DeadlineQueue.TICK_NANOS
                            && late <= Expiry.PAUSE_NANOS + 2 * DeadlineQueue.TICK_NANOS);
        }

        /** Returns when the kernel has a packet in its hands: if it stood still, shortly after it went on. */
        private long stamp(long arrivesNanos) {
            long stamp = arrivesNanos;
            for (Pause pause : pauses) {
                if (machine && pause.fromNanos <= stamp && stamp < pause.toNanos) {
                    stamp = pause.toNanos + 1_000_000;
                }
            }
            return stamp;
        }

        /** Passes up what has come; returns whether anything had. */
        boolean read() {
            List<OnTheWay> come = network.stream()
                    .filter(packet -> stamp(packet.arrivesNanos) <= channel.now())
                    .toList();
            network.removeAll(come);
            for (OnTheWay next : come) {
                long stamp = stamp(next.arrivesNanos);
                Reply reply = channel.reply(next.packet).arrived(stamp);
                channel.pipeline().fireChannelRead((stamped ? reply : reply.unstamped()).build());
                maybeStandStill(Step.READ);
            }
            return !come.isEmpty();
        }

        boolean drain() {
            maybeStandStill(Step.DRAIN);
            while (read()) {
                maybeStandStill(Step.DRAIN);
            }
            return true;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object outcome) {
            maybeStandStill(Step.OUTCOME);
            if (outcome instanceof Replied) {
                alive++;
            } else if (machine && wentOnAtTheDeadline(((ProbeOutcome) outcome).probe())) {
                unnoticed++;
            } else {
                dead.add((ProbeOutcome) outcome);
            }
            if (written < PROBES) {
                // From inside a read on behalf of deadlines, perhaps.
                write();
                if (random.nextBoolean()) {
                    flush();
                }
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            maybeStandStill(Step.OUTCOMES_OVER);
            flush();
        }

        void run() {
            channel.inSend = this::inSend;
            channel.drainer = this::drain;
            channel.nestTasks(false);
            channel.eventLoop().execute(() -> {
                for (int i = 0; i < IN_FLIGHT; i++) {
                    write();
                }
                flush();
            });
            for (int turns = 0; alive + unnoticed + dead.size() < PROBES && turns < 100_000; turns++) {
                maybeStandStill(Step.WAIT);
                channel.ticker.advance(500, TimeUnit.MICROSECONDS);
                // A loop reads what epoll reports, then runs timers; or a timer is due before anything is reported.
                if (random.nextInt(4) > 0) {
                    channel.eventLoop().execute(() -> {
                        if (read()) {
                            channel.pipeline().fireChannelReadComplete();
                        }
                    });
                }
                channel.runTasks();
            }
        }
    }

    private FakeIcmpChannel channel;

    @ParameterizedTest
    @CsvSource({"false, true", "false, false", "true, true", "true, false"})
    void noHostThatAnswersInTimeIsCalledDead(boolean machine, boolean stamped) {
        for (Step step : Step.values()) {
            // Nobody reads on behalf of deadlines while all runs smoothly.
            Set<Step> steps = step == Step.DRAIN ? EnumSet.of(step, Step.WAIT) : EnumSet.of(step);
            check(step.name(), machine, stamped, steps, steps.contains(Step.WAIT) ? 0.02 : 0.1);
        }
        check("all", machine, stamped, EnumSet.allOf(Step.class), 0.02);
    }

    private void check(String name, boolean machine, boolean stamped, Set<Step> steps, double chance) {
        int pauses = 0;
        int unnoticed = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            World world = new World(seed, machine, stamped, steps, chance);
            channel = FakeIcmpChannel.with(
                    FakeIcmpChannel.correlator().observer(world).build(), world);
            world.run();
            channel.nestTasks(true);
            channel.finishAndReleaseAll();
            assertThat(world.dead)
                    .as("called dead with pauses at %s, seed %s", name, seed)
                    .hasSize(0);
            assertThat(world.alive + world.unnoticed).isEqualTo(PROBES);
            pauses += world.pauses.size();
            unnoticed += world.unnoticed;
        }
        assertThat(pauses).as("pauses at %s", name).isPositive();
        assertThat(unnoticed).as("pauses at %s not noticed", name).isLessThan(RUNS * PROBES / 20);
    }
}
