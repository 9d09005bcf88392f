package io.github.nettyping.bench;

import io.github.nettyping.codec.InternetChecksum;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** The checksum of one message, which raw IPv4 sockets leave to the sender: once for each probe and each reply there. */
public class ChecksumBenchmark extends LoopBenchmark {

    /** Payloads: of ping(8), of a full Ethernet frame, of the largest packet. */
    @Param({"56", "1472", "65507"})
    public int bytes;

    private ByteBuf buffer;

    /** Fills the buffer, the same way in each run. */
    @Setup
    public void fill() {
        byte[] content = new byte[bytes];
        new SplittableRandom(42).nextBytes(content);
        buffer = PooledByteBufAllocator.DEFAULT.directBuffer(bytes).writeBytes(content);
    }

    /** Gives the buffer back. */
    @TearDown
    public void release() {
        buffer.release();
    }

    /** Of direct memory, as the packets are. */
    @Benchmark
    public int checksum() {
        return InternetChecksum.of(buffer, 0, bytes);
    }
}
