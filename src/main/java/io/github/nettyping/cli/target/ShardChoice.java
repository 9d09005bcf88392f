package io.github.nettyping.cli.target;

import io.github.nettyping.target.Shard;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A part as typed: one of so many, or the one that the environment names. Immutable.
 *
 * @param index from 1, empty if the environment has it
 * @param count how many parts there are
 */
public record ShardChoice(OptionalInt index, int count) {

    /** What Kubernetes numbers the pods of an indexed job by, from 0. */
    static final String VARIABLE = "JOB_COMPLETION_INDEX";

    /** Throws {@link IllegalArgumentException} if the environment names none of these parts. */
    public Shard in(Map<String, String> environment) {
        return new Shard(index.isPresent() ? index.getAsInt() : indexOf(environment.get(VARIABLE)), count);
    }

    private int indexOf(@Nullable String value) {
        if (value != null && value.matches("[0-9]{1,9}")) {
            int completed = Integer.parseInt(value);
            if (completed < count) {
                return completed + 1;
            }
        }
        throw new IllegalArgumentException("--shard " + this + ": the environment variable " + VARIABLE
                + (value == null ? " is not set" : " is \"" + value + '"') + " (expected: 0 to " + (count - 1)
                + ", as in a pod of an indexed job); or name the part, such as --shard 1/" + count);
    }

    @Override
    public String toString() {
        return (index.isPresent() ? String.valueOf(index.getAsInt()) : "auto") + '/' + count;
    }
}
