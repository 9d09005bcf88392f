package io.github.nettyping.cli.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A picture under way, without a display and without Java2D's drawing, which looks for fonts. Confined to one thread. */
final class Canvas {

    private final int width;
    private final int height;
    private final int[] pixels;

    Canvas(int width, int height, int colour) {
        this.width = width;
        this.height = height;
        this.pixels = new int[width * height];
        Arrays.fill(pixels, colour);
    }

    /** Fills a rectangle; what is outside of the picture is left out. */
    void fill(int x, int y, int columns, int rows, int colour) {
        int from = Math.max(0, x);
        int to = Math.min(width, x + columns);
        for (int row = Math.max(0, y); row < Math.min(height, y + rows) && from < to; row++) {
            Arrays.fill(pixels, row * width + from, row * width + to, colour);
        }
    }

    /** Writes a text whose letters have pixels of this size. */
    void text(String text, int x, int y, int scale, int colour) {
        int[] letters = text.codePoints().toArray();
        for (int row = 0; row < BitmapFont.HEIGHT; row++) {
            for (int column = 0; column < BitmapFont.width(text); column++) {
                if (BitmapFont.isSet(letters, column, row)) {
                    fill(x + column * scale, y + row * scale, scale, scale, colour);
                }
            }
        }
    }

    void label(String text, int x, int y, int colour, int ground) {
        fill(x - 2, y - 2, BitmapFont.width(text) + 4, BitmapFont.HEIGHT + 4, ground);
        text(text, x, y, 1, colour);
    }

    byte[] png() {
        // Else the JDK may look for the display named by the environment, and not find what it needs for that.
        System.setProperty("java.awt.headless", "true");
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.getRaster().setDataElements(0, 0, width, height, pixels);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, "png", out)) {
                throw new IllegalStateException("this JDK has no writer of PNG files");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
