package io.github.nettyping.testing;

import io.github.nettyping.packet.SystemCallException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Packets that come without having been asked for, a hundred thousand a second and more. Begun by {@link TunResponder#flood}. Safe for use by many threads.
 */
public final class Flood implements AutoCloseable {

    private static final int BUFFER_BYTES = 65_536;
    private static final long PAUSE_NANOS = 100_000;

    private final TunDevice device;
    private final Forger forger;
    private final long perSecond;
    private final Thread thread;
    private final long startNanos = System.nanoTime();
    private volatile boolean stopped;
    private volatile long sent;
    private volatile @Nullable Throwable failure;

    /** Makes the packets of a flood, on its thread. */
    @FunctionalInterface
    public interface Forger {

        /**
         * Makes the next packet.
         *
         * @param number counts from 0
         * @param packet to be filled from index 0, IP header first, and given its limit; holds what it held
         */
        void forge(long number, ByteBuffer packet);
    }

    private Flood(TunDevice device, Forger forger, long perSecond) {
        this.device = device;
        this.forger = forger;
        this.perSecond = perSecond;
        this.thread = new Thread(this::run, device.name() + "-flood");
    }

    static Flood begin(TunDevice device, Forger forger, long perSecond) {
        Flood flood = new Flood(device, forger, perSecond);
        flood.thread.setDaemon(true);
        flood.thread.start();
        return flood;
    }

    private void run() {
        ByteBuffer packet = Libc.allocate(BUFFER_BYTES).order(ByteOrder.BIG_ENDIAN);
        long address = Libc.addressOf(packet);
        try {
            for (long number = 0; !stopped; number++) {
                while (!stopped && number > dueBy(System.nanoTime())) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
                forger.forge(number, packet.clear());
                device.write(address, packet.limit());
                sent = number + 1;
            }
        } catch (SystemCallException | RuntimeException | Error e) {
            failure = e;
        }
    }

    private double dueBy(long now) {
        return (double) (now - startNanos) * perSecond / TimeUnit.SECONDS.toNanos(1);
    }

    /**
     * Returns how many packets the kernel has got.
     *
     * @return 0 or more
     */
    public long sent() {
        return sent;
    }

    /**
     * Returns how many packets the kernel has got each second so far.
     *
     * @return 0 or more
     */
    public double perSecond() {
        return (double) sent * TimeUnit.SECONDS.toNanos(1) / Math.max(1, System.nanoTime() - startNanos);
    }

    /**
     * Ends the flood. A second call does nothing.
     *
     * @throws IllegalStateException if it had ended by itself
     */
    @Override
    public void close() {
        Optional<Throwable> cause;
        try {
            cause = halt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the flood stops", e);
        }
        if (cause.isPresent()) {
            throw new IllegalStateException("the flood ended: " + cause.get().getMessage(), cause.get());
        }
    }

    /** Ends the flood; returns why it had ended by itself, if it had. */
    Optional<Throwable> halt() throws InterruptedException {
        stopped = true;
        thread.join();
        return Optional.ofNullable(failure);
    }
}
