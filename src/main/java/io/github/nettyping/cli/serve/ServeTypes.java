package io.github.nettyping.cli.serve;

import io.github.nettyping.cli.option.OptionTypes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine.ITypeConverter;

/** How words of {@code serve} are read. Stateless. */
final class ServeTypes {

    private ServeTypes() {}

    /** Where to listen. */
    static final class Listen implements ITypeConverter<InetSocketAddress> {

        private static final Pattern PLACE = Pattern.compile("(?:\\[([0-9A-Fa-f:.%\\w]+)]|([^:\\[\\]]+)):([0-9]{1,5})");
        private static final int MOST_PORT = 65_535;

        @Override
        public InetSocketAddress convert(String text) {
            Matcher place = PLACE.matcher(text);
            if (place.matches() && Integer.parseInt(place.group(3)) <= MOST_PORT) {
                try {
                    String host = place.group(1) == null ? place.group(2) : place.group(1);
                    return new InetSocketAddress(InetAddress.getByName(host), Integer.parseInt(place.group(3)));
                } catch (UnknownHostException e) {
                    throw OptionTypes.unexpected(text, "the address of this host, or its name");
                }
            }
            throw OptionTypes.unexpected(text, "HOST:PORT, such as 127.0.0.1:9374 or [::1]:9374");
        }
    }

    /** Upper bounds of a histogram, in seconds; not a list itself, of which picocli would read the parts. */
    record Bounds(List<Double> seconds) {}

    static final class Buckets implements ITypeConverter<Bounds> {

        @Override
        public Bounds convert(String text) {
            String[] words = text.split(",", -1);
            double[] bounds = new double[words.length];
            try {
                for (int i = 0; i < words.length; i++) {
                    bounds[i] = Double.parseDouble(words[i].strip());
                }
            } catch (NumberFormatException e) {
                bounds = new double[0];
            }
            double[] given = bounds;
            boolean rising = bounds.length > 0
                    && Arrays.stream(bounds).allMatch(bound -> bound > 0 && Double.isFinite(bound))
                    && IntStream.range(1, given.length).allMatch(i -> given[i - 1] < given[i]);
            if (!rising) {
                throw OptionTypes.unexpected(text, "seconds that rise, such as 0.001,0.01,0.1,1");
            }
            return new Bounds(Arrays.stream(given).boxed().toList());
        }
    }

    /** How many of something there may be at once. */
    static final class Most implements ITypeConverter<Integer> {

        private static final int MOST = 100_000;

        @Override
        public Integer convert(String text) {
            if (text.matches("[0-9]{1,6}")) {
                int value = Integer.parseInt(text);
                if (value >= 1 && value <= MOST) {
                    return value;
                }
            }
            throw OptionTypes.unexpected(text, "an integer from 1 to " + MOST);
        }
    }
}
