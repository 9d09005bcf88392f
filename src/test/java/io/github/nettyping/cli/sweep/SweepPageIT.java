package io.github.nettyping.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.format.SampleOutcomes;
import io.github.nettyping.cli.target.ResolvedTargets;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.target.Targets;
import io.github.nettyping.testing.Chromium;
import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.Tool;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page as a browser without a network shows it. */
@RequiresTool(Tool.CHROMIUM)
class SweepPageIT {

    /** Where panels begin in the image. */
    private static final int IMAGE_LEFT = 24;

    private static final int IMAGE_TOP = 24 + 14 + 10 + 3 * 14 + 10 + 14;

    @TempDir
    Path dir;

    /** What a test's own script finds out about the page, as the text of an element. */
    private String told(Path page, String expression) throws Exception {
        Path probed = dir.resolve("probed.html");
        Files.writeString(
                probed,
                Files.readString(page)
                        + "<pre id=\"probe\"></pre><script>document.getElementById('probe').textContent = (() => {"
                        + expression + "})();</script>");
        Matcher text =
                Pattern.compile("<pre id=\"probe\">(.*?)</pre>", Pattern.DOTALL).matcher(new Chromium(dir).dom(probed));
        assertThat(text.find()).isTrue();
        return text.group(1);
    }

    private static String hover(int panel, int x, int y) {
        return "const plate = document.querySelectorAll('.plate')[" + panel + "];"
                + "const box = plate.getBoundingClientRect();"
                + "plate.dispatchEvent(new PointerEvent('pointermove', {clientX: box.left + " + x
                + ", clientY: box.top + " + y + "}));"
                + "return [...document.getElementById('told').children].map(line => line.textContent).join('|');";
    }

    private Path page(ResolvedTargets targets) {
        Path page = dir.resolve("page.html");
        SamplePictures.write(page, targets, SweepPageIT::aboutHalfAlive, "sweep");
        return page;
    }

    private static ResolvedTargets targets(String... words) {
        return new ResolvedTargets(Targets.parse(words), Map.of(), true, false);
    }

    private static ProbeOutcome aboutHalfAlive(Random random, IpAddress target) {
        int last = (int) target.low() & 3;
        return last == 0
                ? SampleOutcomes.timedOut(SamplePictures.text(target))
                : last == 1
                        ? SampleOutcomes.hostUnreachable(SamplePictures.text(target), "192.0.2.254")
                        : SampleOutcomes.replied(SamplePictures.text(target), 1_000_000L * (1 + (target.low() & 0xff)));
    }

    /** Cells of 32 pixels and gaps of 2 after every fourth: the curve goes down, right, up, right. */
    @ParameterizedTest
    @CsvSource({
        "5, 5, 192.0.2.0|not asked",
        "5, 40, '192.0.2.1|unreachable'",
        "40, 40, '192.0.2.2|alive, 3 ms'",
        "40, 5, '192.0.2.3|alive, 4 ms'",
        "5, 140, 192.0.2.16|timeout",
        "519, 5, '192.0.2.85|unreachable'",
        "5, 519, 192.0.2.255|not asked",
    })
    void hoverTellsTheCell(int x, int y, String told) throws Exception {
        assertThat(told(page(targets("192.0.2.0/24")), hover(0, x, y))).isEqualTo(told);
    }

    @Test
    void hoverTellsPrefixCountsAndTimesOfAMixedCell() throws Exception {
        assertThat(told(page(targets("10.0.0.0/14")), hover(0, 2, 6)))
                .isEqualTo("10.0.0.4/30|2 alive, 1 timeout, 1 unreachable|round trip min 7 ms, mean 7.48 ms, max 8 ms");
    }

    @Test
    void hoverTellsNamesAndIpv6() throws Exception {
        Targets hosts = Targets.parse("192.0.2.7", "2001:db8::a:0:0:7");
        ResolvedTargets named = new ResolvedTargets(hosts, Map.of(hosts.get(1), "<b>h\u00f6st</b>"), true, false);
        // Cell 7 of a curve: column 2, row 1; of 16 pixels beside others.
        assertThat(told(page(named), hover(1, 36, 20)))
                .isEqualTo("2001:db8::a:0:0:7|&lt;b&gt;h\u00f6st&lt;/b&gt;|alive, 8 ms");
    }

    @Test
    void arrowKeysWalkOverTheCells() throws Exception {
        String keys = "const plate = document.querySelector('.plate');"
                + "for (const key of ['Home', 'ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowLeft']) {"
                + "  plate.dispatchEvent(new KeyboardEvent('keydown', {key, cancelable: true}));"
                + "}"
                + "return document.getElementById('told').firstChild.textContent;";
        assertThat(told(page(targets("192.0.2.0/24")), keys)).isEqualTo("192.0.2.1");
    }

    /** Cell for cell, the page on a light screen has the pixels of the image; it begins at a whole one, whatever lies above. */
    @ParameterizedTest
    @CsvSource({"192.0.2.0/24", "198.18.0.0/18", "10.0.0.0/14", "2001:db8::/121"})
    void canvasHasThePixelsOfTheImage(String word) throws Exception {
        ResolvedTargets targets = targets(word);
        Path png = dir.resolve("image.png");
        SamplePictures.write(png, targets, SweepPageIT::aboutHalfAlive, "sweep");
        BufferedImage image = ImageIO.read(png.toFile());
        Path page = page(targets);
        String place = told(
                page,
                "const box = document.querySelector('canvas').getBoundingClientRect();"
                        + "document.querySelectorAll('.plate svg').forEach(svg => svg.remove());"
                        + "return [box.left, box.top, box.width, box.height].join(' ');");
        List<Integer> box = Pattern.compile(" ")
                .splitAsStream(place)
                .map(number -> (int) Math.round(Double.parseDouble(number)))
                .toList();
        // Without labels, which the two draw differently.
        BufferedImage screen = new Chromium(dir).screenshot(dir.resolve("probed.html"), Chromium.LIGHT, 1300, 1500);

        int compared = 0;
        int different = 0;
        for (int y = 0; y < box.get(3); y++) {
            for (int x = 0; x < box.get(2); x++) {
                int expected = image.getRGB(IMAGE_LEFT + x, IMAGE_TOP + y) & 0xffffff;
                boolean isLabel = expected == 0xffffff || expected == 0x1c2430;
                if (!isLabel) {
                    compared++;
                    int actual = screen.getRGB(box.get(0) + x, box.get(1) + y) & 0xffffff;
                    different += actual == expected ? 0 : 1;
                }
            }
        }
        assertThat(compared).isGreaterThan(box.get(2) * box.get(3) / 2);
        assertThat(different).isZero();
    }

    /** Colours are those of silence and of a prefix that was not asked. */
    @ParameterizedTest
    @CsvSource({"1, 14171c, e6e9ef", "0, 06080b, 2a313d"})
    void statesHaveTheColoursOfLightAndDark(int scheme, String silent, String notAsked) throws Exception {
        Path page = page(targets("192.0.2.0/25", "203.0.113.0/24"));

        BufferedImage screen = new Chromium(dir).screenshot(page, scheme, 1300, 1500);

        assertThat(Chromium.pixels(screen, silent)).isGreaterThan(5_000);
        assertThat(Chromium.pixels(screen, notAsked)).isGreaterThan(15_000);
        assertThat(Chromium.pixels(screen, "e65c00")).isGreaterThan(5_000);
    }
}
