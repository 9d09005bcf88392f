package io.github.nettyping.cli.output;

/**
 * A sink whose bytes can be made to survive. Whoever holds its monitor finds {@link #length} to be what whole writes have
 * added, since outputs write under it.
 */
public interface StableSink extends Output.Sink {

    /** Returns how many bytes it has; under its monitor. */
    long length();

    /** Returns the CRC-32C of these bytes; under its monitor. */
    long checksum();

    /** Forces to the disk what has been written; in any thread. */
    void force() throws FileFailure;
}
