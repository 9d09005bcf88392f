package io.github.nettyping.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpAddressTest {

    /** The examples of RFC 5952, sections 4 and 5, and the corners beside them. */
    @ParameterizedTest
    @CsvSource({
        "2001:0db8:0:0:0:0:0:1, 2001:db8::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:DB8:0:0:0:0:2:1, 2001:db8::2:1",
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "1:0:0:0:0:0:0:0, 1::",
        "0:0:1:0:0:0:0:0, 0:0:1::",
        "1:2:3:4:5:6:7:0, 1:2:3:4:5:6:7:0",
        "fe80:0:0:0:1:0:0:abcd, fe80::1:0:0:abcd"
    })
    void writesIpv6AsRfc5952Demands(String written, String canonical) throws UnknownHostException {
        assertThat(IpAddress.of(InetAddress.getByName(written))).hasToString(canonical);
    }

    @Test
    void linkLocalIsWhatNeedsAScope() {
        assertThat(new IpAddress(0xfe80L << 48, 1, 2).isLinkLocal()).isTrue();
        assertThat(new IpAddress(0xfebfL << 48, 1, 2).isLinkLocal()).isTrue();
        assertThat(new IpAddress(0xfec0L << 48, 1, 0).isLinkLocal()).isFalse();
        assertThat(new IpAddress(0xff02L << 48, 1, 0).isLinkLocal()).isFalse();
        assertThat(IpAddress.ofIpv4(0xa9fe0001).isLinkLocal()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0", "1.2.3.4", "127.0.0.1", "255.255.255.255", "224.0.0.1"})
    void keepsIpv4ThroughBothForms(String text) throws UnknownHostException {
        InetAddress address = InetAddress.getByName(text);

        assertThat(IpAddress.of(address)).hasToString(text);
        assertThat(IpAddress.of(address).family()).isEqualTo(IpFamily.IPV4);
        assertThat(IpAddress.of(address).toInetAddress()).isEqualTo(address);
    }

    @Test
    void keepsAllSixteenBytesAndTheScope() throws UnknownHostException {
        InetAddress address = InetAddress.getByName("fe80:102:304:506:708:90a:b0c:d0e%1");

        IpAddress value = IpAddress.of(address);

        assertThat(value.high()).isEqualTo(0xfe80_0102_0304_0506L);
        assertThat(value.low()).isEqualTo(0x0708_090a_0b0c_0d0eL);
        assertThat(value.scopeId()).isEqualTo(1);
        assertThat(value.toInetAddress()).isEqualTo(address);
        assertThat(value).hasToString("fe80:102:304:506:708:90a:b0c:d0e%lo");
    }

    @Test
    void refusesAScopeOnIpv4() {
        assertThatThrownBy(() -> new IpAddress(0, IpAddress.ipv4Low(0x7f000001), 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("scopeId: 3");
    }

    @ParameterizedTest
    @CsvSource({
        "223.255.255.255, false",
        "224.0.0.0, true",
        "239.255.255.255, true",
        "240.0.0.0, false",
        "ff02::1, true",
        "fe80::1, false"
    })
    void tellsMulticast(String text, boolean multicast) throws UnknownHostException {
        assertThat(IpAddress.of(InetAddress.getByName(text)).isMulticast()).isEqualTo(multicast);
    }
}
