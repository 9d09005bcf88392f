package io.github.nettyping.internal.linux;

/**
 * An option of the kernel's sockets, and the remedy if it is refused. Immutable.
 *
 * @param text      its C name
 * @param level     {@code SOL_SOCKET}, or the protocol it belongs to
 * @param number    its value
 * @param privilege which privilege setting it needs, in words; empty for none
 */
public record OptionName(String text, int level, int number, String privilege) {

    public static OptionName socket(String text, int number) {
        return socket(text, number, "");
    }

    public static OptionName socket(String text, int number, String privilege) {
        return new OptionName(text, SocketHeader.SOL_SOCKET, number, privilege);
    }

    public static OptionName ipv4(String text, int number) {
        return new OptionName(text, InHeader.IPPROTO_IP, number, "");
    }

    public static OptionName ipv6(String text, int number) {
        return new OptionName(text, InHeader.IPPROTO_IPV6, number, "");
    }

    /** Returns an option of which only the numbers are known. */
    public static OptionName unnamed(int level, int number) {
        return new OptionName(level + ", " + number, level, number, "");
    }

    /** Returns what helps when setting it fails, or an empty string. */
    public String remedy(int errno) {
        return switch (errno) {
            case Errno.EPERM, Errno.EACCES -> privilege;
            case Errno.ENODEV, Errno.EADDRNOTAVAIL -> "there is no such interface: see ip link";
            case Errno.ENOPROTOOPT -> "this kernel, or this kind of socket, does not have the option";
            case Errno.EINVAL -> "the kernel does not take this value here";
            default -> "";
        };
    }
}
