package io.github.nettyping.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.LoadSamples;
import io.github.nettyping.testing.RequiresChromium;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page as a browser without a network shows it. */
@RequiresChromium
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

        BufferedImage image = screenshot(file, scheme);

        assertThat(pixels(image, page)).isGreaterThan(10_000);
        assertThat(pixels(image, card)).isGreaterThan(100_000);
        assertThat(pixels(image, median)).isGreaterThan(500);
        assertThat(pixels(image, high)).isGreaterThan(500);
        assertThat(pixels(image, lost)).isGreaterThan(100);
    }

    private BufferedImage screenshot(Path file, int scheme) throws Exception {
        Path picture = dir.resolve("page.png");
        Process process = new ProcessBuilder(List.of(
                        "chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--host-resolver-rules=MAP * ~NOTFOUND",
                        "--user-data-dir=" + dir.resolve("profile"),
                        "--blink-settings=preferredColorScheme=" + scheme,
                        "--window-size=1100,1900",
                        "--screenshot=" + picture,
                        file.toUri().toString()))
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("log").toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("ended in time").isTrue();
        assertThat(picture).as(Files.readString(dir.resolve("log"))).exists();
        return ImageIO.read(picture.toFile());
    }

    private static int pixels(BufferedImage image, String colour) {
        int wanted = Integer.parseInt(colour, 16);
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += (image.getRGB(x, y) & 0xffffff) == wanted ? 1 : 0;
            }
        }
        return count;
    }
}
