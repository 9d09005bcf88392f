package io.github.nettyping.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.codec.InterfaceIdentification.ByAddress;
import io.github.nettyping.codec.InterfaceIdentification.ByIndex;
import io.github.nettyping.codec.InterfaceIdentification.ByName;
import io.github.nettyping.codec.InterfaceIdentification.ByOtherAddress;
import io.github.nettyping.codec.InterfaceInformation.Role;
import io.github.nettyping.codec.MplsLabelStack.Label;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the objects of an extension structure say. */
class ExtensionObjectsTest {

    /** Worked out by hand from RFC 4950, section 5, and RFC 3032, section 2.1. */
    private static final byte[] LABEL_STACK = Packets.hex(
            "20", // extension header: version 2, reserved
            "00", // reserved
            "bc88", // checksum
            "000c", // object: 12 bytes
            "01", // class: MPLS label stack
            "01", // type: incoming
            "186a0", // label 100000
            "a", // traffic class 5, more follow
            "fe", // time to live: 254
            "fffff", // label 1048575
            "f", // traffic class 7, bottom of stack
            "01"); // time to live: 1

    /** Worked out by hand from RFC 5837, section 4. */
    private static final byte[] INTERFACE = Packets.hex(
            "20 00 6896", // extension header, checksum
            "001c", // object: 28 bytes
            "02", // class: interface information
            "8f", // type: outgoing interface; index, address, name and MTU follow
            "0000000c", // ifIndex: 12
            "0001", // address family: IPv4
            "0000", // reserved
            "c0000207", // 192.0.2.7
            "08", // name sub-object: 8 bytes
            "65746830 000000", // eth0, filled up
            "000005dc"); // MTU: 1500

    /** Worked out by hand from RFC 8335, section 2.1: a 48-bit MAC, family 16389. */
    private static final byte[] IDENTIFICATION = Packets.hex(
            "20 00 5081", // extension header, checksum
            "0010", // object: 16 bytes
            "03", // class: interface identification
            "03", // type: by address
            "4005", // address family
            "06", // length of the address
            "00", // reserved
            "020011223344", // the address
            "0000"); // filled up

    private static IcmpExtensions decode(byte[] structure) {
        ByteBuf buffer = Unpooled.buffer(structure.length + 2).writeZero(2).writeBytes(structure);
        return ExtensionDecoder.decode(buffer, 2, buffer.writerIndex());
    }

    private static ExtensionObject decodeOne(byte[] structure) {
        IcmpExtensions extensions = decode(structure);
        assertThat(extensions.malformed()).isFalse();
        assertThat(extensions.objects()).hasSize(1);
        return extensions.objects().get(0);
    }

    private static ExtensionObject object(int classNumber, int type, String payload) {
        return decodeOne(Packets.structure(Packets.object(classNumber, type, Packets.hex(payload))));
    }

    private static InterfaceInformation information(int type, String payload) {
        return (InterfaceInformation) object(2, type, payload);
    }

    @Test
    void readsALabelStack() {
        MplsLabelStack stack = (MplsLabelStack) decodeOne(LABEL_STACK);

        assertThat(stack.labels()).containsExactly(new Label(100_000, 5, false, 254), new Label(1_048_575, 7, true, 1));
        assertThat(stack.classNumber()).isEqualTo(1);
        assertThat(stack.type()).isEqualTo(1);
    }

    @Test
    void readsInterfaceInformation() {
        InterfaceInformation information = (InterfaceInformation) decodeOne(INTERFACE);

        assertThat(information.role()).isEqualTo(Role.OUTGOING);
        assertThat(information.index()).hasValue(12);
        assertThat(information.address()).hasValueSatisfying(a -> assertThat(a).hasToString("192.0.2.7"));
        assertThat(information.name()).contains("eth0");
        assertThat(information.mtu()).hasValue(1500);
        assertThat(information.classNumber()).isEqualTo(2);
        assertThat(information.type()).isEqualTo(0x8f);
    }

    @Test
    void readsAnInterfaceIdentification() {
        ByOtherAddress identification = (ByOtherAddress) decodeOne(IDENTIFICATION);

        assertThat(identification.addressFamily()).isEqualTo(16_389);
        assertThat(identification.address()).hasToString("020011223344");
        assertThat(identification.classNumber()).isEqualTo(3);
        assertThat(identification.type()).isEqualTo(3);
    }

    @Test
    void readsSeveralObjectsInTheirOrder() {
        byte[] structure = Packets.structure(
                Arrays.copyOfRange(INTERFACE, 4, INTERFACE.length),
                Packets.object(4, 1, Packets.hex("0000002a")),
                Arrays.copyOfRange(LABEL_STACK, 4, LABEL_STACK.length));

        assertThat(decode(structure).objects())
                .containsExactly(
                        decodeOne(INTERFACE),
                        new OtherExtension(4, 1, Octets.of((byte) 0, (byte) 0, (byte) 0, (byte) 42)),
                        decodeOne(LABEL_STACK));
    }

