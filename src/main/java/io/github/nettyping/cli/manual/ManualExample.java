package io.github.nettyping.cli.manual;

import java.util.List;

/** An example of a manual page. Immutable. */
record ManualExample(String what, String line) {

    static List<ManualExample> of(String command) {
        return switch (command) {
            case "sweep" ->
                List.of(
                        new ManualExample("Which hosts of a network answer:", "nettyping sweep 192.0.2.0/24"),
                        new ManualExample(
                                "A verdict for every target of a file, at most 5000 probes a second:",
                                "nettyping sweep -f hosts.txt --rate 5k --format jsonl > verdicts.jsonl"),
                        new ManualExample(
                                "What a sweep in the background has come to:",
                                "kill -USR1 $(pgrep -f 'nettyping-cli.jar sweep')"));
            case "ping" ->
                List.of(
                        new ManualExample("A host three times:", "nettyping ping -c 3 192.0.2.7"),
                        new ManualExample(
                                "Several hosts at once, for a program:",
                                "nettyping ping -c 10 -i 0.2 --format jsonl 192.0.2.7 host.example"));
            case "fping" ->
                List.of(
                        new ManualExample(
                                "Ten round trips of two hosts, as monitoring systems ask for them:",
                                "nettyping fping -C 10 -q -p 500 192.0.2.7 192.0.2.8"),
                        new ManualExample("Which hosts of a network answer:", "nettyping fping -a -q -g 192.0.2.0/24"));
            case "trace" ->
                List.of(
                        new ManualExample("The way to a host, without names:", "nettyping trace -n host.example"),
                        new ManualExample(
                                "How long packets can be on the way:", "nettyping trace --pmtu host.example"));
            case "bench" ->
                List.of(
                        new ManualExample(
                                "Loss and latency at 1000 probes a second:",
                                "nettyping bench --rate 1k --duration 30s 192.0.2.7"),
                        new ManualExample("The highest rate without loss:", "nettyping bench --rate find 192.0.2.7"));
            case "serve" ->
                List.of(
                        new ManualExample(
                                "A host and a network, a probe a second each, for Prometheus on this host:",
                                "nettyping serve host.example 192.0.2.0/28"),
                        new ManualExample(
                                "In the place of smokeping_prober, with its file:",
                                "nettyping serve --config smokeping_prober.yml --listen 0.0.0.0:9374"));
            case "doctor" -> List.of(new ManualExample("What is wrong on this machine:", "nettyping doctor"));
            case "completion" ->
                List.of(new ManualExample(
                        "For every bash to come:",
                        "nettyping completion > ~/.local/share/bash-completion/completions/nettyping"));
            case "manual" ->
                List.of(new ManualExample(
                        "A page where man(1) finds it:",
                        "nettyping manual sweep > ~/.local/share/man/man1/nettyping-sweep.1"));
            default -> List.of();
        };
    }

    /** Returns pages of others that have to do with a command. */
    static List<String> related(String command) {
        return switch (command) {
            case "nettyping", "doctor" -> List.of("icmp(7)", "capabilities(7)");
            case "sweep" -> List.of("fping(8)", "icmp(7)");
            case "ping" -> List.of("ping(8)", "icmp(7)");
            case "fping" -> List.of("fping(8)", "icmp(7)");
            case "serve" -> List.of("systemd.service(5)", "icmp(7)");
            case "trace" -> List.of("traceroute(8)", "mtr(8)");
            case "manual" -> List.of("man(1)");
            case "completion" -> List.of("bash(1)", "zsh(1)");
            default -> List.of();
        };
    }
}
