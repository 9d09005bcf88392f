package io.github.nettyping.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.codec.Ipv4Option.Malformed;
import io.github.nettyping.codec.Ipv4Option.NoOperation;
import io.github.nettyping.codec.Ipv4Option.Other;
import io.github.nettyping.codec.Ipv4Option.RouterAlert;
import io.github.nettyping.packet.IpAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options as RFC 791 draws them, and as Linux 6.18 fills them. */
class Ipv4OptionsTest {

    private static final IpAddress ZERO = IpAddress.ofIpv4(0);

    private static Ipv4Options options(String... hex) {
        return new Ipv4Options(Octets.of(Packets.hex(hex)));
    }

    private static byte[] bytes(Ipv4Option... options) {
        return Ipv4Options.of(options).octets().toByteArray();
    }

    @Test
    void writesARecordRoute() {
        assertThat(bytes(RouteOption.recordRoute(2)))
                .isEqualTo(Packets.hex(
                        "07", // type
                        "0b", // length: 11
                        "04", // pointer: the first address
                        "00000000 00000000", // room for two
                        "00")); // end of list
    }

    @Test
    void writesSourceRoutes() {
        List<IpAddress> route = List.of(Packets.ROUTER, Packets.TARGET);

        assertThat(bytes(RouteOption.looseSource(route)))
                .isEqualTo(Packets.hex(
                        "83", // type: copied, 3
                        "0b", // length: 11
                        "04", // pointer
                        "c6336401 c6120005", // 198.51.100.1, 198.18.0.5
                        "00")); // end of list
        assertThat(bytes(new NoOperation(), RouteOption.strictSource(route)))
                .isEqualTo(Packets.hex("01", "89 0b 04 c6336401 c6120005"));
    }

    @Test
    void writesTimestampOptions() {
        assertThat(bytes(TimestampOption.times(2)))
                .isEqualTo(Packets.hex(
                        "44", // type: class 2, 4
                        "0c", // length: 12
                        "05", // pointer: the first entry
                        "00", // overflow 0, times only
                        "00000000 00000000"));
        assertThat(bytes(TimestampOption.addressesAndTimes(1))).isEqualTo(Packets.hex("44 0c 05 01 00000000 00000000"));
        assertThat(bytes(TimestampOption.of(List.of(Packets.US))))
                .isEqualTo(Packets.hex("44 0c 05 03 c0000201 00000000"));
    }

    @Test
    void writesARouterAlert() {
        // RFC 2113, section 2.1.
        assertThat(bytes(new RouterAlert(0))).isEqualTo(Packets.hex("94 04 0000"));
        assertThat(bytes(new RouterAlert(65_535))).isEqualTo(Packets.hex("94 04 ffff"));
    }

    @Test
    void readsTheTimesThatLinuxWrote() {
        Ipv4Options options = options(
                "44 24", // timestamp, 36 bytes
                "1d", // pointer: the fourth entry
                "01", // overflow 0, addresses and times
                "c0000201 051bfcb2 c0000201 051bfcb2 c0000201 051bfcb2", // 23:48:40.242
                "00000000 00000000",
                "00000000"); // end of list

        TimestampOption option = (TimestampOption) options.list().get(0);

        assertThat(option.mode()).isEqualTo(TimestampOption.Mode.ADDRESSES_AND_TIMES);
        assertThat(option.overflow()).isZero();
        assertThat(option.entries()).hasSize(4);
        assertThat(option.recorded())
                .hasSize(3)
                .containsOnly(new TimestampOption.Entry(Optional.of(Packets.US), TimeOfDay.ofMillis(85_720_242)));
        assertThat(options.list()).hasSize(1);
    }

    @Test
    void readsTheTimesThatLinuxWroteForPrescribedAddresses() {
        Ipv4Options options = options("44 14 15 03 c0000201 051bfcb2 c0000201 051bfcb2");

        TimestampOption option = (TimestampOption) options.list().get(0);

        assertThat(option.mode()).isEqualTo(TimestampOption.Mode.PRESCRIBED_ADDRESSES);
        assertThat(option.recorded()).isEqualTo(option.entries()).hasSize(2);
    }

    @Test
    void readsTheUpperHalfOfTheFlagsAsOverflow() {
        TimestampOption option =
                (TimestampOption) options("44 08 09 f0 80000007").list().get(0);

        assertThat(option.overflow()).isEqualTo(15);
        assertThat(option.recorded())
                .containsExactly(new TimestampOption.Entry(Optional.empty(), TimeOfDay.nonStandard(7)));
    }

    @Test
    void whatIsWrittenIsRead() {
        List<Ipv4Option> all = List.of(
                new NoOperation(),
                new RouteOption(RouteOption.Kind.RECORD, 8, List.of(Packets.US)),
                new TimestampOption(
                        TimestampOption.Mode.TIMES,
                        9,
                        3,
                        List.of(new TimestampOption.Entry(Optional.empty(), TimeOfDay.nonStandard(7)))),
                new RouterAlert(1),
                new Other(130, Octets.of(Packets.hex("0000000000000000aa"))));

        assertThat(Ipv4Options.of(all.toArray(Ipv4Option[]::new)).list()).isEqualTo(all);
    }

