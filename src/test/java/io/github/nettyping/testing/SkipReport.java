package io.github.nettyping.testing;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints which tests are skipped and why, whether by a condition or by an assumption, and at the end each reason once: the
 * build's console has the number of skipped tests alone.
 */
public final class SkipReport implements TestExecutionListener {

    private final PrintStream out;
    private final Map<String, Integer> testsByReason = new ConcurrentHashMap<>();
    private volatile Optional<TestPlan> running = Optional.empty();

    /** For the service loader. */
    public SkipReport() {
        this(System.out);
    }

    SkipReport(PrintStream out) {
        this.out = out;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        running = Optional.of(plan);
    }

    @Override
    public void executionSkipped(TestIdentifier skipped, String reason) {
        report(skipped, reason);
    }

    @Override
    public void executionFinished(TestIdentifier ended, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            report(ended, result.getThrowable().map(Throwable::getMessage).orElse("no reason given"));
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        running = Optional.empty();
        if (testsByReason.isEmpty()) {
            return;
        }
        StringBuilder lines = new StringBuilder("Tests were skipped:\n");
        testsByReason.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> lines.append(String.format("%6d  %s%n", entry.getValue(), entry.getKey())));
        testsByReason.clear();
        out.print(lines);
    }

    private void report(TestIdentifier skipped, String reason) {
        out.println("skipped: " + name(skipped) + ": " + reason);
        int methods = running.map(plan -> methods(plan, skipped)).orElse(1);
        testsByReason.merge(reason, methods, Integer::sum);
    }

    /** Counts those in the source; how many cases one of them has is not known before it is run. */
    private static int methods(TestPlan plan, TestIdentifier skipped) {
        long below = plan.getDescendants(skipped).stream()
                .filter(identifier -> identifier.getSource().orElse(null) instanceof MethodSource)
                .count();
        return Math.max(1, (int) below);
    }

    private static String name(TestIdentifier skipped) {
        Object source = skipped.getSource().orElse(null);
        if (source instanceof MethodSource method) {
            return simple(method.getClassName()) + "." + method.getMethodName();
        }
        return source instanceof ClassSource type ? simple(type.getClassName()) : skipped.getDisplayName();
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
