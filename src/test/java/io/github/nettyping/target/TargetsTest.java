package io.github.nettyping.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.packet.IpAddress;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TargetsTest {

    @Test
    void noWordsAreTheEmptySet() {
        Targets targets = Targets.parse();

        assertThat(targets.count()).isZero();
        assertThat(targets.families()).isEmpty();
        assertThat(targets.contains(IpAddress.ofIpv4(0))).isFalse();
        assertThat(targets.contains(new IpAddress(0, 0, 0))).isFalse();
        assertThatThrownBy(() -> targets.get(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void anIndexBeyondEitherEndIsRefused() {
        Targets targets = Targets.parse("192.0.2.0/24", "2001:db8::/120");

        assertThat(targets.count()).isEqualTo(510);
        assertThatThrownBy(() -> targets.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> targets.get(510)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> targets.get(Long.MIN_VALUE)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(targets.get(509)).hasToString("2001:db8::ff");
    }

    @Test
    void aCursorTellsNothingBeforeItsFirstMove() {
        TargetCursor cursor = Targets.parse("192.0.2.1").cursor();

        assertThatThrownBy(cursor::high).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(cursor::low).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(cursor::scopeId).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(cursor::index).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(cursor::address).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCursorStaysWhereItWasWhenAMoveIsRefused() {
        TargetCursor cursor = Targets.parse("192.0.2.1-2", "192.0.2.9").cursor();
        cursor.moveTo(1);

        assertThatThrownBy(() -> cursor.moveTo(3)).isInstanceOf(IndexOutOfBoundsException.class);

        assertThat(cursor.index()).isEqualTo(1);
        assertThat(cursor.address()).hasToString("192.0.2.2");
    }

    @Test
    void aCursorFindsTheSameAddressByWalkingAndByJumping() {
        Targets targets = new Targets.Builder(name -> OptionalInt.of(name.length()))
                .add("10.0-3.1,5.1-254")
                .add("192.0.2.1")
                .add("2001:db8::ffff:ffff:ffff:ff00-2001:db8:0:1::ff")
                .add("fe80::1-fe80::9%if")
                .add("fe80::1%eth0")
                .build();
        TargetCursor walking = targets.cursor();
        TargetCursor jumping = targets.cursor();
        Random random = new Random(3);
        for (long i = 0; i < targets.count(); i++) {
            walking.moveTo(i);
            jumping.moveTo((long) (random.nextDouble() * targets.count()));
            jumping.moveTo(i);

            assertThat(jumping.address()).isEqualTo(walking.address()).isEqualTo(targets.get(i));
            assertThat(new IpAddress(walking.high(), walking.low(), walking.scopeId()))
                    .isEqualTo(walking.address());
            assertThat(walking.index()).isEqualTo(i);
            assertThat(targets.contains(walking.address())).isTrue();
            assertThat(targets.indexOf(walking.address())).hasValue(i);
        }
    }

    @Test
    void anAddressOutsideTheSetHasNoNumber() {
        Targets targets = new Targets.Builder(name -> OptionalInt.of(90_003))
                .add("192.0.2.2-5")
                .add("2001:db8::2-2001:db8::5")
                .add("fe80::2%if")
                .build();

        for (String outside : new String[] {"192.0.2.1", "192.0.2.6", "2001:db8::1", "2001:db8::6", "fe80::2", "::"}) {
            assertThat(targets.indexOf(Targets.parse(outside).get(0)))
                    .as(outside)
                    .isEmpty();
        }
        assertThat(targets.indexOf(new IpAddress(0xfe80L << 48, 2, 90_004))).isEmpty();
        assertThat(targets.indexOf(new IpAddress(0xfe80L << 48, 2, 90_003))).hasValue(8);
    }

    @Test
    void anIndexIsFoundAcrossTheSignOfTheLowerHalf() {
        Targets targets = Targets.parse("2001:db8::7fff:ffff:ffff:fffe-2001:db8::8000:0:0:1");

        for (long i = 0; i < 4; i++) {
            assertThat(targets.indexOf(targets.get(i))).hasValue(i);
        }
    }

    @Test
    void addsResolvedAddressesOfBothFamilies() {
        IpAddress scoped = new IpAddress(0xfe80L << 48, 1, 2);

        Targets targets = Targets.builder()
                .add(scoped)
                .add(IpAddress.ofIpv4(-1))
                .add(IpAddress.ofIpv4(-1))
                .build();

        assertThat(targets.count()).isEqualTo(2);
        assertThat(targets.get(0)).hasToString("255.255.255.255");
        assertThat(targets.get(1)).isEqualTo(scoped);
    }

    @Test
    void addsAllOfAnotherSetAsItWasCut() {
        Targets others = new Targets.Builder(name -> OptionalInt.of(90_003))
                .limit(40)
                .add("192.0.2.9")
                .add("192.0.2.32/27")
                .add("2001:db8::ffff:ffff:ffff:ffff-2001:db8:0:1::1")
                .add("fe80::10-fe80::1f%if")
                .add("fe80::4/126")
                .build();
        assertThat(others.get(39)).hasToString("fe80::11%90003");

        Targets targets =
                Targets.builder().add("192.0.2.8-10").add("::1").add(others).build();

        assertThat(targets.count()).isEqualTo(40 + 3);
        for (long i = 0; i < others.count(); i++) {
            assertThat(targets.contains(others.get(i))).isTrue();
        }
    }

    @Test
    void rangesAreThoseBetweenTheGapsInTheOrderOfTheirNumbers() {
        Targets targets = new Targets.Builder(name -> OptionalInt.of(90_003))
                .add("fe80::1-fe80::2%if")
                .add("2001:db8::ffff:ffff:ffff:ffff-2001:db8:0:1::1")
                .add("192.0.2.8-10")
                .add("192.0.2.11")
                .add("255.255.255.255")
                .build();

        assertThat(targets.ranges().map(range -> range.first() + " " + range.last() + " " + range.count()))
                .containsExactly(
                        "192.0.2.8 192.0.2.11 4",
                        "255.255.255.255 255.255.255.255 1",
                        "2001:db8::ffff:ffff:ffff:ffff 2001:db8:0:1::1 3",
                        "fe80::1%90003 fe80::2%90003 2");
        assertThat(Targets.parse().ranges()).isEmpty();
    }

    @Test
    void rangesOfASetThatWasCutEndWhereItWasCut() {
        Targets targets = Targets.builder().limit(2).add("192.0.2.1-9").build();

        assertThat(targets.ranges().toList()).containsExactly(new AddressRange(targets.get(0), targets.get(1), 2));
        assertThat(Targets.builder()
                        .limit(Long.MAX_VALUE)
                        .add("2000::/3")
                        .build()
                        .ranges())
                .singleElement()
                .hasToString(
                        "AddressRange[first=2000::, last=2000::7fff:ffff:ffff:fffe, count=" + Long.MAX_VALUE + "]");
    }

    @Test
    void aRangeWhoseCountIsNotThatOfItsEndsIsRefused() {
        IpAddress first = IpAddress.ofIpv4(1);
        IpAddress last = IpAddress.ofIpv4(2);

        assertThatThrownBy(() -> new AddressRange(first, last, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("count: 3");
        assertThatThrownBy(() -> new AddressRange(last, first, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AddressRange(first, new IpAddress(0, 2, 0), 2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void optionsAfterTheFirstTargetAreRefused() {
        Targets.Builder builder = Targets.builder().add("192.0.2.0/24");

        assertThatThrownBy(() -> builder.allAddresses(true)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> builder.limit(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Targets.builder().limit(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("addresses: 0");
    }

    @Test
    void aBuiltSetDoesNotChangeWhenTheBuilderGoesOn() {
        Targets.Builder builder = Targets.builder().add("192.0.2.9").add("2001:db8::9");
        Targets first = builder.build();

        Targets second = builder.add("192.0.2.1").add("2001:db8::1").build();

        assertThat(first.count()).isEqualTo(2);
        assertThat(first.get(1)).hasToString("2001:db8::9");
        assertThat(second.count()).isEqualTo(4);
        assertThat(second.get(0)).hasToString("192.0.2.1");
    }

    @Test
    void tellsItsSizeNotItsAddresses() {
        assertThat(Targets.parse("10.0.0.0/8")).hasToString("Targets[16777214 addresses in 1 ranges]");
    }
}
