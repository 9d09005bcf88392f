package io.github.nettyping.cli.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.target.Targets;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngPictureTest {

    private static final Ramp RAMP = new Ramp(1e6, 1e9, List.of(new Ramp.Tick(1e6, "1 ms"), new Ramp.Tick(1e9, "1 s")));

    /** Where the first panel begins, given two lines of words. */
    private static final int LEFT = 24;

    private static final int TOP = 24 + 14 + 10 + 2 * 14 + 10 + 14;

    private static BufferedImage drawn(SweepMap map, SweepMap.Part part) throws IOException {
        PngPicture.Words words =
                new PngPicture.Words("title", List.of("a", "b"), List.of(new PngPicture.Count(CellState.ALIVE, 1)));
        byte[] file = PngPicture.of(map, map.sum(List.of(part)), RAMP, words);
        assertThat(file).startsWith(0x89, 'P', 'N', 'G');
        return ImageIO.read(new ByteArrayInputStream(file));
    }

    private static int colour(BufferedImage image, int x, int y) {
        return image.getRGB(x, y) & 0xffffff;
    }

    /** Cells of a /24 are 32 pixels a side, with 2 more after every fourth. */
    @Test
    void cellsStandAlongTheCurve() throws IOException {
        SweepMap map = SweepMap.of(Targets.parse("192.0.2.0/24"));
        SweepMap.Part part = map.newPart();
        part.record(SweepMapTest.replied(IpAddress.ofIpv4(0xc0000201), 1_000_000));
        part.record(SweepMapTest.replied(IpAddress.ofIpv4(0xc00002fe), 2_000_000_000));
        part.record(SweepMapTest.timedOut(IpAddress.ofIpv4(0xc0000203)));

        BufferedImage image = drawn(map, part);

        Hilbert curve = new Hilbert(8);
        for (int host = 0; host < 256; host++) {
            int expected =
                    switch (host) {
                        case 0, 255 -> CellState.NOT_ASKED.light();
                        case 1 -> 0xfde725;
                        case 3 -> CellState.TIMEOUT.light();
                        case 254 -> 0x3b528b;
                        default -> CellState.NO_VERDICT.light();
                    };
            int x = LEFT + curve.x(host) * 32 + curve.x(host) / 4 * 2;
            int y = TOP + curve.y(host) * 32 + curve.y(host) / 4 * 2;
            assertThat(colour(image, x + 30, y + 30)).as("host %d", host).isEqualTo(expected);
            // The inset, and the gap after it.
            assertThat(colour(image, x + 31, y + 30)).as("beside host %d", host).isEqualTo(0xffffff);
        }
    }

    @Test
    void squaresOfA16AreNamed() {
        Plate plate = Plate.of(SweepMap.of(Targets.parse("198.18.0.0/16"))).get(0);

        assertThat(plate.labelled()).isTrue();
        assertThat(plate.cell()).isEqualTo(4);
        assertThat(plate.width()).isEqualTo(1024 + 3 * 2);
        assertThat(plate.parts()).hasSize(16);
        assertThat(plate.parts())
                .extracting(part -> part.prefix() + " " + part.x() + "," + part.y())
                .contains("198.18.0.0/20 0,0", "198.18.16.0/20 0,258", "198.18.240.0/20 0,774", "198.18.80.0/20 774,0");
    }

    @Test
    void halfABlockIsWide() {
        Plate plate = Plate.of(SweepMap.of(Targets.parse("10.0.0.0/9"))).get(0);

        assertThat(plate.width()).isEqualTo(256 * 4 + 3 * 2);
        assertThat(plate.height()).isEqualTo(128 * 4 + 2);
        assertThat(plate.parts()).extracting(part -> part.prefix().length()).containsOnly(12);
    }

    @Test
    void lettersNeedNoFont() {
        int[] text = "A\u00b5\u4e2d".codePoints().toArray();
        StringBuilder drawn = new StringBuilder();
        for (int y = 0; y < BitmapFont.HEIGHT; y++) {
            for (int x = 0; x < BitmapFont.width("A\u00b5\u4e2d"); x++) {
                drawn.append(BitmapFont.isSet(text, x, y) ? '#' : '.');
            }
            drawn.append('\n');
        }
        assertThat(drawn.toString()).isEqualTo("""
                .###.........###.
                #...#.......#...#
                #...#.#...#.....#
                #####.#...#....#.
                #...#.#...#...#..
                #...#.#..##......
                #...#..##.#...#..
                """);
    }
}
