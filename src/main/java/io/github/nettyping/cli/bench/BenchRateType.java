package io.github.nettyping.cli.bench;

import io.github.nettyping.cli.option.OptionTypes;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How a {@link BenchRate} is written: as {@link OptionTypes.Rate}, {@code max} or {@code find}. Stateless. */
final class BenchRateType implements ITypeConverter<BenchRate> {
    @Override
    public BenchRate convert(String text) {
        return switch (text) {
            case "max" -> BenchRate.MAX;
            case "find" -> BenchRate.FIND;
            default -> {
                try {
                    yield BenchRate.of(new OptionTypes.Rate().convert(text));
                } catch (TypeConversionException e) {
                    throw OptionTypes.unexpected(text, "probes per second, such as 500, 10k or 1m, or max, or find");
                }
            }
        };
    }
}
