package io.github.nettyping.testing;

import java.io.File;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The namespaces of this process, so that none outlives it. Safe for use by many threads.
 *
 * <p>A process that was killed leaves its namespaces behind; the next one, when this class is first used, removes
 * those whose process is gone.
 */
final class OpenNamespaces {

    /** Where iproute2 keeps names, ip-netns(8). */
    static final File DIRECTORY = new File("/var/run/netns");

    private static final Pattern NAME = Pattern.compile("nettyping-(\\d+)-\\d+");
    private static final Set<Namespace> OPEN = ConcurrentHashMap.newKeySet();
    private static final AtomicInteger LAST = new AtomicInteger();

    static {
        removeLeftovers();
        Runtime.getRuntime().addShutdownHook(new Thread(OpenNamespaces::closeAll, "nettyping-namespaces"));
    }

    private OpenNamespaces() {}

    static String nextName() {
        return "nettyping-" + ProcessHandle.current().pid() + "-" + LAST.incrementAndGet();
    }

    static void add(Namespace namespace) {
        OPEN.add(namespace);
    }

    static void remove(Namespace namespace) {
        OPEN.remove(namespace);
    }

    static void removeLeftovers() {
        String[] names = DIRECTORY.list();
        if (names == null) {
            return;
        }
        for (String name : names) {
            Matcher matcher = NAME.matcher(name);
            if (matcher.matches()
                    && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty()) {
                try {
                    Commands.run(List.of("ip", "netns", "delete", name));
                } catch (IllegalStateException | UncheckedIOException e) {
                    // Another process may be cleaning up at the same time, or we may lack the right or the tool. That
                    // is not the test's concern, but say so.
                    System.out.println("leftover namespace stays: " + e.getMessage());
                }
            }
        }
    }

    private static void closeAll() {
        for (Namespace namespace : OPEN) {
            try {
                namespace.close();
            } catch (RuntimeException e) {
                System.out.println("namespace " + namespace.name() + " not closed: " + e);
            }
        }
    }
}
