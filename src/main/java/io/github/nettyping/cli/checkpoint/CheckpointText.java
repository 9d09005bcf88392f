package io.github.nettyping.cli.checkpoint;

import com.fasterxml.jackson.core.JsonParseException;
import io.github.nettyping.cli.format.JsonObject;
import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.cli.format.Words;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.statistics.PingRecorder;
import io.github.nettyping.target.PositionSet;
import io.github.nettyping.target.Shard;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The form of a checkpoint in its file: one line with a JSON object in ASCII, whose last field is a checksum of all that stands
 * before it. So damage anywhere is noticed, and a file that was cut is none. Stateless.
 */
final class CheckpointText {

    /** Raised with every change that an earlier version would misunderstand. */
    private static final int FORM = 1;

    private static final String BEGINNING = "{\"nettyping_checkpoint\":";

    private static final String CHECKSUM = ",\"sha256\":\"";
    private static final String END = "\"}\n";
    private static final int CHECKSUM_DIGITS = 64;
    private static final int TAIL_BYTES = CHECKSUM.length() + CHECKSUM_DIGITS + END.length();

    private CheckpointText() {}

    /** Tells whether a file that begins like this may be one. */
    static boolean mayBegin(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII).startsWith(BEGINNING);
    }

    static byte[] of(Checkpoint checkpoint) {
        JsonObject json = new JsonObject()
                .put("nettyping_checkpoint", FORM)
                .put("version", checkpoint.version())
                .put("command", checkpoint.command());
        put(json, checkpoint.identity());
        json.put("output_bytes", checkpoint.outputBytes()).put("done", done(checkpoint.done()));
        put(json, checkpoint.past());
        json.put("exit_code", checkpoint.exitCode());
        byte[] object = json.toString().getBytes(StandardCharsets.US_ASCII);
        // Its end comes after the checksum.
        int length = object.length - 1;
        byte[] whole = Arrays.copyOf(object, length + TAIL_BYTES);
        byte[] tail = tail(object, length);
        System.arraycopy(tail, 0, whole, length, tail.length);
        return whole;
    }

    private static byte[] tail(byte[] bytes, int length) {
        MessageDigest digest = SweepIdentity.sha256();
        digest.update(bytes, 0, length);
        String sum = HexFormat.of().formatHex(digest.digest());
        return (CHECKSUM + sum + END).getBytes(StandardCharsets.US_ASCII);
    }

    private static void put(JsonObject json, SweepIdentity identity) {
        json.put("targets", identity.targets())
                .put("targets_sha256", identity.fingerprint())
                .put("seed", identity.seed())
                .put("shard", identity.shard().index())
                .put("shards", identity.shard().count())
                .put("limit", identity.limit())
                .put("format", identity.format())
                .put("shown", identity.shown())
                .put("output", identity.output());
    }

    private static JsonObject done(Ledger.Snapshot done) {
        JsonObject json = new JsonObject()
                .put("count", done.done().count())
                .put("below", done.done().floor())
                .put("bitmap", Base64.getEncoder().encodeToString(done.done().bitmap()));
        Words.outcomes(done.tally().outcomes()).forEach((kind, count) -> json.put(Words.status(kind), count));
        return json.put(
                "round_trips", Base64.getEncoder().encodeToString(done.tally().recorderBytes()));
    }

    private static void put(JsonObject json, SweepPast past) {
        CorrelatorStatistics counts = past.statistics();
        JsonObject packets = new JsonObject()
                .put("probes_sent", counts.probesSent())
                .put("further_tries", counts.furtherTries())
                .put("resent", counts.resent())
                .put("replies", counts.replies())
                .put("duplicates", counts.duplicates())
                .put("damaged", counts.damaged())
                .put("late", counts.late());
        Words.rejected(counts.rejected()).forEach(packets::put);
        packets.put("icmp_errors", counts.icmpErrors())
                .put("late_errors", counts.lateErrors())
                .put("notices", counts.notices())
                .put("local_drops", past.localDrops());
        json.put("packets", packets)
                .put("sending_ns", counts.lastSentNanos())
                .put("answering_ns", counts.lastReplyNanos())
                .put("interfaces_lost", past.interfacesLost())
                .put("sockets", past.sockets().stream().map(SocketKind::name).toList())
                .put("started_at", past.startedAt().toString())
                .put("elapsed_ns", past.elapsedNanos());
    }

    /** Reads the content of a file; the message of an {@link IllegalArgumentException} says what it is instead. */
    static Checkpoint parse(byte[] bytes) {
        int length = bytes.length - TAIL_BYTES;
        if (!mayBegin(bytes) || length < BEGINNING.length()) {
            throw new IllegalArgumentException("no checkpoint of nettyping");
        }
        byte[] tail = tail(bytes, length);
        if (!Arrays.equals(bytes, length, bytes.length, tail, 0, tail.length)) {
            throw new IllegalArgumentException("a damaged checkpoint, its checksum is wrong");
        }
        try {
            return read(JsonObject.parse(bytes));
        } catch (JsonParseException | DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "a checkpoint that this version of nettyping cannot read: " + e.getMessage(), e);
        }
    }

    private static Checkpoint read(JsonObject object) {
        long form = object.number("nettyping_checkpoint");
        if (form != FORM) {
            throw new IllegalArgumentException("its form is " + form + " (expected: " + FORM + ")");
        }
        return new Checkpoint(
                identity(object),
                object.text("command"),
                object.text("version"),
                object.number("output_bytes"),
                done(object.object("done")),
                past(object),
                exitCode(object));
    }

    private static SweepIdentity identity(JsonObject object) {
        return new SweepIdentity(
                object.number("targets"),
                object.text("targets_sha256"),
                object.optionalNumber("seed"),
                new Shard((int) object.number("shard"), (int) object.number("shards")),
                object.optionalNumber("limit"),
                ResultFormat.Name.valueOf(upper(object.text("format"))),
                SweepIdentity.Shown.valueOf(upper(object.text("shown"))),
                object.text("output"));
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    private static Ledger.Snapshot done(JsonObject done) {
        PositionSet positions =
                PositionSet.of(done.number("below"), Base64.getDecoder().decode(done.text("bitmap")));
        CorrelatorStatistics.Outcomes outcomes =
                CorrelatorStatistics.Outcomes.of(kind -> done.number(Words.status(kind)));
        byte[] recorder = Base64.getDecoder().decode(done.text("round_trips"));
        return new Ledger.Snapshot(positions, SweepTally.of(outcomes, PingRecorder.of(recorder)));
    }

    private static SweepPast past(JsonObject object) {
        JsonObject counts = object.object("packets");
        OptionalLong sending = object.optionalNumber("sending_ns");
        CorrelatorStatistics statistics = new CorrelatorStatistics(
                counts.number("probes_sent"),
                counts.number("further_tries"),
                counts.number("resent"),
                counts.number("replies"),
                counts.number("duplicates"),
                counts.number("damaged"),
                counts.number("late"),
                CorrelatorStatistics.Rejected.of(reason -> counts.number(Words.lower(reason))),
                counts.number("icmp_errors"),
                counts.number("late_errors"),
                counts.number("notices"),
                CorrelatorStatistics.EMPTY.outcomes(),
                0,
                sending.isPresent() ? OptionalLong.of(0) : OptionalLong.empty(),
                sending,
                object.optionalNumber("answering_ns"));
        Set<SocketKind> sockets = EnumSet.noneOf(SocketKind.class);
        object.texts("sockets").forEach(name -> sockets.add(SocketKind.valueOf(name)));
        return new SweepPast(
                statistics,
                counts.number("local_drops"),
                object.texts("interfaces_lost"),
                Set.copyOf(sockets),
                Instant.parse(object.text("started_at")),
                object.number("elapsed_ns"));
    }

    private static OptionalInt exitCode(JsonObject object) {
        OptionalLong code = object.optionalNumber("exit_code");
        return code.isPresent() ? OptionalInt.of((int) code.getAsLong()) : OptionalInt.empty();
    }
}
