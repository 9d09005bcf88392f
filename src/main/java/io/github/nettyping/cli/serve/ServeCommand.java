package io.github.nettyping.cli.serve;

import io.github.nettyping.cli.option.ColourOption;
import io.github.nettyping.cli.option.OptionTypes;
import io.github.nettyping.cli.option.PicocliValues;
import io.github.nettyping.server.ServerSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code serve}: its options, and what they mean to the server. */
@Command(
        name = "serve",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = "Serves Prometheus: probes hosts on request, watches targets, exports what becomes of them.",
        footer = {
            "",
            "/probe?target=HOST&module=MODULE answers as the icmp prober of blackbox_exporter, /metrics has",
            "the metrics of smokeping_prober, and their configuration files are taken as they are.",
            "/api/v1/targets tells the same in JSON; POST /api/v1/sweep asks many hosts once; GET / has links.",
            "",
            "SIGHUP and POST /-/reload read the files again: all of it counts from then on, or, if something",
            "is wrong, nothing. SIGTERM ends it when what was asked for has been answered.",
            "Exit codes: 0 never, 3 bad arguments or configuration, 4 a system call failed,",
            "130 and 143 ended by a signal."
        })
@SuppressWarnings({"NullAway.Init", "UnusedVariable"})
public // picocli sets what has a default.
final class ServeCommand implements Callable<Integer> {

    private static final int DEFAULT_PORT = 9374;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "TARGET",
            arity = "0..*",
            description = "Watch these names, addresses and sets of them, a probe a second each.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            converter = OptionTypes.FileName.class,
            description = "Read modules of blackbox_exporter and targets of smokeping_prober from FILE (YAML).")
    private @Nullable Path config;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            converter = ServeTypes.Listen.class,
            description = "Listen there; can be given several times (default: 127.0.0.1:9374).")
    private List<InetSocketAddress> listen = new ArrayList<>();

    @Option(
            names = "--web-config",
            paramLabel = "FILE",
            converter = OptionTypes.FileName.class,
            description = "Read certificate and users from FILE, a web configuration of Prometheus.")
    private @Nullable Path webConfig;

    @Option(
            names = "--allow",
            paramLabel = "TARGET",
            description = "Let /probe and /api/v1/sweep ask these names, addresses and sets of them, and no"
                    + " other; can be given several times (default: any host if only this one can ask, else"
                    + " targets that are configured).")
    private List<String> allow = new ArrayList<>();

    @Option(
            names = "--buckets",
            paramLabel = "SECONDS,...",
            converter = ServeTypes.Buckets.class,
            defaultValue = "5e-05,0.0001,0.0002,0.0004,0.0008,0.0016,0.0032,0.0064,0.0128,0.0256,0.0512,0.1024,"
                    + "0.2048,0.4096,0.8192,1.6384,3.2768,6.5536,13.1072,26.2144",
            description = "Have these upper bounds in classic histograms (default: 20 from 5e-05, each twice the"
                    + " one before, as smokeping_prober).")
    private ServeTypes.Bounds buckets;

    @Option(
            names = "--max-probes",
            paramLabel = "N",
            converter = ServeTypes.Most.class,
            description = "Make at most N probes on request at once (default: ${DEFAULT-VALUE}).")
    private int maxProbes = 1_000;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            converter = ServeTypes.Most.class,
            description = "Have at most N connections at once (default: ${DEFAULT-VALUE}).")
    private int maxConnections = 1_000;

    @Mixin
    private ColourOption colour;

    @Override
    public Integer call() {
        return PicocliValues.checked(spec, this::prepare).run().code();
    }

    private ServeRun prepare() {
        ServerSettings settings = new ServerSettings(
                listen.isEmpty()
                        ? List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), DEFAULT_PORT))
                        : List.copyOf(listen),
                Optional.ofNullable(config),
                List.copyOf(words),
                Optional.ofNullable(webConfig),
                List.copyOf(allow),
                buckets.seconds(),
                maxProbes,
                maxConnections);
        settings.checkWords();
        return new ServeRun(settings, spec.commandLine().getErr());
    }
}
