package io.github.nettyping.sweep;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.RepliedPool;
import io.github.nettyping.probe.RttSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A path with so many packets a second, so long a round trip, and hosts of which some are alive, to which an {@link AutoPacer}
 * sends, in simulated time. Confined to one thread.
 */
final class SimulatedPath {

    static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    /** Wall time when the simulation begins; the monotonic clock begins elsewhere. */
    private static final long WALL = 1_800_000_000_000_000_000L;

    private static final int BATCH = 64;
    private static final int MAX_IN_FLIGHT = 65_536;

    private record Event(
            long atNanos, int attempt, long firstSentAtNanos, long sentAtNanos, boolean reply, boolean alive) {}

    private final Random random = new Random(7);
    private final PriorityQueue<Event> events = new PriorityQueue<>((a, b) -> Long.compare(a.atNanos, b.atNanos));
    private final ArrayDeque<Event> pending = new ArrayDeque<>();
    private final ProbeOptions options;
    private final Probe probe;

    double capacityPerSecond = 1e12;
    long roundTripNanos = MILLI / 4;
    double aliveShare = 1;
    double randomLoss;
    /** Most that this process sends. */
    double ownPerSecond = 1e12;

    long troubles;
    long now = 5;
    long probesStarted;
    long packets;
    long found;
    long lost;

    private double room;
    private double ownRoom;
    private final AutoPacer pacer;

    SimulatedPath(int attempts, double ceiling) {
        options = ProbeOptions.builder()
                .attempts(attempts)
                .timeout(Duration.ofSeconds(1))
                .build();
        probe = new Probe(IpAddress.ofIpv4(0x7f00_0001), options);
        pacer = new AutoPacer(
                new AutoPacer.Limits(10_000, ceiling),
                new SweepWorker.Share(0, 1, 1),
                options,
                () -> WALL + now,
                () -> troubles,
                now);
    }

    double rate() {
        return pacer.perSecond();
    }

    /** Lets time pass. */
    void run(Duration duration) {
        long step = MILLI / 4;
        for (long end = now + duration.toNanos(); now < end; now += step) {
            room = Math.min(capacityPerSecond / 100, room + capacityPerSecond * step / 1e9);
            ownRoom = Math.min(ownPerSecond * step / 1e9, ownRoom + ownPerSecond * step / 1e9);
            while (!events.isEmpty() && events.peek().atNanos <= now) {
                handle(events.remove());
            }
            send();
        }
    }

    /** Lets time pass in which this process does nothing; what comes waits for it. */
    void pause(Duration duration) {
        now += duration.toNanos();
    }

    private void handle(Event event) {
        if (event.reply) {
            found++;
            Replied replied = new RepliedPool()
                    .take(
                            probe,
                            event.attempt,
                            event.attempt,
                            null,
                            event.firstSentAtNanos,
                            event.sentAtNanos,
                            roundTripNanos,
                            event.sentAtNanos + roundTripNanos,
                            RttSource.USER_CLOCK,
                            OptionalInt.empty(),
                            OptionalInt.empty(),
                            64,
                            Set.of());
            pacer.replied(replied);
        } else if (event.attempt < options.attempts()) {
            pending.add(event);
        } else if (event.alive) {
            lost++;
        }
    }

    private void send() {
        for (int batch = 0; batch < 4; batch++) {
            int taken = pacer.take((int) Math.min(BATCH, ownRoom), now);
            ownRoom -= taken;
            int tries = Math.min(taken, pending.size());
            int fresh = Math.min(taken - tries, MAX_IN_FLIGHT - events.size() - pending.size());
            for (int i = 0; i < tries; i++) {
                Event last = pending.remove();
                send(last.attempt + 1, last.firstSentAtNanos, last.alive);
            }
            for (int i = 0; i < fresh; i++) {
                send(1, WALL + now, random.nextDouble() < aliveShare);
            }
            pacer.started(fresh);
            probesStarted += fresh;
            packets += tries + fresh;
            if (taken < BATCH) {
                return;
            }
        }
    }

    private void send(int attempt, long firstSentAt, boolean alive) {
        boolean through = room >= 1 && random.nextDouble() >= randomLoss;
        room -= room >= 1 ? 1 : 0;
        if (alive && through) {
            events.add(new Event(now + roundTripNanos, attempt, firstSentAt, WALL + now, true, true));
        } else {
            events.add(new Event(now + options.timeoutNanos(attempt), attempt, firstSentAt, WALL + now, false, alive));
        }
    }
}
