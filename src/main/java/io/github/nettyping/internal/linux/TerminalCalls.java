package io.github.nettyping.internal.linux;

/** What of the C library concerns terminals, as jnr-ffi binds it. Apart from {@link LibC}: only few runs need it. */
public interface TerminalCalls {

    /** ioctl(2). */
    int ioctl(int fd, long request, long argument);
}
