package io.github.nettyping.internal.engine;

import io.github.nettyping.probe.Probe;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes probes and does nothing with them. */
public final class FakePort implements ProbePort {

    /** Every probe written, in order. */
    public final List<Probe> written = new ArrayList<>();

    /** How many probes each flush sent. */
    final List<Integer> flushes = new ArrayList<>();

    final List<Integer> fits = new ArrayList<>();
    final Set<Probe> inFlight = new HashSet<>();
    private int unflushed;
    boolean closed;

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void fit(int payloadBytes) {
        fits.add(payloadBytes);
    }

    @Override
    public void write(Probe probe) {
        written.add(probe);
        inFlight.add(probe);
        unflushed++;
    }

    @Override
    public void flush() {
        flushes.add(unflushed);
        unflushed = 0;
    }

    @Override
    public boolean cancel(Probe probe) {
        return inFlight.remove(probe);
    }

    @Override
    public void close() {
        closed = true;
    }
}
