package io.github.nettyping.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.QueuedError;
import io.github.nettyping.packet.QueuedError.Origin;
import io.github.nettyping.packet.SocketKind;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where extensions are looked for, and what is believed. What objects say is for {@link ExtensionObjectsTest}. */
class ExtensionsTest {

    /** A time exceeded as a router of a carrier sent it, published as an example of a length that is none. */
    private static final byte[] CAPTURED = Packets.concat(
            Packets.hex(
                    "45 00 00a8 42f3 0000 f8 01 dda0 3e7370f4 9f415318", // IP header, total length 168
                    "0b", // type: time exceeded
                    "00", // code: in transit
                    "f4ee", // checksum
                    "00", // unused
                    "11", // length: 17 words, which is before the zeros
                    "0000", // unused
                    "45 00 0054 0000 4000 02 01 5075 9f415318 5db8d822", // quoted IP header, total length 84
                    "08 00 78f8 fe18 80ee"), // quoted echo request, its payload zeros
            new byte[100], // 128 bytes of quote in all
            Packets.hex(
                    "20 00", // extension structure: version 2
                    "7856", // checksum
                    "0008", // object: 8 bytes
                    "01", // class: MPLS label stack
                    "01", // type: incoming
                    "659f0", // label 416240
                    "1", // traffic class 0, bottom of stack
                    "01")); // time to live

    private static final MplsLabelStack CAPTURED_LABEL =
            new MplsLabelStack(List.of(new MplsLabelStack.Label(416_240, 0, true, 1)));

    private static final byte[] LABEL = Packets.object(1, 1, Packets.hex("186a1 3 ff"));
    private static final MplsLabelStack LABEL_READ =
            new MplsLabelStack(List.of(new MplsLabelStack.Label(0x186a1, 1, true, 255)));

    private static final byte[] PAYLOAD = Packets.hex("f1f2f3f4f5f6f7f8f1f2f3f4f5f6f7f8 010203");

    /** What Linux 6.18 queued of a time exceeded that said a length of 32 words, on a ping socket. */
    private static final byte[] QUEUED_BY_LINUX = Packets.concat(
            Packets.hex(
                    "08 00 4f0b 1234 5678", // quoted echo request
                    "0102030405060708090a0b0c0d0e0f10"), // its payload
            new byte[84], // filled up
            Packets.hex("20 00 b28d 0008 01 01 186a13ff")); // extension structure: one label

    /** The {@code ee_rfc4884.len} that came with it, and with IP_HDRINCL, which adds the IP header. */
    private static final int LEN_BY_LINUX = 108;

    private static final int LEN_BY_LINUX_WITH_HEADER = 128;

    /** Returns the quoted packet, filled up with zeros to a length. */
    private static byte[] quote(IpFamily family, int length) {
        byte[] request =
                Packets.concat(Packets.hex(family == IpFamily.IPV4 ? "08" : "80", "00 0000 1234 5678"), PAYLOAD);
        byte[] packet = family == IpFamily.IPV4
                ? Packets.ipv4(Packets.US, Packets.TARGET, request)
                : Packets.ipv6(Packets.US_V6, Packets.TARGET_V6, Ipv6Header.ICMPV6, request);
        return Arrays.copyOf(packet, length);
    }

    private static IcmpError raw(SocketKind kind, String header, byte[]... rest) {
        IcmpPacket packet =
                Packets.delivered(kind, Packets.ROUTER, Packets.concat(Packets.hex(header), Packets.concat(rest)));
        ByteBuf content = packet.content();
        IcmpError error = Packets.decode(IcmpError.class, kind, packet);
        assertThat(content.refCnt()).isZero();
        return error;
    }

