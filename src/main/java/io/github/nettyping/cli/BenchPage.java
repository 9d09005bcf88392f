package io.github.nettyping.cli;

/** Placeholder. */
final class BenchPage {
    private BenchPage() {}

    static String of(BenchReport report) {
        return report.command();
    }
}
