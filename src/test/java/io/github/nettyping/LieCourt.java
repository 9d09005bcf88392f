package io.github.nettyping;

import io.github.nettyping.packet.SocketKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** {@link LyingHosts} for every kind of socket, each in a namespace of its own, since raw sockets see each other's errors. */
final class LieCourt implements AutoCloseable {

    private final Map<SocketKind, LyingHosts> hosts = new EnumMap<>(SocketKind.class);
    private final ExecutorService judges = Executors.newFixedThreadPool(SocketKind.values().length);

    LieCourt() {
        for (SocketKind kind : SocketKind.values()) {
            hosts.put(kind, new LyingHosts(kind));
        }
    }

    LyingHosts hosts(SocketKind kind) {
        return hosts.get(kind);
    }

    /** Judges a lie on every kind of socket that it says something of, on all at once since most of it is waiting. */
    void judge(Lie lie) throws InterruptedException {
        Map<SocketKind, Future<?>> verdicts = new EnumMap<>(SocketKind.class);
        hosts.forEach((kind, world) -> {
            if (lie.isOn(kind)) {
                verdicts.put(kind, judges.submit(() -> {
                    world.judge(lie);
                    return true;
                }));
            }
        });
        List<AssertionError> failures = new ArrayList<>();
        for (Map.Entry<SocketKind, Future<?>> verdict : verdicts.entrySet()) {
            try {
                verdict.getValue().get();
            } catch (ExecutionException e) {
                Throwable cause = e.getCause();
                failures.add(new AssertionError(verdict.getKey() + ": " + cause.getMessage(), cause));
            }
        }
        if (!failures.isEmpty()) {
            AssertionError first = failures.get(0);
            failures.subList(1, failures.size()).forEach(first::addSuppressed);
            throw first;
        }
    }

    @Override
    public void close() {
        judges.shutdownNow();
        hosts.values().forEach(LyingHosts::close);
    }
}
