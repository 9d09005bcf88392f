package io.github.nettyping.testing;

/** A signal, sent by this process itself: {@code kill} is a program that a small machine lacks. */
public enum Signal {
    HUP(1),
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
        send(process, process.pid());
    }

    /** Sends it to a process group by its leader, as the terminal does for Ctrl-C. */
    public void sendToGroupOf(Process leader) {
        send(leader, -leader.pid());
    }

    private void send(Process process, long id) {
        if (Libc.CALLS.kill(Math.toIntExact(id), number) < 0) {
            int errno = Libc.errno();
            if (process.isAlive()) {
                throw new IllegalStateException(Libc.failure("kill(" + id + ", SIG" + this + ")", errno));
            }
        }
    }
}
