package io.github.nettyping.testing;

import io.github.nettyping.packet.SystemCallException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * A network of scripted hosts behind a TUN device in a {@link Namespace}. Safe for use by many threads.
 *
 * <p>Every ICMP echo request to its networks goes to the {@link Behaviour}; other packets, fragments among them, are
 * counted and dropped. About 100,000 probes a second are answered on one processor.
 */
public final class TunResponder implements AutoCloseable {

    private static final int BUFFER_BYTES = 65_536 + 64;

    /** Packets that may wait for the responder; what a test loses, it loses by behaviour. */
    private static final String QUEUE_LENGTH = "65536";

    private static final long STOP_SECONDS = 10;

    private final Namespace namespace;
    private final TunDevice device;
    private final Thread reader;
    private final ScheduledExecutorService later;
    private final Sink laterSink = new Sink();
    private final LongAdder probes = new LongAdder();
    private final LongAdder others = new LongAdder();
    private final LongAdder answers = new LongAdder();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final List<Flood> floods = new ArrayList<>();
    private volatile Behaviour behaviour;
    private boolean closed;

    private TunResponder(Namespace namespace, TunDevice device, Behaviour behaviour) {
        this.namespace = namespace;
        this.device = device;
        this.behaviour = behaviour;
        String name = namespace.name() + "-" + device.name();
        reader = new Thread(this::answerAll, name);
        reader.setDaemon(true);
        later = Executors.newSingleThreadScheduledExecutor(body -> {
            Thread thread = new Thread(body, name + "-later");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Opens a device, routes networks to it and starts to answer.
     *
     * @param namespace where; closing it closes the responder
     * @param behaviour what the hosts do
     * @param prefixes  networks, such as {@code 198.51.100.0/24} or {@code fd00:51::/64}; {@code 0.0.0.0/0} for all
     * @return the responder, its device up, with an MTU of 1,500 and a local address of each family in use
     */
    public static TunResponder open(Namespace namespace, Behaviour behaviour, String... prefixes) {
        TunResponder responder;
        try {
            responder = new TunResponder(namespace, namespace.call(TunDevice::open), behaviour);
        } catch (Exception e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        namespace.own(responder);
        responder.reader.start();
        responder.setUp(prefixes);
        return responder;
    }

    /**
     * Returns the device's name in the namespace.
     *
     * @return such as {@code tun0}
     */
    public String device() {
        return device.name();
    }

    /**
     * Changes what the hosts do, from the next probe on.
     *
     * @param newBehaviour what they do now
     */
    public void behave(Behaviour newBehaviour) {
        behaviour = newBehaviour;
    }

    /**
     * Returns how many probes arrived.
     *
     * @return 0 or more
     */
    public long probes() {
        return probes.sum();
    }

    /**
     * Returns how many packets arrived that were no whole echo requests.
     *
     * @return 0 or more
     */
    public long others() {
        return others.sum();
    }

    /**
     * Returns how many packets were sent.
     *
     * @return 0 or more
     */
    public long answers() {
        return answers.sum();
    }

    /**
     * Begins to send what nobody asked for, besides the answers.
     *
     * @param forger    makes the packets
     * @param perSecond how many, if the machine has the time; what it has not the time for is made up for later
     * @return the flood, which ends with the responder at the latest
     */
    public synchronized Flood flood(Flood.Forger forger, long perSecond) {
        if (closed) {
            throw new IllegalStateException(device.name() + " is closed");
        }
        Flood flood = Flood.begin(device, forger, perSecond);
        floods.add(flood);
        return flood;
    }

    /**
     * Stops answering and removes the device; delayed answers that are not yet due are dropped. A second call does
     * nothing.
     *
     * @throws IllegalStateException if a behaviour or a packet of its making had failed
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        namespace.disown(this);
        later.shutdownNow();
        try {
            // Before its number may be another file's.
            for (Flood flood : floods) {
                flood.halt().ifPresent(cause -> failure.compareAndSet(null, cause));
            }
            device.stop();
            reader.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
            if (reader.isAlive() || !later.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(device.name() + " did not stop; its behaviour hangs");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(device.name() + ": interrupted while stopping", e);
        } catch (SystemCallException e) {
            throw new IllegalStateException(device.name() + ": " + e.getMessage(), e);
        }
        device.close();
        Throwable first = failure.get();
        if (first != null) {
            throw new IllegalStateException(device.name() + " failed to answer: " + first.getMessage(), first);
        }
    }

    private void setUp(String... prefixes) {
        String name = device.name();
        int host = Integer.parseInt(name.replaceAll("\\D", "")) + 1;
        // No link-local address: the kernel would announce it to our hosts.
        namespace.ip("link", "set", name, "txqueuelen", QUEUE_LENGTH, "addrgenmode", "none");
        namespace.ip("link", "set", name, "up");
        namespace.ip("address", "add", "192.0.2." + host + "/32", "dev", name);
        for (String prefix : prefixes) {
            if (prefix.contains(":")) {
                namespace.ip("-6", "address", "replace", "fd00:2::" + host + "/128", "dev", name, "nodad");
            }
            namespace.ip("route", "add", prefix, "dev", name);
        }
    }

    private void answerAll() {
        ByteBuffer bytes = Libc.allocate(BUFFER_BYTES).order(ByteOrder.BIG_ENDIAN);
        long address = Libc.addressOf(bytes);
        ProbePacket probe = new ProbePacket(bytes);
        Sink sink = new Sink();
        try {
            for (int length = device.read(address, BUFFER_BYTES);
                    length > 0;
                    length = device.read(address, BUFFER_BYTES)) {
                if (probe.parse(length)) {
                    probes.increment();
                    answer(probe, sink);
                } else {
                    others.increment();
                }
            }
        } catch (SystemCallException e) {
            failure.compareAndSet(null, e);
        }
    }

    private void answer(ProbePacket probe, Sink sink) {
        try {
            behaviour.answer(probe, sink);
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    /** Sends at once, from one thread. */
    private final class Sink implements Answers {

        private final ByteBuffer buffer = Libc.allocate(BUFFER_BYTES).order(ByteOrder.BIG_ENDIAN);
        private final long address = Libc.addressOf(buffer);

        @Override
        public ByteBuffer buffer() {
            return buffer.clear();
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // The very buffer that buffer() gave out, whatever others hold.
        public void send(ByteBuffer packet) {
            if (packet != buffer) {
                buffer.clear().put(0, packet, 0, packet.limit());
            }
            try {
                device.write(address, packet.limit());
                answers.increment();
            } catch (SystemCallException e) {
                failure.compareAndSet(null, e);
            }
        }

        @Override
        public Answers after(Duration delay) {
            return new LaterSink(this, delay.toNanos());
        }
    }

    /** Sends copies later, from the scheduler's thread. */
    private final class LaterSink implements Answers {

        private final Sink now;
        private final long delayNanos;

        LaterSink(Sink now, long delayNanos) {
            this.now = now;
            this.delayNanos = delayNanos;
        }

        @Override
        public ByteBuffer buffer() {
            return now.buffer();
        }

        @Override
        public void send(ByteBuffer packet) {
            byte[] copy = new byte[packet.limit()];
            packet.get(0, copy);
            try {
                var unused =
                        later.schedule(() -> laterSink.send(ByteBuffer.wrap(copy)), delayNanos, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                // Closed meanwhile: nobody waits for the answer.
            }
        }

        @Override
        public Answers after(Duration delay) {
            return new LaterSink(now, Math.addExact(delayNanos, delay.toNanos()));
        }
    }
}