    private static IcmpError queued(IpFamily family, int type, OptionalInt offset, byte[]... bytes) {
        boolean v4 = family == IpFamily.IPV4;
        QueuedError entry =
                new QueuedError(113, v4 ? Origin.ICMP : Origin.ICMPV6, type, 0, 0, Optional.of(Packets.ROUTER), offset);
        IcmpPacket packet = Packets.packet(v4 ? Packets.TARGET : Packets.TARGET_V6, Packets.concat(bytes))
                .queuedError(entry);
        return Packets.decode(IcmpError.class, SocketKind.of(family, false), packet);
    }

    private static void assertRead(IcmpError error, ExtensionObject... objects) {
        assertThat(error.extensions()).containsExactly(objects);
        assertThat(error.extensionsMalformed()).isFalse();
    }

    private static void assertNone(IcmpError error) {
        assertRead(error);
    }

    private static void assertMalformed(IcmpError error) {
        assertThat(error.extensions()).isEmpty();
        assertThat(error.extensionsMalformed()).isTrue();
    }

    private static int quotedPayload(IcmpError error) {
        return error.quote().orElseThrow().payloadBytes();
    }

    @Test
    void readsACapturedLabelBehindAQuoteFilledUpWithZeros() {
        TimeExceededMessage error = Packets.decode(
                TimeExceededMessage.class, SocketKind.IPV4_RAW, Packets.packet(Packets.ROUTER, CAPTURED));

        assertRead(error, CAPTURED_LABEL);
        assertThat(error.quote().orElseThrow().sequence()).isEqualTo(0x80ee);
        // 17 words are 68 bytes, without the headers of 20 and 8.
        assertThat(quotedPayload(error)).isEqualTo(40);
    }

    @Test
    void readsTheSameFromTheErrorQueueWhichTellsNoLength() {
        byte[] queued = Arrays.copyOfRange(CAPTURED, 48, CAPTURED.length);

        IcmpError error = queued(IpFamily.IPV4, 11, OptionalInt.empty(), queued);

        assertRead(error, CAPTURED_LABEL);
        // Whether the zeros are payload is not to be seen without the IP header.
        assertThat(quotedPayload(error)).isZero();
    }

    @Test
    void readsTheSameFromTheErrorQueueOfASocketThatSendsIpHeaders() {
        byte[] queued = Arrays.copyOfRange(CAPTURED, 28, CAPTURED.length);

        IcmpError error = queued(IpFamily.IPV4, 11, OptionalInt.empty(), queued);

        assertRead(error, CAPTURED_LABEL);
        assertThat(error.quote().orElseThrow().destination()).hasToString("93.184.216.34");
        assertThat(error.quote().orElseThrow().source())
                .hasValueSatisfying(source -> assertThat(source).hasToString("159.65.83.24"));
        // The total length of 84 says where the zeros begin.
        assertThat(quotedPayload(error)).isEqualTo(56);
    }

    @ParameterizedTest
    @CsvSource({
        "IPV4_RAW, 03 01 0000 00 20 0000, 128", // 32 words
        "IPV4_RAW, 03 04 0000 00 21 05dc, 132", // fragmentation needed: the MTU beside the length
        "IPV4_RAW, 0b 00 0000 00 24 0000, 144",
        "IPV4_RAW, 0c 00 0000 14 20 0000, 128", // parameter problem: the pointer beside the length
        "IPV6_RAW, 01 03 0000 10 000000, 128", // 16 double words
        "IPV6_RAW, 03 00 0000 11 000000, 136",
        // No length: implementations older than RFC 4884, section 5.
        "IPV4_RAW, 0b 00 0000 00 00 0000, 128",
        "IPV4_RAW, 03 01 0000 00 00 0000, 128",
        "IPV6_RAW, 03 00 0000 00 000000, 128",
        "IPV4_RAW, 0b 00 0000 00 ff 0000, 128", // a length beyond what arrived is none
        // A length below 128 bytes: of the quote before it was filled up.
        "IPV4_RAW, 0b 00 0000 00 0c 0000, 128",
        "IPV6_RAW, 03 00 0000 0a 000000, 128"
    })
    void findsTheStructureBehindTheQuote(SocketKind kind, String header, int length) {
        IcmpError error = raw(kind, header, quote(kind.family(), length), Packets.structure(LABEL));

        assertRead(error, LABEL_READ);
        // Neither the zeros nor the structure pass for payload.
        assertThat(quotedPayload(error)).isEqualTo(PAYLOAD.length);
        assertThat(error.quote().orElseThrow().payloadLong(8)).isEqualTo(0xf1f2f3f4f5f6f7f8L);
    }

