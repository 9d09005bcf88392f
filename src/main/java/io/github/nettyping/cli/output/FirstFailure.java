package io.github.nettyping.cli.output;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs pieces of code until one of them throws, and remembers what: the library would only log what its listeners throw.
 * Confined to one thread, the event loop; {@link #failure} belongs to whoever comes after the end of it all.
 */
public final class FirstFailure {

    private final Runnable onFailure;
    private @Nullable Throwable failure;

    /** {@code onFailure} is run once, when there is a failure. */
    public FirstFailure(Runnable onFailure) {
        this.onFailure = onFailure;
    }

    public void run(Runnable code) {
        if (failure != null) {
            return;
        }
        try {
            code.run();
        } catch (RuntimeException | Error e) {
            failure = e;
            onFailure.run();
        }
    }

    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }
}
