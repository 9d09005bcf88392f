/**
 * Pictures of a sweep: the address space folded into squares, one cell for an address or, where there are too many, for a
 * prefix of them. Memory is that of the cells, whatever the number of targets.
 *
 * <p>Read {@code Atlas} first, which chooses the blocks that are shown; then {@code SweepMap}, which knows the cell of each
 * address and counts what became of it, {@code CellColours}, and {@code PngPicture}. The page for browsers is drawn by
 * {@code sweep-page.js} from what {@code PageData} writes; it must come to the same pixels. Nothing here knows the
 * commands.
 */
@NullMarked
package io.github.nettyping.cli.picture;

import org.jspecify.annotations.NullMarked;