    @Test
    void quoteOfALongProbeEndsWhereTheStructureBegins() {
        byte[] payload = new byte[400];
        Arrays.fill(payload, (byte) 0x5a);
        byte[] request = Packets.concat(Packets.hex("08 00 0000 1234 5678"), payload);
        byte[] quote = Arrays.copyOf(Packets.ipv4(Packets.US, Packets.TARGET, request), 128);

        for (String header : List.of("0b 00 0000 00 20 0000", "0b 00 0000 00 00 0000")) {
            IcmpError error = raw(SocketKind.IPV4_RAW, header, quote, Packets.structure(LABEL));

            assertRead(error, LABEL_READ);
            assertThat(quotedPayload(error)).isEqualTo(100);
            assertThat(error.quote().orElseThrow().payloadLong(92)).isEqualTo(0x5a5a5a5a5a5a5a5aL);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "IPV4_RAW, 04 00 0000 00 20 0000", // source quench
        "IPV4_RAW, 05 01 0000 c6 20 64fe", // redirect: a byte of the gateway
        "IPV6_RAW, 02 00 0000 10 000000", // packet too big: a byte of the MTU
        "IPV6_RAW, 04 00 0000 10 000000" // parameter problem: a byte of the pointer
    })
    void typesWithoutALengthHaveNoExtensions(SocketKind kind, String header) {
        assertNone(raw(kind, header, quote(kind.family(), 128), Packets.structure(LABEL)));
    }

    @ParameterizedTest
    @CsvSource({"IPV4, 11, 128, 20", "IPV4, 3, 132, 20", "IPV4, 12, 128, 20", "IPV6, 3, 128, 40", "IPV6, 1, 144, 40"})
    void kernelTellsWhereTheStructureOfAQueuedErrorBegins(IpFamily family, int type, int length, int header) {
        byte[] quote = Arrays.copyOfRange(quote(family, length), header, length);

        IcmpError error = queued(family, type, OptionalInt.of(length - header), quote, Packets.structure(LABEL));

        assertRead(error, LABEL_READ);
        assertThat(quotedPayload(error)).isEqualTo(PAYLOAD.length);
        assertThat(error.quote().orElseThrow().payloadLong(8)).isEqualTo(0xf1f2f3f4f5f6f7f8L);
    }

    @Test
    void readsWhatLinuxQueues() {
        IcmpError error = queued(IpFamily.IPV4, 11, OptionalInt.of(LEN_BY_LINUX), QUEUED_BY_LINUX);

        assertRead(error, LABEL_READ);
        assertThat(error.quote().orElseThrow().payloadLong(8)).isEqualTo(0x090a0b0c0d0e0f10L);
        assertThat(quotedPayload(error)).isEqualTo(16);
    }

    @Test
    void readsWhatLinuxQueuesForASocketThatSendsIpHeaders() {
        byte[] header = Packets.hex("45 00 002c abcd 4000 01 01 0000 c0000201 c6120005");

        IcmpError error = queued(IpFamily.IPV4, 11, OptionalInt.of(LEN_BY_LINUX_WITH_HEADER), header, QUEUED_BY_LINUX);

        assertRead(error, LABEL_READ);
        assertThat(error.quote().orElseThrow().destination()).isEqualTo(Packets.TARGET);
        assertThat(error.quote().orElseThrow().source()).contains(Packets.US);
        assertThat(quotedPayload(error)).isEqualTo(16);
    }

