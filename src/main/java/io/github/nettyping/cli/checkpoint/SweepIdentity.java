package io.github.nettyping.cli.checkpoint;

import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.cli.format.Words;
import io.github.nettyping.cli.target.TargetOrder;
import io.github.nettyping.target.Shard;
import io.github.nettyping.target.TargetSequence;
import io.github.nettyping.target.Targets;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What has to be the same in all parts of a sweep, or positions and output of one would mean nothing to the next. Timeouts,
 * rates and all else may change. Immutable.
 *
 * @param targets     addresses in the set
 * @param fingerprint of them, in hexadecimal digits
 * @param seed        of the random order; empty if the order is ascending
 * @param limit       how many of that at most; empty for all
 * @param shown       which targets have one
 */
public record SweepIdentity(
        long targets,
        String fingerprint,
        OptionalLong seed,
        Shard shard,
        OptionalLong limit,
        ResultFormat.Name format,
        Shown shown,
        String output) {

    /** The targets that have a result in the output. */
    public enum Shown {
        NONE("no target"),
        ALIVE("targets that answered"),
        DEAD("targets that did not answer"),
        ALL("all targets");

        private final String words;

        Shown(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    public static SweepIdentity of(
            TargetSequence sequence, TargetOrder order, ResultFormat.Name format, Shown shown, Path output) {
        Targets targets = sequence.targets();
        return new SweepIdentity(
                targets.count(),
                fingerprint(targets),
                order.seed(),
                order.shard(),
                order.limit(),
                format,
                shown,
                output.toString());
    }

    /** Returns the same for the same addresses with the same numbers, SHA-256 of their ranges. */
    private static String fingerprint(Targets targets) {
        MessageDigest digest = sha256();
        ByteBuffer range = ByteBuffer.allocate(4 * Long.BYTES);
        targets.ranges().forEach(next -> {
            range.clear();
            range.putLong(next.first().high()).putLong(next.first().low());
            range.putLong(next.first().scopeId()).putLong(next.count());
            digest.update(range.array());
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Returns a phrase for everything in which a sweep that is to go on differs from this one, which was recorded. */
    List<String> differencesOf(SweepIdentity now) {
        List<String> phrases = new ArrayList<>();
        if (targets != now.targets || !fingerprint.equals(now.fingerprint)) {
            phrases.add(
                    targets == now.targets
                            ? "as many targets, " + targets + ", but others"
                            : "other targets, " + targets + " (now " + now.targets + ")");
        }
        add(phrases, "order", order(), now.order());
        if (seed.isPresent() && now.seed.isPresent()) {
            add(phrases, "seed", seed.getAsLong(), now.seed.getAsLong());
        }
        add(phrases, "shard", shard, now.shard);
        add(phrases, "limit", word(limit), word(now.limit));
        add(phrases, "format", Words.lower(format), Words.lower(now.format));
        add(phrases, "lines of", shown.words(), now.shown.words());
        add(phrases, "output", output, now.output);
        return phrases;
    }

    private static void add(List<String> phrases, String what, Object recorded, Object now) {
        if (!Objects.equals(recorded, now)) {
            phrases.add(what + " " + recorded + " (now " + now + ")");
        }
    }

    private String order() {
        return seed.isPresent() ? "random" : "sequential";
    }

    private static String word(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "none";
    }
}
