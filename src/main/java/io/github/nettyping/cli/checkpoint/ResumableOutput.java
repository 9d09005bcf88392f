package io.github.nettyping.cli.checkpoint;

import io.github.nettyping.cli.output.DurableFile;
import io.github.nettyping.cli.output.FileFailure;
import io.github.nettyping.cli.output.ResultFile;
import io.github.nettyping.cli.output.UnusableException;
import io.github.nettyping.target.PositionSet;
import io.github.nettyping.target.TargetSequence;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The files {@code --output} and {@code --checkpoint} of a sweep that can go on: opened, and held so that no other process
 * writes to them, before anything is changed. Confined to one thread.
 *
 * @param output its absolute name
 * @param file   where results go
 * @param found  what the file had, if there was one
 */
public record ResumableOutput(Path checkpoint, Path output, ResultFile file, Optional<Checkpoint> found)
        implements Closeable {

    private static final int LONGEST_BEGINNING_BYTES = 64;

    /**
     * Opens both, and reads the checkpoint if there is one.
     *
     * @throws FileFailure if one cannot be used
     * @throws UnusableException if there is one, and it is none or damaged, or of another output
     */
    public static ResumableOutput open(Path output, Path checkpoint) throws FileFailure {
        Path absolute = absolute(output);
        requireOutput(checkpoint, read(checkpoint), absolute);
        ResultFile file = open(output, checkpoint, absolute);
        try {
            // Again, for another process may have gone on until the file was ours.
            Optional<Checkpoint> found = read(checkpoint);
            requireOutput(checkpoint, found, absolute);
            return new ResumableOutput(checkpoint, absolute, file, found);
        } catch (FileFailure | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static ResultFile open(Path output, Path checkpoint, Path absolute) throws FileFailure {
        boolean resuming = Files.exists(checkpoint);
        try {
            return ResultFile.keep(output, !resuming);
        } catch (NoSuchFileException e) {
            if (resuming) {
                throw new UnusableException("--checkpoint " + checkpoint + ": its output " + absolute
                        + " is gone; put it back, or remove the checkpoint to begin anew");
            }
            throw new FileFailure("--output", output, e, "name a file that can be written");
        }
    }

    private static void requireOutput(Path checkpoint, Optional<Checkpoint> found, Path absolute) {
        if (found.isPresent() && !found.get().identity().output().equals(absolute.toString())) {
            throw unfit(
                    checkpoint, found.get(), "output " + found.get().identity().output() + " (now " + absolute + ")");
        }
    }

    /** Returns the name that does not depend on the directory one is in, nor on links. */
    private static Path absolute(Path path) throws FileFailure {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            if (Files.exists(path)) {
                return path.toRealPath();
            }
            Path directory = absolute.getParent();
            return directory == null || Files.notExists(directory)
                    ? absolute
                    : directory.toRealPath().resolve(absolute.getFileName());
        } catch (IOException e) {
            throw new FileFailure("--output", path, e, "name another file");
        }
    }

    private static Optional<Checkpoint> read(Path checkpoint) throws FileFailure {
        if (Files.exists(checkpoint) && !Files.isRegularFile(checkpoint)) {
            throw new UnusableException(
                    "--checkpoint " + checkpoint + ": is no regular file; name one that is, or that does not exist");
        }
        try (InputStream in = Files.newInputStream(checkpoint)) {
            byte[] beginning = in.readNBytes(LONGEST_BEGINNING_BYTES);
            // Whoever mistakes another file for it should not wait for all of that to be read.
            byte[] whole = CheckpointText.mayBegin(beginning)
                    ? new SequenceInputStream(new ByteArrayInputStream(beginning), in).readAllBytes()
                    : beginning;
            return Optional.of(CheckpointText.parse(whole));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new FileFailure("--checkpoint", checkpoint, e, "name another file");
        } catch (IllegalArgumentException e) {
            throw new UnusableException("--checkpoint " + checkpoint + ": " + e.getMessage()
                    + "; name another file, or remove this one to begin anew");
        }
    }

    public OptionalLong seed() {
        return found.isPresent() ? found.get().identity().seed() : OptionalLong.empty();
    }

    public CheckpointKeeper.Store store() {
        DurableFile durable = new DurableFile(checkpoint);
        return content -> {
            try {
                durable.write(content);
            } catch (IOException e) {
                throw new FileFailure("--checkpoint", checkpoint, e, "name a file that can be written");
            }
        };
    }

    /**
     * Makes the output as long as the checkpoint says, or empty if there is none.
     *
     * @param startedAt the beginning if it is the first part
     * @throws UnusableException if the checkpoint is of another sweep, or the output has lost something
     */
    public Beginning begin(TargetSequence whole, SweepIdentity identity, Instant startedAt) throws FileFailure {
        if (found.isEmpty()) {
            file.truncate(0);
            Ledger empty = new Ledger(whole, new Ledger.Snapshot(new PositionSet(), new SweepTally()));
            return new Beginning(whole, Optional.of(empty), SweepPast.none(startedAt), true, OptionalInt.empty());
        }
        Checkpoint before = found.get();
        List<String> differences = before.identity().differencesOf(identity);
        if (!differences.isEmpty()) {
            throw unfit(checkpoint, before, String.join(", ", differences));
        }
        long bytes = file.size();
        if (bytes < before.outputBytes()) {
            throw new UnusableException("--checkpoint " + checkpoint + ": its output " + output + " has " + bytes
                    + " bytes of " + before.outputBytes()
                    + "; put back what is missing, or remove the checkpoint to begin anew");
        }
        file.truncate(before.outputBytes());
        return new Beginning(
                whole.without(before.done().done()),
                Optional.of(new Ledger(whole, before.done())),
                before.past(),
                false,
                before.exitCode());
    }

    private static UnusableException unfit(Path checkpoint, Checkpoint before, String differences) {
        return new UnusableException("--checkpoint " + checkpoint + " is of another sweep, with " + differences
                + "; name another file, or repeat what began it: nettyping " + before.command());
    }

    @Override
    public void close() throws FileFailure {
        file.close();
    }
}
