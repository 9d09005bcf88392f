package io.github.nettyping.testing;

import static io.github.nettyping.testing.CollectedAnswers.IDENTIFIER;
import static io.github.nettyping.testing.CollectedAnswers.SEQUENCE;
import static io.github.nettyping.testing.CollectedAnswers.payload;
import static io.github.nettyping.testing.Packets.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepliesTest {

    private static final String HOST = "198.51.100.7";
    private static final String HOST6 = "fd00:51::7";

    @ParameterizedTest
    @ValueSource(strings = {HOST, HOST6})
    void swapsAddressesAndReturnsTheData(String host) {
        assertThat(reply(Replies.echo(), host)).isEqualTo(expected(host, IDENTIFIER, SEQUENCE, payload(20)));
    }

    @ParameterizedTest
    @ValueSource(strings = {HOST, HOST6})
    void changesTheDataOrTheIdentity(String host) {
        byte[] corrupt = payload(20);
        corrupt[19] = (byte) ~corrupt[19];
        byte[] wrongToken = payload(20);
        wrongToken[0] = (byte) ~wrongToken[0];
        byte[] extended = payload(22);
        extended[20] = (byte) 0xee;
        extended[21] = (byte) 0xee;

        assertThat(reply(Replies.corruptPayload(), host)).isEqualTo(expected(host, IDENTIFIER, SEQUENCE, corrupt));
        assertThat(reply(Replies.wrongToken(), host)).isEqualTo(expected(host, IDENTIFIER, SEQUENCE, wrongToken));
        assertThat(reply(Replies.zeroPayload(), host)).isEqualTo(expected(host, IDENTIFIER, SEQUENCE, new byte[20]));
        assertThat(reply(Replies.truncate(16), host)).isEqualTo(expected(host, IDENTIFIER, SEQUENCE, payload(16)));
        assertThat(reply(Replies.extend(2), host)).isEqualTo(expected(host, IDENTIFIER, SEQUENCE, extended));
        assertThat(reply(Replies.wrongIdentifier(), host))
                .isEqualTo(expected(host, IDENTIFIER ^ 1, SEQUENCE, payload(20)));
        assertThat(reply(Replies.wrongSequence(), host))
                .isEqualTo(expected(host, IDENTIFIER, SEQUENCE ^ 1, payload(20)));
    }

    @ParameterizedTest
    @ValueSource(strings = {HOST, HOST6})
    void changesTheHeaders(String host) {
        boolean ipv6 = host.contains(":");
        int icmp = ipv6 ? 40 : 20;

        ByteBuffer code = reply(Replies.replyCode(9), host);
        assertThat(code.get(icmp + 1)).isEqualTo((byte) 9);
        assertThat(Packets.icmpChecksum(code)).isZero();
        assertThat(reply(Replies.replyType(14), host).get(icmp)).isEqualTo((byte) 14);
        assertThat(reply(Replies.hopLimit(3), host).get(ipv6 ? 7 : 8)).isEqualTo((byte) 3);
        assertThat(reply(Replies.shortMessage(2), host).limit()).isEqualTo(icmp + 2);
        assertThat(Packets.icmpChecksum(reply(Replies.badChecksum(), host))).isNotZero();
    }

    @Test
    void repliesFromAnotherSourceOfTheSameFamily() {
        ByteBuffer reply = reply(Replies.wrongSource(address("203.0.113.9")), HOST);

        assertThat(reply.getInt(12)).isEqualTo(0xcb007109);
        assertThat(Packets.checksum(reply, 0, 20, 0)).isZero();
        assertThatThrownBy(() -> reply(Replies.wrongSource(address("203.0.113.9")), HOST6))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {HOST, HOST6})
    void putsOptionsBetweenIpAndIcmp(String host) {
        ByteBuffer plain = reply(Replies.echo(), host);
        int icmp = host.contains(":") ? 40 : 20;

        ByteBuffer reply = reply(Replies.withIpOptions(), host);

        assertThat(Packets.icmpOffset(reply)).isEqualTo(icmp + 8);
        assertThat(reply.slice(icmp + 8, reply.limit() - icmp - 8)).isEqualTo(plain.slice(icmp, plain.limit() - icmp));
    }

    @ParameterizedTest
    @ValueSource(strings = {HOST, HOST6})
    void cutsIntoFragmentsThatMakeUpTheReply(String host) {
        ByteBuffer plain = reply(Replies.echo(), host);
        int header = host.contains(":") ? 40 : 20;
        int fragmentHeader = host.contains(":") ? 48 : 20;

        List<ByteBuffer> fragments =
                CollectedAnswers.of(Replies.fragmented(16), host, payload(20)).packets();

        ByteBuffer whole = ByteBuffer.allocate(plain.limit()).put(plain.slice(0, header));
        for (int i = fragments.size() - 1; i >= 0; i--) {
            ByteBuffer fragment = fragments.get(i);
            whole.put(fragment.slice(fragmentHeader, fragment.limit() - fragmentHeader));
        }
        assertThat(fragments).hasSize(2);
        assertThat(whole.flip()).isEqualTo(plain);
    }

    @Test
    void sendsTheSameReplySeveralTimes() {
        List<ByteBuffer> replies =
                CollectedAnswers.of(Replies.duplicate(3), HOST, payload(20)).packets();

        assertThat(replies).hasSize(3).containsOnly(expected(HOST, IDENTIFIER, SEQUENCE, payload(20)));
    }

    private static ByteBuffer reply(Behaviour behaviour, String host) {
        return CollectedAnswers.of(behaviour, host, payload(20)).packet();
    }

    private static ByteBuffer expected(String host, int identifier, int sequence, byte... payload) {
        boolean ipv6 = host.contains(":");
        return Packets.packet(
                address(host),
                address(ipv6 ? "fd00:2::1" : "192.0.2.1"),
                Packets.echoReply(ipv6, identifier, sequence, payload));
    }
}
