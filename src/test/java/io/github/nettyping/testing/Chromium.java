package io.github.nettyping.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;

/**
 * A browser without a window and without a network. For tests that {@linkplain RequiresChromium require} it.
 *
 * @param dir where it may keep what it likes, to be deleted by the test
 */
public record Chromium(Path dir) {

    /** The scheme of a light screen, as the browser counts. */
    public static final int LIGHT = 1;

    /** Returns how a page looks. */
    public BufferedImage screenshot(Path page, int scheme, int width, int height)
            throws IOException, InterruptedException {
        Path picture = dir.resolve("screenshot.png");
        Files.deleteIfExists(picture);
        run(
                page,
                "--blink-settings=preferredColorScheme=" + scheme,
                "--window-size=" + width + "," + height,
                "--screenshot=" + picture);
        assertThat(picture).as(Files.readString(dir.resolve("log"))).exists();
        return ImageIO.read(picture.toFile());
    }

    /** Returns a page as HTML after its scripts have run. */
    public String dom(Path page) throws IOException, InterruptedException {
        run(page, "--blink-settings=preferredColorScheme=" + LIGHT, "--window-size=1300,1500", "--dump-dom");
        return Files.readString(dir.resolve("out"));
    }

    private void run(Path page, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--user-data-dir=" + dir.resolve("profile")));
        command.addAll(List.of(options));
        command.add(page.toUri().toString());
        Process process = new ProcessBuilder(command)
                .redirectError(dir.resolve("log").toFile())
                .redirectOutput(dir.resolve("out").toFile())
                .start();
        boolean ended = process.waitFor(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("ended in time").isTrue();
    }

    /** Returns how many pixels have a colour, given as six hexadecimal digits. */
    public static int pixels(BufferedImage image, String colour) {
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
