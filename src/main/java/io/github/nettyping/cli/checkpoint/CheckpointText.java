package io.github.nettyping.cli.checkpoint;

import com.fasterxml.jackson.core.JsonParseException;
import io.github.nettyping.cli.format.JsonObject;
import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.cli.format.Words;
import io.github.nettyping.cli.output.ExitCode;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.statistics.PingRecorder;
import io.github.nettyping.target.PositionSet;
import io.github.nettyping.target.Shard;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
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
    private static final int FORM = 2;

    private static final String BEGINNING = "{\"nettyping_checkpoint\":";

    private static final String CHECKSUM = ",\"sha256\":\"";
    private static final String END = "\"}\n";
    private static final int CHECKSUM_DIGITS = 64;
    private static final int TAIL_BYTES = CHECKSUM.length() + CHECKSUM_DIGITS + END.length();

    /** More than anything that is counted here, and less than a sum of many could overflow. */
    private static final long MOST = 1L << 56;

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
        json.put("output_bytes", checkpoint.outputBytes())
                .put("output_crc32c", checkpoint.outputCrc())
                .put("done", done(checkpoint.done()));
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
        } catch (JsonParseException | RuntimeException e) {
            // Whatever a number or a histogram that nobody wrote leads to.
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
                count(object, "output_bytes"),
                count(object, "output_crc32c"),
                done(object.object("done"), count(object, "targets")),
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

    /** Returns a number that counts something. */
    private static long count(JsonObject object, String name) {
        return required(name, object.number(name), MOST);
    }

    private static long required(String name, long value, long most) {
        if (value < 0 || value > most) {
            throw new IllegalArgumentException(name + " is " + value + " (expected: 0 to " + most + ")");
        }
        return value;
    }

    private static Ledger.Snapshot done(JsonObject done, long targets) {
        PositionSet positions = PositionSet.of(
                required("below", done.number("below"), targets),
                Base64.getDecoder().decode(done.text("bitmap")));
        CorrelatorStatistics.Outcomes outcomes =
                CorrelatorStatistics.Outcomes.of(kind -> count(done, Words.status(kind)));
        PingRecorder recorder = PingRecorder.of(Base64.getDecoder().decode(done.text("round_trips")));
        requireSame("count", done.number("count"), positions.count());
        requireSame("verdicts", outcomes.total(), positions.count());
        requireSame("round trips", recorder.statistics().roundTrips().count(), outcomes.replied());
        required("the last position", positions.end(), targets);
        return new Ledger.Snapshot(positions, SweepTally.of(outcomes, recorder));
    }

    private static void requireSame(String name, long value, long expected) {
        if (value != expected) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }

    private static SweepPast past(JsonObject object) {
        JsonObject counts = object.object("packets");
        OptionalLong sending = nanos(object, "sending_ns");
        CorrelatorStatistics statistics = new CorrelatorStatistics(
                count(counts, "probes_sent"),
                count(counts, "further_tries"),
                count(counts, "resent"),
                count(counts, "replies"),
                count(counts, "duplicates"),
                count(counts, "damaged"),
                count(counts, "late"),
                CorrelatorStatistics.Rejected.of(reason -> count(counts, Words.lower(reason))),
                count(counts, "icmp_errors"),
                count(counts, "late_errors"),
                count(counts, "notices"),
                CorrelatorStatistics.EMPTY.outcomes(),
                0,
                sending.isPresent() ? OptionalLong.of(0) : OptionalLong.empty(),
                sending,
                nanos(object, "answering_ns"));
        Set<SocketKind> sockets = EnumSet.noneOf(SocketKind.class);
        object.texts("sockets").forEach(name -> sockets.add(SocketKind.valueOf(name)));
        return new SweepPast(
                statistics,
                count(counts, "local_drops"),
                object.texts("interfaces_lost"),
                Set.copyOf(sockets),
                Instant.parse(object.text("started_at")),
                count(object, "elapsed_ns"));
    }

    private static OptionalLong nanos(JsonObject object, String name) {
        OptionalLong value = object.optionalNumber(name);
        value.ifPresent(number -> required(name, number, MOST));
        return value;
    }

    private static OptionalInt exitCode(JsonObject object) {
        OptionalLong code = object.optionalNumber("exit_code");
        if (code.isEmpty()) {
            return OptionalInt.empty();
        }
        // Throws if it is none.
        return OptionalInt.of(ExitCode.of(Math.toIntExact(code.getAsLong())).code());
    }
}