    @Test
    void listEndsAtTheEndOfListAndBytesAreFilledUpWithIt() {
        Ipv4Options options = options("01 94 04 0000");

        assertThat(options.bytes()).isEqualTo(8);
        assertThat(options.octets()).hasToString("0194040000000000");
        assertThat(options.list()).containsExactly(new NoOperation(), new RouterAlert(0));
        assertThat(options("00 94 04 0000").list()).isEmpty();
        assertThat(Ipv4Options.NONE.list()).isEmpty();
        assertThat(Ipv4Options.NONE.bytes()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "07 02 0000, 7, ''", // a record route without a pointer
        "07 06 04 000000 00 00, 7, 04000000", // 3 bytes of addresses
        "44 03 05 00, 68, 05", // a timestamp without flags
        "44 08 05 02 00000000, 68, 0502 00000000", // flag 2
        "44 08 05 01 00000000, 68, 0501 00000000", // half an entry
        "94 03 00 00, 148, 00", // a router alert of 1 byte
        "82 04 aabb, 130, aabb" // security
    })
    void optionThatIsNotWhatItsTypeSaysIsKeptAsBytes(String hex, int type, String data) {
        assertThat(options(hex).list()).containsExactly(new Other(type, Octets.of(Packets.hex(data))));
    }

    @ParameterizedTest
    @CsvSource({
        "01 07 00 0400000000, 07000400 000000", // a length of 0
        "01 07 01 0400000000, 07010400 000000", // a length of 1
        "01 07 0c 0400000000 00000000, 070c0400 00000000 000000", // longer than the header
        "010101 07, 07" // no length at all
    })
    void lengthThatMakesNoSenseEndsTheListWithTheRest(String hex, String rest) {
        Ipv4Options options = options(hex);

        List<Ipv4Option> list = options.list();

        assertThat(list.get(0)).isEqualTo(new NoOperation());
        assertThat(list.get(list.size() - 1)).isEqualTo(new Malformed(Octets.of(Packets.hex(rest))));
        assertThat(Ipv4Options.of(list.toArray(Ipv4Option[]::new))).isEqualTo(options);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "3, 0", "4, 0", "7, 0", "8, 1", "11, 1", "12, 2", "16, 3", "17, 3", "255, 3"})
    void pointerTellsHowManyAddressesAreRecorded(int pointer, int recorded) {
        List<IpAddress> addresses = List.of(Packets.US, Packets.ROUTER, Packets.TARGET);
        RouteOption option = new RouteOption(RouteOption.Kind.RECORD, pointer, addresses);

        assertThat(option.recorded()).isEqualTo(addresses.subList(0, recorded));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "4, 0", "5, 0", "12, 0", "13, 1", "21, 2", "255, 2"})
    void pointerTellsHowManyTimesAreRecorded(int pointer, int recorded) {
        TimestampOption option = new TimestampOption(
                TimestampOption.Mode.PRESCRIBED_ADDRESSES,
                pointer,
                0,
                TimestampOption.of(List.of(Packets.US, Packets.TARGET)).entries());

        assertThat(option.recorded()).hasSize(recorded);
    }

    @Test
    void fortyBytesFitAndNotOneMore() {
        assertThat(Ipv4Options.of(RouteOption.recordRoute(9)).bytes()).isEqualTo(40);
        assertThat(Ipv4Options.of(TimestampOption.times(9)).bytes()).isEqualTo(40);
        assertThat(Ipv4Options.of(new NoOperation(), RouteOption.recordRoute(9)).bytes())
                .isEqualTo(40);
        assertThatThrownBy(() -> Ipv4Options.of(new NoOperation(), new NoOperation(), RouteOption.recordRoute(9)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("options (bytes): 41");
        assertThatThrownBy(() -> new Ipv4Options(Octets.of(new byte[41]))).hasMessageContaining("options (bytes): 41");
    }

    @Test
    void recordRouteIsFoundAmongOthers() {
        assertThat(Ipv4Options.of(
                                new NoOperation(),
                                RouteOption.looseSource(List.of(Packets.US)),
                                RouteOption.recordRoute(1))
                        .recordRoute())
                .contains(new RouteOption(RouteOption.Kind.RECORD, 4, List.of(ZERO)));
        assertThat(Ipv4Options.of(new RouterAlert(0)).recordRoute()).isEmpty();
    }

    @Test
    void valuesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> RouteOption.recordRoute(0)).hasMessageContaining("room: 0");
        assertThatThrownBy(() -> RouteOption.recordRoute(10)).hasMessageContaining("room: 10");
        assertThatThrownBy(() -> RouteOption.looseSource(List.of())).hasMessageContaining("addresses: 0");
        assertThatThrownBy(() -> RouteOption.strictSource(Collections.nCopies(10, Packets.US)))
                .hasMessageContaining("addresses: 10");
        assertThatThrownBy(() -> RouteOption.looseSource(List.of(Packets.US_V6)))
                .hasMessageContaining("2001:db8::1");
        assertThatThrownBy(() -> TimestampOption.times(10)).hasMessageContaining("room: 10");
        assertThatThrownBy(() -> TimestampOption.addressesAndTimes(5)).hasMessageContaining("room: 5");
        assertThatThrownBy(() -> TimestampOption.of(List.of(Packets.US_V6))).hasMessageContaining("2001:db8::1");
        assertThatThrownBy(() -> new TimestampOption(
                        TimestampOption.Mode.TIMES,
                        5,
                        0,
                        TimestampOption.addressesAndTimes(1).entries()))
                .hasMessageContaining("no address");
        assertThatThrownBy(() -> new RouterAlert(65_536)).hasMessageContaining("value: 65536");
        assertThatThrownBy(() -> new Other(1, Octets.of())).hasMessageContaining("type: 1");
        assertThatThrownBy(() -> new Other(130, Octets.of(new byte[39]))).hasMessageContaining("data: 39");
    }

    @Test
    void anyBytesAreReadWithoutException() {
        byte[] bytes = new byte[40];
        for (int type = 0; type < 256; type++) {
            for (int length = 0; length <= 40; length++) {
                Arrays.fill(bytes, (byte) 0x21);
                bytes[0] = (byte) type;
                bytes[1] = (byte) length;
                assertThat(new Ipv4Options(Octets.of(bytes)).list()).isNotNull();
            }
        }
    }
}
