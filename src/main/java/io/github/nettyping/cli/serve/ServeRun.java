package io.github.nettyping.cli.serve;

import io.github.nettyping.cli.output.Complaints;
import io.github.nettyping.cli.output.ExitCode;
import io.github.nettyping.cli.output.Interruption;
import io.github.nettyping.server.PingServer;
import io.github.nettyping.server.ServerSettings;
import io.github.nettyping.server.config.ConfigurationException;
import io.netty.util.NetUtil;
import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One server of the command line: runs until a signal ends it. Runs once, in the thread that calls {@link #run}. */
final class ServeRun {

    private final ServerSettings settings;
    private final PrintWriter err;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Interruption interruption = new Interruption(() -> end.complete(null));
    private final AtomicReference<@Nullable PingServer> running = new AtomicReference<>();

    ServeRun(ServerSettings settings, PrintWriter err) {
        this.settings = settings;
        this.err = err;
    }

    /** Serves. Throws what says that this machine cannot or may not do it. */
    ExitCode run() {
        interruption.install(this::reload);
        try (PingServer server = new PingServer(settings, this::say)) {
            running.set(server);
            server.addresses().forEach(address -> say("listening on " + NetUtil.toSocketAddressString(address)));
            server.failure().whenComplete((nothing, failure) -> {
                if (failure != null) {
                    end.completeExceptionally(failure);
                }
            });
            end.join();
        } catch (ConfigurationException e) {
            Complaints.print(err, String.valueOf(e.getMessage()));
            return ExitCode.USAGE;
        } catch (CompletionException e) {
            return Complaints.failed(err, e.getCause() == null ? e : e.getCause())
                    .orWorse(interruption.exitCode());
        }
        return interruption.exitCode();
    }

    private synchronized void say(String line) {
        Complaints.print(err, line);
    }

    private void reload() {
        PingServer server = running.get();
        if (server == null) {
            // It is about to read them for the first time.
            return;
        }
        try {
            server.reload();
            say("the configuration was read again");
        } catch (ConfigurationException e) {
            // It has said so.
            return;
        } catch (RuntimeException e) {
            say(Complaints.of(e));
        }
    }
}
