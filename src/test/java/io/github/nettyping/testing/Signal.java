package io.github.nettyping.testing;

/** A signal, sent by this process itself: {@code kill} is a program that a small machine lacks. */
public enum Signal {
    INT(2),
    QUIT(3),
    KILL(9),
    USR1(10),
    TERM(15);

    /** {@code asm-generic/signal.h}, the same on x86-64 and AArch64; signal(7). */
    private final int number;

    Signal(int number) {
        this.number = number;
    }

    /**
     * Sends it to a process. One that has ended does not mind.
     *
     * @throws IllegalStateException if the process lives and the kernel refuses
     */
    public void send(Process process) {
        if (Libc.CALLS.kill(Math.toIntExact(process.pid()), number) < 0) {
            int errno = Libc.errno();
            if (process.isAlive()) {
                throw new IllegalStateException(Libc.failure("kill(" + process.pid() + ", SIG" + this + ")", errno));
            }
        }
    }
}
