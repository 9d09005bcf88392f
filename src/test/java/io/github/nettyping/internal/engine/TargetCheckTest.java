package io.github.nettyping.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.testing.Packets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetCheckTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void theUnspecifiedAddressIsThisHostAndNoGroup(String literal) {
        assertThat(TargetCheck.host(Packets.address(literal), ProbeOptions.defaults()))
                .isEqualTo(IpAddress.of(Packets.address(literal)));
        assertThatThrownBy(() -> TargetCheck.group(Packets.address(literal)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("group: " + literal);
    }
}