    @ParameterizedTest
    @CsvSource({"IPV4, 11, 20", "IPV6, 3, 40"})
    void structureOfAQueuedErrorIsFoundWithoutTheKernel(IpFamily family, int type, int header) {
        byte[] quote = Arrays.copyOfRange(quote(family, 128), header, 128);

        assertRead(queued(family, type, OptionalInt.empty(), quote, Packets.structure(LABEL)), LABEL_READ);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, 116, 117, Integer.MAX_VALUE})
    void offsetBeyondTheQueuedErrorIsNone(int offset) {
        byte[] quote = Arrays.copyOfRange(quote(IpFamily.IPV4, 136), 20, 136);

        IcmpError error = queued(IpFamily.IPV4, 11, OptionalInt.of(offset), quote);

        assertNone(error);
        assertThat(quotedPayload(error)).isEqualTo(108);
    }

    @Test
    void structureOfAQueuedErrorThatTheKernelFoundInvalidIsMalformed() {
        byte[] quote = Arrays.copyOfRange(quote(IpFamily.IPV4, 128), 20, 128);
        byte[] structure = Packets.structure(LABEL);
        structure[2] ^= 1;

        IcmpError error = queued(IpFamily.IPV4, 11, OptionalInt.of(108), quote, structure);

        assertMalformed(error);
        assertThat(quotedPayload(error)).isEqualTo(PAYLOAD.length);
    }

    @Test
    void zerosAtTheEndOfAQueuedQuoteArePayloadWhereNoExtensionsFollow() {
        byte[] quote = Arrays.copyOfRange(quote(IpFamily.IPV4, 128), 20, 128);

        assertThat(quotedPayload(queued(IpFamily.IPV4, 11, OptionalInt.empty(), quote)))
                .isEqualTo(100);
    }

    @Test
    void queuedQuoteOfZerosKeepsItsHeader() {
        byte[] quote = Arrays.copyOf(Packets.hex("08 00 0000 0000 0000"), 108);

        IcmpError error = queued(IpFamily.IPV4, 11, OptionalInt.of(108), quote, Packets.structure(LABEL));

        assertThat(error.quote()).contains(Quote.of(Packets.TARGET, Optional.empty(), 0, 0, new byte[0]));
    }

    @Test
    void typesWithoutALengthHaveNoExtensionsInTheErrorQueue() {
        byte[] quote = Arrays.copyOfRange(quote(IpFamily.IPV6, 128), 40, 128);

        assertNone(queued(IpFamily.IPV6, 2, OptionalInt.of(88), quote, Packets.structure(LABEL)));
    }

    @Test
    void everyChangedBitOfAnAnnouncedStructureIsNoticedAndTheErrorStays() {
        byte[] structure = Packets.structure(LABEL);
        for (int bit = 0; bit < structure.length * 8; bit++) {
            byte[] changed = structure.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);

            IcmpError error = raw(SocketKind.IPV4_RAW, "0b 00 0000 00 20 0000", quote(IpFamily.IPV4, 128), changed);

            assertMalformed(error);
            assertThat(error.name()).isEqualTo("ttl_exceeded");
            assertThat(quotedPayload(error)).isEqualTo(PAYLOAD.length);
        }
    }

    @Test
    void everyChangedBitMakesAnUnannouncedStructureNone() {
        byte[] structure = Packets.structure(LABEL);
        for (int bit = 0; bit < structure.length * 8; bit++) {
            byte[] changed = structure.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);

            assertNone(raw(SocketKind.IPV4_RAW, "0b 00 0000 00 00 0000", quote(IpFamily.IPV4, 128), changed));
        }
    }

    @Test
    void structureWithoutAChecksumIsBelievedWhereALengthAnnouncesIt() {
        byte[] structure = Packets.concat(Packets.hex("20 00 0000"), LABEL);

        assertRead(raw(SocketKind.IPV4_RAW, "0b 00 0000 00 20 0000", quote(IpFamily.IPV4, 128), structure), LABEL_READ);
        assertNone(raw(SocketKind.IPV4_RAW, "0b 00 0000 00 00 0000", quote(IpFamily.IPV4, 128), structure));
    }

    @ParameterizedTest
    @CsvSource({
        "20 00 0000 0003 01 01", // an object shorter than its header
        "20 00 0000 0009 01 01 186a13ff", // an object longer than the structure
        "20 00 0000 0008 01", // half an object header
        "10 00 0000 0008 01 01 186a13ff", // version 1
        "30 00 0000 0008 01 01 186a13ff", // version 3
        "20 00 00", // half a header
        "20"
    })
    void structureThatContradictsItselfIsMalformed(String structure) {
        IcmpError error =
                raw(SocketKind.IPV4_RAW, "0b 00 0000 00 20 0000", quote(IpFamily.IPV4, 128), Packets.hex(structure));

        assertMalformed(error);
        assertThat(quotedPayload(error)).isEqualTo(PAYLOAD.length);
    }

    @Test
    void structureWithoutObjectsIsEmptyAndAnUnannouncedOneIsNone() {
        byte[] structure = Packets.structure();

        assertNone(raw(SocketKind.IPV4_RAW, "0b 00 0000 00 20 0000", quote(IpFamily.IPV4, 128), structure));
        assertNone(raw(SocketKind.IPV4_RAW, "0b 00 0000 00 00 0000", quote(IpFamily.IPV4, 128), structure));
    }

    @Test
    void lengthBeyondWhatArrivedAnnouncesNothing() {
        IcmpError error = raw(SocketKind.IPV4_RAW, "0b 00 0000 00 40 0000", quote(IpFamily.IPV4, 140));

        assertNone(error);
        assertThat(quotedPayload(error)).isEqualTo(PAYLOAD.length);
    }

    @Test
    void sixtyFourObjectsAreReadAndOneMoreIsMalformed() {
        byte[] empty = Packets.object(9, 7, new byte[0]);
        byte[][] objects = new byte[64][];
        Arrays.fill(objects, empty);

        assertThat(raw(
                                SocketKind.IPV4_RAW,
                                "0b 00 0000 00 20 0000",
                                quote(IpFamily.IPV4, 128),
                                Packets.structure(objects))
                        .extensions())
                .hasSize(64)
                .containsOnly(new OtherExtension(9, 7, Octets.of()));
        byte[][] more = Arrays.copyOf(objects, 65);
        more[64] = empty;
        assertMalformed(
                raw(SocketKind.IPV4_RAW, "0b 00 0000 00 20 0000", quote(IpFamily.IPV4, 128), Packets.structure(more)));
    }

    @Test
    void errorTruncatedAtAnyLengthKeepsItsQuote() {
        byte[] structure = Packets.structure(LABEL, LABEL);
        byte[] whole = Packets.concat(quote(IpFamily.IPV4, 128), structure);
        for (int length = 47; length < whole.length; length++) {
            IcmpError error = raw(SocketKind.IPV4_RAW, "0b 00 0000 00 20 0000", Arrays.copyOf(whole, length));

            assertThat(error.extensions()).isEmpty();
            assertThat(error.extensionsMalformed()).isEqualTo(length > 128);
            assertThat(quotedPayload(error)).isEqualTo(Math.min(length - 28, PAYLOAD.length));

            assertNone(raw(SocketKind.IPV4_RAW, "0b 00 0000 00 00 0000", Arrays.copyOf(whole, length)));
        }
    }

    @Test
    void extensionsOfAPacketThatItsBufferCutOffAreNotJudged() {
        byte[] icmp = Packets.concat(
                Packets.hex("03 00 0000 10 000000"), quote(IpFamily.IPV6, 128), Packets.structure(LABEL));
        IcmpPacket packet = Packets.packet(Packets.ROUTER_V6, Arrays.copyOf(icmp, icmp.length - 1))
                .markTruncated();

        assertNone(Packets.decode(IcmpError.class, SocketKind.IPV6_RAW, packet));
    }
}
