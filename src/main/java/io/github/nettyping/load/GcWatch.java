package io.github.nettyping.load;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * Notes the pauses that garbage collection makes, from {@link #begin} to {@link #end}. The JVM counts the sum; the
 * longest comes from notifications, which may miss the last one. Both are in whole milliseconds. Safe for use by many
 * threads.
 */
final class GcWatch {

    private final List<GarbageCollectorMXBean> collectors = new ArrayList<>();
    private final NotificationListener listener = this::onNotification;
    private final AtomicLong longestMillis = new AtomicLong();
    private volatile long countAtStart;
    private volatile long millisAtStart;

    GcWatch() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (pauses(collector.getName())) {
                collectors.add(collector);
            }
        }
        begin();
        collectors.forEach(collector -> {
            if (collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener(listener, null, null);
            }
        });
    }

    /** Concurrent collectors have one bean for their cycles and another for their pauses. */
    static boolean pauses(String collector) {
        return !collector.endsWith("Cycles");
    }

    /** Forgets what was noted so far. */
    void begin() {
        countAtStart = count();
        millisAtStart = millis();
        longestMillis.set(0);
    }

    /** Returns what was noted, and stops noting. Called once. */
    LoadSummary.GcPauses end() {
        for (GarbageCollectorMXBean collector : collectors) {
            if (collector instanceof NotificationEmitter emitter) {
                try {
                    emitter.removeNotificationListener(listener);
                } catch (ListenerNotFoundException e) {
                    throw new IllegalStateException("ended twice", e);
                }
            }
        }
        long count = count() - countAtStart;
        long longest = longestMillis.get();
        // Without a notification, though there was a pause: it is on its way.
        boolean told = count == 0 || longest > 0 || millis() == millisAtStart;
        return new LoadSummary.GcPauses(
                count,
                TimeUnit.MILLISECONDS.toNanos(millis() - millisAtStart),
                told ? OptionalLong.of(TimeUnit.MILLISECONDS.toNanos(longest)) : OptionalLong.empty());
    }

    private void onNotification(Notification notification, Object handback) {
        if (notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)
                && notification.getUserData() instanceof CompositeData data) {
            long millis =
                    GarbageCollectionNotificationInfo.from(data).getGcInfo().getDuration();
            longestMillis.accumulateAndGet(millis, Math::max);
        }
    }

    private long count() {
        return collectors.stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private long millis() {
        return collectors.stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }
}
