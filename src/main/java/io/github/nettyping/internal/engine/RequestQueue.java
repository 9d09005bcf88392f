package io.github.nettyping.internal.engine;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait, first come, first served. One that is given up stays as a gap until its turn comes or more than
 * half of the queue are gaps. So each step takes constant time on average. Confined to one thread.
 */
final class RequestQueue {

    /** Fewer gaps are not worth the work. */
    private static final int FEW_GAPS = 64;

    private final ArrayDeque<Request> requests = new ArrayDeque<>();
    private int gaps;

    int size() {
        return requests.size() - gaps;
    }

    /** Returns how many places it takes: requests and gaps. */
    int places() {
        return requests.size();
    }

    boolean isEmpty() {
        return size() == 0;
    }

    /** Adds a request that is in no queue. */
    void add(Request request) {
        request.queue(this);
        requests.add(request);
    }

    /** Returns the first one and leaves it where it is. */
    @Nullable
    Request peek() {
        Request first = requests.peek();
        while (first != null && first.queue() != this) {
            requests.remove();
            gaps--;
            first = requests.peek();
        }
        return first;
    }

    /** Takes the first one. */
    @Nullable
    Request poll() {
        Request first = peek();
        if (first != null) {
            requests.remove();
            first.queue(null);
        }
        return first;
    }

    /** Takes out a request that is in this queue. */
    void remove(Request request) {
        request.queue(null);
        gaps++;
        if (gaps > FEW_GAPS && gaps > requests.size() / 2) {
            requests.removeIf(other -> other.queue() != this);
            gaps = 0;
        }
    }
}
