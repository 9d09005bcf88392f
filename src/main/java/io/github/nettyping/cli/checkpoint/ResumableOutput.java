package io.github.nettyping.cli.checkpoint;

import io.github.nettyping.cli.output.ExclusiveFile;
import io.github.nettyping.cli.output.FileFailure;
import io.github.nettyping.cli.output.ResultFile;
import io.github.nettyping.cli.output.UnusableException;
import io.github.nettyping.target.PositionSet;
import io.github.nettyping.target.TargetSequence;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
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
 * @param held   the file of the checkpoint
 * @param found  what that had, if there was one
 */
public record ResumableOutput(
        Path checkpoint, Path output, ResultFile file, ExclusiveFile held, Optional<Checkpoint> found)
        implements Closeable {

    private static final String CHECKPOINT = "--checkpoint";
    private static final int LONGEST_BEGINNING_BYTES = 64;

    /**
     * Opens both, and reads the checkpoint if there is one.
     *
     * @throws FileFailure if one cannot be used
     * @throws UnusableException if there is one, and it is none or damaged, or of another output
     */
    public static ResumableOutput open(Path output, Path checkpoint) throws FileFailure {
        Path absolute = absolute(output);
        ExclusiveFile held = hold(checkpoint);
        try {
            Optional<Checkpoint> found = read(checkpoint, held);
            requireOutput(checkpoint, found, absolute);
            ResultFile file = open(output, checkpoint, absolute, found.isPresent());
            return new ResumableOutput(checkpoint, absolute, file, held, found);
        } catch (FileFailure | RuntimeException e) {
            close(checkpoint, held);
            throw e;
        }
    }

    private static ExclusiveFile hold(Path checkpoint) throws FileFailure {
        if (Files.exists(checkpoint) && !Files.isRegularFile(checkpoint)) {
            throw new UnusableException(
                    "--checkpoint " + checkpoint + ": is no regular file; name one that is, or that does not exist");
        }
        try {
            return ExclusiveFile.hold(checkpoint);
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw new FileFailure(CHECKPOINT, checkpoint, e, "name a file that can be written");
        } catch (IOException e) {
            throw new FileFailure(CHECKPOINT, checkpoint, e, "name another file");
        }
    }

    private static void close(Path checkpoint, ExclusiveFile held) throws FileFailure {
        try {
            held.close();
        } catch (IOException e) {
            throw new FileFailure(CHECKPOINT, checkpoint, e, "name another file");
        }
    }

    private static ResultFile open(Path output, Path checkpoint, Path absolute, boolean resuming) throws FileFailure {
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

    private static Optional<Checkpoint> read(Path checkpoint, ExclusiveFile held) throws FileFailure {
        if (held.isNew()) {
            return Optional.empty();
        }
        try {
            byte[] beginning = held.read(LONGEST_BEGINNING_BYTES);
            // Whoever mistakes another file for it should not wait for all of that to be read.
            byte[] whole = CheckpointText.mayBegin(beginning) ? held.read(Integer.MAX_VALUE) : beginning;
            return Optional.of(CheckpointText.parse(whole));
        } catch (IOException e) {
            throw new FileFailure(CHECKPOINT, checkpoint, e, "name another file");
        } catch (IllegalArgumentException e) {
            throw new UnusableException("--checkpoint " + checkpoint + ": " + e.getMessage()
                    + "; name another file, or remove this one to begin anew");
        }
    }

    public OptionalLong seed() {
        return found.isPresent() ? found.get().identity().seed() : OptionalLong.empty();
    }

    public CheckpointKeeper.Store store() {
        return content -> {
            try {
                held.replace(content);
            } catch (IOException e) {
                throw new FileFailure(CHECKPOINT, checkpoint, e, "name a file that can be written");
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
            file.truncate();
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
        file.read(before.outputBytes());
        if (file.checksum() != before.outputCrc()) {
            throw new UnusableException("--checkpoint " + checkpoint + ": the first " + before.outputBytes()
                    + " bytes of its output " + output
                    + " are not those that were written; put those back, or remove the checkpoint to begin anew");
        }
        if (before.done().done().end() > whole.count()) {
            throw new UnusableException("--checkpoint " + checkpoint + " tells of more targets than there are: "
                    + before.done().done().end() + " of " + whole.count() + "; remove it to begin anew");
        }
        file.truncate();
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
        try (file) {
            close(checkpoint, held);
        }
    }
}
