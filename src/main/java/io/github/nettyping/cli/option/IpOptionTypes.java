package io.github.nettyping.cli.option;

import io.github.nettyping.cli.target.GroupTargets;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.target.TargetWord;
import io.github.nettyping.target.Targets;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the values of {@link IpOptions} are written. Every complaint says what was expected. Stateless. */
public final class IpOptionTypes {

    private static final Pattern NUMBER = Pattern.compile("([0-9]{1,10})|0[xX]([0-9a-fA-F]{1,8})");

    private static final long MAX_MARK = 0xffff_ffffL;

    /** {@code IFNAMSIZ} of {@code linux/if.h}, less the 0 at the end. */
    private static final int MAX_INTERFACE_BYTES = 15;

    private IpOptionTypes() {}

    /** Type of service. */
    public static final class TrafficClass implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            OptionalLong number = number(text, 255);
            if (number.isEmpty()) {
                throw OptionTypes.unexpected(text, "0 to 255, or 0x0 to 0xff");
            }
            return (int) number.getAsLong();
        }
    }

    /** Firewall mark: 32 bits without a sign. */
    public static final class Mark implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            OptionalLong number = number(text, MAX_MARK);
            if (number.isEmpty()) {
                throw OptionTypes.unexpected(text, "0 to 4294967295, or 0x0 to 0xffffffff");
            }
            return (int) number.getAsLong();
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

    private static OptionalLong number(String text, long max) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        String hex = matcher.group(2);
        long value = hex == null ? Long.parseLong(text) : Long.parseLong(hex, 16);
        return value <= max ? OptionalLong.of(value) : OptionalLong.empty();
    }
}
