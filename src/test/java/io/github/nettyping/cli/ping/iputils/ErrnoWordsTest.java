package io.github.nettyping.cli.ping.iputils;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.packet.SystemCallException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrnoWordsTest {

    /** What strerror(3) of glibc 2.36 returned, but for the last two. */
    @ParameterizedTest
    @CsvSource({
        "1, Operation not permitted",
        "11, Resource temporarily unavailable",
        "12, Cannot allocate memory",
        "13, Permission denied",
        "19, No such device",
        "22, Invalid argument",
        "90, Message too long",
        "97, Address family not supported by protocol",
        "99, Cannot assign requested address",
        "100, Network is down",
        "101, Network is unreachable",
        "105, No buffer space available",
        "111, Connection refused",
        "112, Host is down",
        "113, No route to host",
        "104, ECONNRESET",
        "1234, errno 1234"
    })
    void wordsAreThoseOfTheCLibrary(int errno, String words) {
        assertThat(IputilsWords.of(new SystemCallException("sendmmsg", errno, Errno.name(errno), "")))
                .isEqualTo(words);
    }
}
