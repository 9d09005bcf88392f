package io.github.nettyping.internal.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallRefusalTest {

    private static String of(String bottom) {
        return CallRefusal.of(new IllegalStateException("failed", new ChannelException(bottom)));
    }

    @Test
    void whatNobodyMayCallIsTheWorkOfASandbox() {
        for (int errno : List.of(Errno.EPERM, Errno.EACCES, Errno.ENOSYS)) {
            assertThat(CallRefusal.remedy(errno)).contains("sandbox");
        }
        for (String words : List.of("Operation not permitted", "Function not implemented", "Permission denied")) {
            assertThat(of("timerfd_create() failed: " + words))
                    .startsWith("timerfd_create() failed: " + words + "; ")
                    .contains("sandbox");
        }
    }

    @Test
    void whatIsShortIsNamedWithItsRemedy() {
        assertThat(of("eventfd() failed: Too many open files")).endsWith("ulimit -n");
        assertThat(of("eventfd() failed: Too many open files in system")).endsWith("fs.file-max");
        assertThat(of("/tmp/x.so: failed to map segment from shared object")).contains("noexec");
        assertThat(CallRefusal.remedy(Errno.EINVAL)).isEmpty();
        assertThat(of("Invalid argument")).isEqualTo("Invalid argument");
    }

    @Test
    void aFailureWithoutWordsIsCalledByItsName() {
        assertThat(CallRefusal.of(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    }
}
