package io.github.nettyping.cli.watch;

import java.io.File;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Commands that are run by a shell, eight at a time: in order for each target, the oldest dropped if too many wait. Safe for use
 * by many threads; none of them waits for a command.
 */
final class ExecQueue {

    /** Most commands that run at once. */
    static final int MOST_RUNNING = 8;

    /** Most commands that wait. */
    static final int MOST_WAITING = 1_000;

    /** Starts a process; a seam for tests. */
    interface Starter {
        Process start(Map<String, String> variables) throws IOException;
    }

    private record Command(Object key, String name, Map<String, String> variables) {}

    private final Starter starter;
    private final Consumer<String> complain;

    // Guarded by this.

    private final Deque<Command> waiting = new ArrayDeque<>();
    private final Set<Object> running = new HashSet<>();
    private boolean stopped;

    ExecQueue(Starter starter, Consumer<String> complain) {
        this.starter = starter;
        this.complain = complain;
    }

    /** Runs a command of the user by sh, its output on standard error, or nowhere where that is a screen. */
    static Starter shell(String command, boolean silent) {
        return variables -> {
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(
                            silent
                                    ? ProcessBuilder.Redirect.DISCARD
                                    : ProcessBuilder.Redirect.appendTo(new File("/proc/self/fd/2")))
                    .redirectError(silent ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.INHERIT);
            Map<String, String> environment = builder.environment();
            // What the launcher has set for the JVM alone.
            String locale = environment.remove("NETTYPING_LC_ALL");
            if (locale != null) {
                environment.remove("LC_ALL");
                if (!locale.isEmpty()) {
                    environment.put("LC_ALL", locale);
                }
            }
            environment.remove("_JAVA_SR_SIGNUM");
            environment.putAll(variables);
            return builder.start();
        };
    }

    /**
     * Has a command run.
     *
     * @param key       commands with the same one run one after the other
     * @param name      for messages
     * @param variables of its environment
     */
    void add(Object key, String name, Map<String, String> variables) {
        @Nullable String dropped = null;
        synchronized (this) {
            if (stopped) {
                return;
            }
            waiting.add(new Command(key, name, variables));
            if (waiting.size() > MOST_WAITING) {
                dropped = waiting.remove().name();
            }
        }
        if (dropped != null) {
            complain.accept(
                    "--exec: more than " + MOST_WAITING + " commands wait; the oldest is dropped, for " + dropped);
        }
        startNext();
    }

    private void startNext() {
        for (Command command = take(); command != null; command = take()) {
            Command started = command;
            try {
                starter.start(started.variables()).onExit().thenRun(() -> {
                    ended(started);
                    startNext();
                });
            } catch (IOException e) {
                ended(started);
                complain.accept("--exec for " + started.name() + ": " + e.getMessage());
            }
        }
    }

    private synchronized @Nullable Command take() {
        if (running.size() >= MOST_RUNNING) {
            return null;
        }
        for (Iterator<Command> rest = waiting.iterator(); rest.hasNext(); ) {
            Command command = rest.next();
            if (running.add(command.key())) {
                rest.remove();
                return command;
            }
        }
        return null;
    }

    private synchronized void ended(Command command) {
        running.remove(command.key());
        notifyAll();
    }

    /** Waits until all commands have ended, but no longer than that; says how many have not. */
    void finish(long nanos) {
        int left;
        synchronized (this) {
            long end = System.nanoTime() + nanos;
            long rest = nanos;
            while (rest > 0 && !(running.isEmpty() && waiting.isEmpty())) {
                try {
                    wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(rest)));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    break;
                }
                rest = end - System.nanoTime();
            }
            stopped = true;
            left = running.size() + waiting.size();
            waiting.clear();
        }
        if (left > 0) {
            complain.accept("--exec: " + left + " commands had not ended");
        }
    }
}