    @Test
    void goldenStructuresTruncatedAtAnyLengthAreMalformed() {
        for (byte[] golden : List.of(LABEL_STACK, INTERFACE, IDENTIFICATION)) {
            for (int length = 1; length < golden.length; length++) {
                assertThat(decode(Arrays.copyOf(golden, length))).isEqualTo(IcmpExtensions.MALFORMED);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, INCOMING", "1, INCOMING_COMPONENT", "2, OUTGOING", "3, NEXT_HOP"})
    void upperTwoBitsOfTheTypeAreTheRole(int bits, Role role) {
        InterfaceInformation information = information(bits << 6, "");

        assertThat(information.role()).isEqualTo(role);
        assertThat(information.type()).isEqualTo(bits << 6);
    }

    @Test
    void everySetOfSubObjectsIsRead() {
        for (int bits = 0; bits < 16; bits++) {
            String payload = ((bits & 8) != 0 ? "ffffffff" : "")
                    + ((bits & 4) != 0 ? "0002 0000 20010db8 00000000 00000000 00000007" : "")
                    + ((bits & 2) != 0 ? "0c 67652d302f302f30 000000" : "")
                    + ((bits & 1) != 0 ? "fffffffe" : "");

            InterfaceInformation information = information(bits, payload);

            assertThat(information.type()).isEqualTo(bits);
            assertThat(information.index())
                    .isEqualTo((bits & 8) != 0 ? OptionalLong.of(0xffff_ffffL) : OptionalLong.empty());
            assertThat(information.address())
                    .isEqualTo((bits & 4) != 0 ? Optional.of(Packets.address("2001:db8::7")) : Optional.empty());
            assertThat(information.name()).isEqualTo((bits & 2) != 0 ? Optional.of("ge-0/0/0") : Optional.empty());
            assertThat(information.mtu())
                    .isEqualTo((bits & 1) != 0 ? OptionalLong.of(0xffff_fffeL) : OptionalLong.empty());
        }
    }

    @Test
    void payloadTruncatedAtAnyLengthIsKeptAsBytes() {
        byte[] payload = Arrays.copyOfRange(INTERFACE, 8, INTERFACE.length);
        for (int length = 0; length < payload.length; length++) {
            byte[] cut = Arrays.copyOf(payload, length);
            assertThat(decodeOne(Packets.structure(Packets.object(2, 0x8f, cut))))
                    .isEqualTo(new OtherExtension(2, 0x8f, Octets.of(cut)));
        }
        byte[] address = Arrays.copyOfRange(IDENTIFICATION, 8, 18);
        for (int length = 0; length < address.length; length++) {
            byte[] cut = Arrays.copyOf(address, length);
            assertThat(decodeOne(Packets.structure(Packets.object(3, 3, cut))))
                    .isEqualTo(new OtherExtension(3, 3, Octets.of(cut)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, ''", // no label
        "1, 1, 186a0a", // not a whole one
        "1, 2, 186a0afe", // another type
        "2, 4, 0003 0000 c0000207", // address family 3
        "2, 4, 0002 0000 00000000000000000000ffffc0000207", // a mapped address, which would pass for IPv4
        "2, 2, 00 000000", // a name shorter than its length
        "2, 2, 41 00", // a name longer than 64 bytes
        "3, 0, 00000001",
        "3, 1, ''",
        "3, 1, 00000000",
        "3, 2, 000001", // an index of 3 bytes
        "3, 2, 0000000100", // and of 5
        "3, 3, 0001 05 00 c000020700", // an IPv4 address of 5 bytes
        "3, 3, 0002 04 00 c0000207", // an IPv6 address of 4
        "3, 3, 0001 10 00 20010db8000000000000000000000007", // an IPv4 address of 16
        "3, 4, 00000001",
        "4, 1, 0000002a", // RFC 8883: not read
        "0, 0, ''",
        "255, 255, 00ff"
    })
    void whatIsNotReadIsKeptAsBytes(int classNumber, int type, String payload) {
        ExtensionObject object = object(classNumber, type, payload);

        assertThat(object).isEqualTo(new OtherExtension(classNumber, type, Octets.of(Packets.hex(payload))));
        assertThat(object.classNumber()).isEqualTo(classNumber);
        assertThat(object.type()).isEqualTo(type);
    }

    @Test
    void readsEveryWayToIdentifyAnInterface() {
        assertThat(object(3, 1, "65746830")).isEqualTo(new ByName("eth0"));
        assertThat(object(3, 1, "6574683130 000000")).isEqualTo(new ByName("eth10"));
        assertThat(object(3, 2, "fffffffe")).isEqualTo(new ByIndex(0xffff_fffeL));
        assertThat(object(3, 3, "0001 04 00 c0000207")).isEqualTo(new ByAddress(Packets.address("192.0.2.7")));
        assertThat(object(3, 3, "0002 10 00 20010db8000000000000000000000007"))
                .isEqualTo(new ByAddress(Packets.address("2001:db8::7")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001b[2J", "a\nb", "a\u0085b", "a\u202eb", "a\u2028b", "\u007f"})
    void whatCouldSteerATerminalIsTakenOutOfNames(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        byte[] sub = Packets.concat(new byte[] {(byte) (bytes.length + 1)}, bytes);

        InterfaceInformation information =
                (InterfaceInformation) decodeOne(Packets.structure(Packets.object(2, 2, sub)));

        assertThat(information.name().orElseThrow())
                .contains("\ufffd")
                .matches("[\ufffdab\\[2J]+")
                .hasSameSizeAs(name);
        assertThat(((ByName) decodeOne(Packets.structure(Packets.object(3, 1, bytes)))).name())
                .isEqualTo(information.name().get());
    }

    @Test
    void nameIsUtf8UpToTheFirstNul() {
        assertThat(information(2, "0c 65c3a9f09f9880 00 78 00 00").name()).contains("e\u00e9\ud83d\ude00");
        assertThat(information(2, "04 ff 61 00").name()).contains("\ufffda");
        assertThat(information(2, "04 00 61 61").name()).isEmpty();
    }

    @Test
    void identificationsAreWrittenAsTheyAreRead() {
        for (byte[] golden : List.of(
                IDENTIFICATION,
                Packets.structure(Packets.object(3, 1, Packets.hex("6574683130 000000"))),
                Packets.structure(Packets.object(3, 2, Packets.hex("0000000c"))),
                Packets.structure(Packets.object(3, 3, Packets.hex("0001 04 00 c0000207"))),
                Packets.structure(Packets.object(3, 3, Packets.hex("0002 10 00 20010db8000000000000000000000007"))))) {
            ByteBuf out = Unpooled.buffer().writeByte(1);

            IdentificationCodec.writeStructure(out, (InterfaceIdentification) decodeOne(golden));

            assertThat(Packets.text(out.skipBytes(1))).isEqualTo(golden);
        }
    }

    @Test
    void checksumThatWouldSayThereIsNoneIsWrittenAsItsEqual() {
        // 2000 + 0008 + 0302 + 0000 + dcf5 = ffff
        ByteBuf out = Unpooled.buffer();

        IdentificationCodec.writeStructure(out, new ByIndex(0xdcf5));

        assertThat(Packets.text(out)).isEqualTo(Packets.hex("20 00 ffff 0008 03 02 0000dcf5"));
        assertThat(ExtensionDecoder.isUnannounced(out, 0, 12)).isTrue();
    }

    @Test
    void valuesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> new Label(1 << 20, 0, true, 0)).hasMessageContaining("value: 1048576");
        assertThatThrownBy(() -> new Label(0, 8, true, 0)).hasMessageContaining("trafficClass: 8");
        assertThatThrownBy(() -> new Label(0, 0, true, 256)).hasMessageContaining("ttl: 256");
        assertThatThrownBy(() -> new MplsLabelStack(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ByIndex(1L << 32)).hasMessageContaining("index: 4294967296");
        assertThatThrownBy(() -> new ByName("")).hasMessageContaining("length of name: 0");
        assertThatThrownBy(() -> new ByName("a\0")).hasMessageContaining("NUL");
        assertThatThrownBy(() -> new ByName("\u00e9".repeat(128))).hasMessageContaining("length of name: 256");
        assertThatThrownBy(() -> new ByOtherAddress(65_536, Octets.of())).hasMessageContaining("addressFamily");
        assertThatThrownBy(() -> new ByOtherAddress(1, Octets.of(new byte[256])))
                .hasMessageContaining("256");
        assertThatThrownBy(() -> new InterfaceInformation(
                        Role.INCOMING,
                        OptionalLong.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.of(1L << 32)))
                .hasMessageContaining("mtu: 4294967296");
    }

    @Test
    void octetsAreAValueThatNobodyCanChange() {
        byte[] bytes = Packets.hex("00ff10");
        Octets octets = Octets.of(bytes);
        bytes[0] = 1;
        octets.toByteArray()[1] = 2;

        assertThat(octets)
                .isEqualTo(Octets.of(Packets.hex("00ff10")))
                .hasSameHashCodeAs(Octets.of(Packets.hex("00ff10")));
        assertThat(octets).isNotEqualTo(Octets.of(Packets.hex("00ff11"))).hasToString("00ff10");
        assertThat(octets.length()).isEqualTo(3);
        assertThat(octets.toByteArray()).isEqualTo(Packets.hex("00ff10"));
    }
}
