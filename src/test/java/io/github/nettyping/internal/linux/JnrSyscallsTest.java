package io.github.nettyping.internal.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JnrSyscallsTest {

    @BeforeAll
    static void loadNettysNativeLibrary() {
        Epoll.ensureAvailability();
    }

    @Test
    void passesItsSelfTestOnThisMachine() {
        assertThatCode(JnrSyscalls::load).doesNotThrowAnyException();
    }

    @Test
    void returnsTheNegatedErrnoOfAFailedCall() throws IOException {
        Syscalls syscalls = JnrSyscalls.load();
        try (NativeMemory value = new NativeMemory(Integer.BYTES)) {
            assertThat(syscalls.getsockopt(-1, SocketHeader.SOL_SOCKET, SocketHeader.SO_RCVBUF, value))
                    .isEqualTo(-Errno.EBADF);
        }
    }

    @Test
    void aSocketIsNoTerminalAndSoHasNoColumns() {
        Syscalls syscalls = Syscalls.ofThisMachine();
        int fd = syscalls.socket(SocketHeader.AF_UNIX, SocketHeader.SOCK_DGRAM | SocketHeader.SOCK_CLOEXEC, 0);
        FileDescriptor socket = new FileDescriptor(fd);
        try (NativeMemory size = new NativeMemory(TerminalSize.WINSIZE_BYTES)) {
            assertThat(syscalls.ioctl(fd, IoctlsHeader.TIOCGWINSZ, size)).isNegative();
            assertThat(TerminalSize.columns(syscalls, fd)).isEmpty();
        } finally {
            assertThatCode(socket::close).doesNotThrowAnyException();
        }
    }

    @Test
    void theMachinesCallsAreBoundOnce() {
        assertThat(Syscalls.ofThisMachine()).isSameAs(Syscalls.ofThisMachine());
    }

    /** What jnr-ffi 2.3 does to a sixth argument, garbage in its place, done here to the second one of a call. */
    @Test
    void selfTestCatchesAMiscompiledCall() throws IOException {
        Syscalls real = JnrSyscalls.load();
        Syscalls broken = (Syscalls) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Syscalls.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("setsockopt")) {
                        arguments[1] = 0x7f12;
                    }
                    return method.invoke(real, arguments);
                });

        assertThatThrownBy(() -> SyscallSelfTest.run(broken))
                .isInstanceOf(UnsatisfiedLinkError.class)
                .hasMessageContaining("setsockopt(SO_SNDBUF)");
    }

    /** It says nothing of how calls are made. */
    @Test
    void selfTestThatGetsNoSocketHasFoundNothing() throws IOException {
        Syscalls real = JnrSyscalls.load();
        Syscalls full = (Syscalls) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Syscalls.class},
                (proxy, method, arguments) -> method.getName().equals("socket") && (int) arguments[0] >= 0
                        ? -Errno.EMFILE
                        : method.invoke(real, arguments));

        assertThatThrownBy(() -> SyscallSelfTest.run(full))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("EMFILE");
    }

    /** A sandbox refuses a call whatever it is asked for; that is no fault of how it was made. */
    @ParameterizedTest
    @MethodSource("callsOfTheSelfTest")
    void aRefusedCallIsNamedAndNotBlamedOnItsMaking(Method call) throws IOException {
        Syscalls real = JnrSyscalls.load();
        for (int errno : List.of(Errno.EPERM, Errno.EACCES, Errno.ENOSYS)) {
            Syscalls refusing = (Syscalls) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {Syscalls.class},
                    (proxy, method, arguments) -> method.equals(call) ? -errno : method.invoke(real, arguments));

            assertThatThrownBy(() -> SyscallSelfTest.run(refusing))
                    .isInstanceOf(UnsatisfiedLinkError.class)
                    .hasMessageStartingWith(call.getName())
                    .hasMessageContainingAll(Errno.name(errno), "sandbox")
                    .hasMessageNotContaining("jnr-ffi");
        }
    }

    static Stream<Method> callsOfTheSelfTest() {
        // It asks nobody else, and so connects with nobody.
        return Stream.of(Syscalls.class.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers())
                        && !method.getName().equals("connect"));
    }

    @Test
    void namesErrorNumbers() {
        assertThat(Errno.name(Errno.EPERM)).isEqualTo("EPERM");
        assertThat(Errno.name(Errno.EMFILE)).isEqualTo("EMFILE");
        assertThat(Errno.name(38)).isEqualTo("ENOSYS");
        assertThat(Errno.name(Errno.EMSGSIZE)).isEqualTo("EMSGSIZE");
        assertThat(Errno.name(Errno.EHOSTUNREACH)).isEqualTo("EHOSTUNREACH");
        assertThat(Errno.name(Errno.EREMOTEIO)).isEqualTo("EREMOTEIO");
        assertThat(Errno.name(1234)).isEqualTo("errno 1234");
    }
}
