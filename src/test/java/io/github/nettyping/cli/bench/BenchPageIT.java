package io.github.nettyping.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.load.LoadSamples;
import io.github.nettyping.testing.Chromium;
import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.Tool;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page as a browser without a network shows it. */
@RequiresTool(Tool.CHROMIUM)
class BenchPageIT {

    @TempDir
    Path dir;

    /** Colours are those of the style: of the page, a card, the median, the 99th percentile, lost probes. */
    @ParameterizedTest
    @CsvSource({
        "1, f6f7f9, ffffff, 1f77b4, d9822b, cf3030",
        "0, 14181f, 1c222c, 5aa9e6, f0a35e, ff6b6b",
    })
    void picturesAreDrawnInTheColoursOfLightAndDark(
            int scheme, String page, String card, String median, String high, String lost) throws Exception {
        Path file = dir.resolve("page.html");
        Files.writeString(file, BenchPage.of(BenchReportTest.report(LoadSamples.odd())));

        BufferedImage image = new Chromium(dir).screenshot(file, scheme, 1100, 1900);

        assertThat(Chromium.pixels(image, page)).isGreaterThan(10_000);
        assertThat(Chromium.pixels(image, card)).isGreaterThan(100_000);
        assertThat(Chromium.pixels(image, median)).isGreaterThan(500);
        assertThat(Chromium.pixels(image, high)).isGreaterThan(500);
        assertThat(Chromium.pixels(image, lost)).isGreaterThan(100);
    }
}
