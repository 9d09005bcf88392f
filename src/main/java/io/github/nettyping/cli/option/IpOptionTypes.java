package io.github.nettyping.cli.option;

import io.github.nettyping.cli.target.GroupTargets;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.target.TargetWord;
import io.github.nettyping.target.Targets;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the values of {@link IpOptions} are written. Every complaint says what was expected. Stateless. */
public final class IpOptionTypes {

    private static final Pattern NUMBER = Pattern.compile("([0-9]{1,10})|0[xX]([0-9a-fA-F]{1,8})");

    /** {@code IFNAMSIZ} of {@code linux/if.h}, less the 0 at the end. */
    private static final int MAX_INTERFACE_BYTES = 15;

    private IpOptionTypes() {}

    private abstract static class NumberType implements ITypeConverter<Integer> {

        private final long max;
        private final String expected;

        NumberType(long max, String expected) {
            this.max = max;
            this.expected = expected;
        }

        @Override
        public Integer convert(String text) {
            Matcher matcher = NUMBER.matcher(text);
            if (matcher.matches()) {
                String hex = matcher.group(2);
                long value = hex == null ? Long.parseLong(text) : Long.parseLong(hex, 16);
                if (value <= max) {
                    return (int) value;
                }
            }
            throw OptionTypes.unexpected(text, expected);
        }
    }

    public static final class TrafficClass extends NumberType {
        TrafficClass() {
            super(255, "0 to 255, or 0x0 to 0xff");
        }
    }

    public static final class Mark extends NumberType {
        Mark() {
            super(0xffff_ffffL, "0 to 4294967295, or 0x0 to 0xffffffff");
        }
    }

    /** Name of an interface. Whether there is one, the kernel says. */
    static final class InterfaceName implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            int length = text.getBytes(StandardCharsets.UTF_8).length;
            // What dev_valid_name in net/core/dev.c permits.
            boolean valid = length > 0
                    && length <= MAX_INTERFACE_BYTES
                    && !text.equals(".")
                    && !text.equals("..")
                    && text.chars().noneMatch(c -> c == '/' || c == ':' || c <= ' ' || c == 0x7f);
            if (!valid) {
                throw OptionTypes.unexpected(text, "the name of an interface such as eth0, 1 to 15 bytes; see ip link");
            }
            return text;
        }
    }

    /** Address of one host; whether it is this one, the kernel says. */
    static final class Source implements ITypeConverter<IpAddress> {

        private static final String EXPECTED =
                "one address of this machine, such as 192.0.2.7, 2001:db8::7 or fe80::1%eth0; see ip address";

        @Override
        public IpAddress convert(String text) {
            boolean address = TargetWord.of(text) != TargetWord.NAME
                    // In front of the scope: the name of an interface may hold anything.
                    && text.split("%", 2)[0].chars().noneMatch(c -> c == '-' || c == ',' || c == '/');
            if (!address) {
                throw OptionTypes.unexpected(text, EXPECTED);
            }
            IpAddress source;
            try {
                source = Targets.parse(text).get(0);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
            if (GroupTargets.isGroup(source) || source.isAnyLocal()) {
                throw OptionTypes.unexpected(text, EXPECTED);
            }
            return source;
        }
    }
}
