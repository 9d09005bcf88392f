package io.github.nettyping.cli.fping;

import java.util.List;

/** What Netdata reads of its fping plugin: charts once, then their values, times in nanoseconds. Confined to the event loop. */
final class FpingNetdata {

    private final FpingOptions options;
    private final FpingStreams streams;
    private final List<FpingHost> hosts;
    private boolean chartsTold;

    FpingNetdata(FpingOptions options, FpingStreams streams, List<FpingHost> hosts) {
        this.options = options;
        this.streams = streams;
        this.hosts = hosts;
    }

    /** Prints the figures since the last time. */
    void print() {
        long seconds = Math.round(options.reportNanos / 1e9);
        for (FpingHost host : hosts) {
            String id = "fping." + netdataName(host.word);
            FpingHost.Figures figures = host.interval;
            StringBuilder text = new StringBuilder();
            if (!chartsTold) {
                chart(text, id + "_packets", "FPing Packets", "packets", host, "fping.packets line 110020", seconds);
                text.append("DIMENSION xmt sent absolute 1 1\nDIMENSION rcv received absolute 1 1\n");
            }
            text.append("BEGIN ").append(id).append("_packets\nSET xmt = ").append(figures.sent);
            text.append("\nSET rcv = ").append(figures.received).append("\nEND\n");
            if (!chartsTold) {
                chart(text, id + "_quality", "FPing Quality", "percentage", host, "fping.quality area 110010", seconds);
                text.append("DIMENSION returned '' absolute 1 1\n");
            }
            text.append("BEGIN ").append(id).append("_quality\nSET returned = ");
            text.append(figures.sent == 0 ? 0 : figures.received * 100 / figures.sent)
                    .append("\nEND\n");
            if (!chartsTold) {
                chart(text, id + "_latency", "FPing Latency", "ms", host, "fping.latency area 110000", seconds);
                text.append("""
                        DIMENSION min minimum absolute 1 1000000
                        DIMENSION max maximum absolute 1 1000000
                        DIMENSION avg average absolute 1 1000000
                        """);
            }
            text.append("BEGIN ").append(id).append("_latency\n");
            if (figures.received > 0) {
                text.append("SET min = ").append(figures.minNanos);
                text.append("\nSET avg = ").append(figures.averageNanos());
                text.append("\nSET max = ").append(figures.maxNanos).append('\n');
            }
            streams.out(text.append("END\n"));
            host.clearInterval();
        }
        chartsTold = true;
    }

    private static void chart(
            StringBuilder text, String id, String title, String unit, FpingHost host, String rest, long seconds) {
        text.append("CHART ")
                .append(id)
                .append(" '' '")
                .append(title)
                .append("' ")
                .append(unit);
        text.append(" '")
                .append(host.label)
                .append("' ")
                .append(rest)
                .append(' ')
                .append(seconds)
                .append('\n');
    }

    private static String netdataName(String word) {
        StringBuilder name = new StringBuilder(word);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean kept = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!kept) {
                name.setCharAt(i, '_');
            }
        }
        return name.toString();
    }
}
