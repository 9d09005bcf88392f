package io.github.nettyping.server.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the server probes when asked, and what it probes by itself. Immutable.
 *
 * @param modules      those with prober icmp, by name
 * @param otherModules the probers of those that were left out, by name
 * @param groups       the targets
 * @param warnings     what was left out, each with file and line
 */
public record ServerConfiguration(
        Map<String, ProbeModule> modules,
        Map<String, String> otherModules,
        List<TargetGroup> groups,
        List<String> warnings) {

    private static final List<String> FIELDS = List.of("modules", "targets");
    private static final List<String> MODULE_FIELDS =
            List.of("prober", "timeout", "icmp", "http", "tcp", "dns", "grpc", "unix");
    private static final List<String> PROBERS = List.of("icmp", "http", "tcp", "dns", "grpc", "unix");

    /** Returns what there is without a file: the module icmp, and these targets. */
    public static ServerConfiguration of(List<TargetGroup> groups) {
        return new ServerConfiguration(
                Map.of(ProbeModule.DEFAULT_NAME, ProbeModule.standard(ProbeModule.DEFAULT_NAME)),
                Map.of(),
                groups,
                List.of());
    }

    /** Reads a file. The module icmp is there also if the file does not have it. */
    public static ServerConfiguration read(Path file) throws ConfigurationException {
        return of(Yaml.read(file));
    }

    static ServerConfiguration of(Optional<Yaml> document) throws ConfigurationException {
        Map<String, Yaml> fields = document.isPresent() ? document.get().mapping(FIELDS) : Map.of();
        Map<String, ProbeModule> modules = new LinkedHashMap<>();
        Map<String, String> others = new LinkedHashMap<>();
        List<String> warnings = new ArrayList<>();
        Yaml named = fields.get("modules");
        if (named != null) {
            for (Map.Entry<String, Map.Entry<Yaml, Yaml>> entry :
                    named.named("modules").entrySet()) {
                String name = entry.getKey();
                Yaml key = entry.getValue().getKey();
                Map<String, Yaml> module = entry.getValue().getValue().mapping(MODULE_FIELDS);
                Yaml prober = module.get("prober");
                if (prober == null) {
                    throw key.wrong("module \"" + name + "\" without prober", "prober: icmp");
                }
                String word = prober.word(PROBERS);
                if (word.equals("icmp")) {
                    modules.put(
                            name,
                            ProbeModule.of(
                                    name,
                                    Optional.ofNullable(module.get("timeout")),
                                    Optional.ofNullable(module.get("icmp"))));
                } else {
                    others.put(name, word);
                    warnings.add(key.place() + ": module " + name + " is left out: its prober is " + word
                            + ", and this one knows icmp only");
                }
            }
        }
        List<TargetGroup> groups = new ArrayList<>();
        Yaml targets = fields.get("targets");
        if (targets != null) {
            for (Yaml group : targets.list()) {
                groups.add(TargetGroup.of(group, warnings::add));
            }
        }
        if (!others.containsKey(ProbeModule.DEFAULT_NAME)) {
            modules.putIfAbsent(ProbeModule.DEFAULT_NAME, ProbeModule.standard(ProbeModule.DEFAULT_NAME));
        }
        return new ServerConfiguration(modules, others, List.copyOf(groups), List.copyOf(warnings));
    }

    /** Returns this with further targets. */
    public ServerConfiguration with(TargetGroup group) {
        List<TargetGroup> all = new ArrayList<>(groups);
        all.add(group);
        return new ServerConfiguration(modules, otherModules, List.copyOf(all), warnings);
    }
}
