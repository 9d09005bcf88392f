package io.github.nettyping.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.cli.target.ResolvedTargets;
import io.github.nettyping.target.Targets;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;
import picocli.CommandLine;

@Isolated("sets the JVM's locale")
class SweepPageTest {

    @TempDir
    Path dir;

    private String page(ResolvedTargets targets, String command) throws IOException {
        Path file = dir.resolve("page.html");
        SamplePictures.write(file, targets, SamplePictures::allAlive, command);
        return Files.readString(file);
    }

    private static ResolvedTargets named(String name) {
        Targets targets = Targets.parse("192.0.2.7", "2001:db8::7");
        return new ResolvedTargets(targets, Map.of(targets.get(0), name), true, false);
    }

    @Test
    void pageNeedsNothingElseAndEscapesWhatItQuotes() throws IOException {
        String page = page(named("</script><b>\"h\u00f6st\"\\"), "sweep '</title><a&b>' \u00e4");

        assertThat(page)
                .startsWith("<!DOCTYPE html>\n")
                .contains("sweep &#39;&lt;/title&gt;&lt;a&amp;b&gt;&#39; \u00e4")
                .contains("\"00000000000000000000ffffc0000207\":\"\\u003c/script>\\u003cb>\\\"h\\u00F6st\\\"\\\\\"")
                .doesNotContain("://", "@import", "url(", "src=", "href=", "<a&b>", "<b>\"h");
    }

    @Test
    void whatIsNoScriptIsWellFormed() throws Exception {
        String page = page(named("host.example"), "sweep 192.0.2.7 host.example");
        Matcher body =
                Pattern.compile("<body>(.*?)<div id=\"told\"", Pattern.DOTALL).matcher(page);
        assertThat(body.find()).isTrue();

        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(body.group(1) + "</main>")));

        assertThat(document.getElementsByTagName("canvas").getLength()).isEqualTo(2);
        assertThat(document.getElementsByTagName("figcaption").item(0).getTextContent())
                .isEqualTo("192.0.2.0/24");
        assertThat(page).doesNotContain("NaN", "Infinity");
    }

    @Test
    void pageOfA16IsSmall() throws IOException {
        Path file = dir.resolve("page.html");
        SamplePictures.write(file, SamplePictures.slash16(), SamplePictures::allAlive);

        assertThat(Files.size(file)).isLessThan(450_000);
    }

    @Test
    void pageWithoutTargetsSaysSo() throws IOException {
        ResolvedTargets none = new ResolvedTargets(Targets.parse(), Map.of(), false, false);

        assertThat(page(none, "sweep no.such.host"))
                .contains("There was no target: there is nothing to draw.", "Nothing came back")
                .doesNotContain("<script");
        Path image = dir.resolve("page.png");
        SamplePictures.write(image, none, SamplePictures::allAlive, "sweep no.such.host");
        assertThat(ImageIO.read(image.toFile())).isNotNull();
    }

    @Test
    void localeChangesNoNumber() throws IOException {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(page(named("host.example"), "")).doesNotContainPattern("[\u0660-\u0669\u066b]");
        } finally {
            Locale.setDefault(before);
        }
    }

    /** If not: {@link SamplePictures#main} writes it anew. */
    @Test
    void pictureOfTheReadmeIsWhatIsDrawn() throws IOException {
        Path file = dir.resolve("sweep.PNG");
        SamplePictures.write(file, SamplePictures.slash16(), SamplePictures::ofAProvider);

        BufferedImage drawn = ImageIO.read(file.toFile());
        BufferedImage shown = ImageIO.read(SamplePictures.README_PICTURE.toFile());

        assertThat(Files.size(SamplePictures.README_PICTURE)).isLessThan(200_000);
        assertThat(shown.getWidth()).isEqualTo(drawn.getWidth());
        assertThat(shown.getHeight()).isEqualTo(drawn.getHeight());
        int different = 0;
        for (int y = 0; y < drawn.getHeight(); y++) {
            for (int x = 0; x < drawn.getWidth(); x++) {
                different += drawn.getRGB(x, y) == shown.getRGB(x, y) ? 0 : 1;
            }
        }
        assertThat(different).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"report.svg", "report", "html", "report.html/", "report.png.gz", ""})
    void anotherEndingIsABadArgument(String name) {
        assertThatThrownBy(() -> new CommandLine(new SweepCommand()).parseArgs("--report", name))
                .hasMessageContaining("expected: a file name that ends in .html or .png");
    }

    @Test
    void whatCannotBeWrittenIsFoundBefore() {
        assertThatThrownBy(() -> SweepPicture.checked(dir.resolve("none").resolve("r.png")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("--report " + dir)
                .hasMessageContaining("no such directory");
    }
}
