package io.github.nettyping.cli.picture;

import io.github.nettyping.packet.IpAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses the blocks of the address space that are shown, from ranges of targets: few, and as full of targets as that
 * allows. Holds no more than a few hundred blocks, however many ranges there are. Confined to one thread.
 *
 * <p>Blocks that lie together become one if that is a quarter full of them; if there are still too many, those closest to
 * each other do.
 */
final class Atlas {

    /** More squares are no longer an overview. */
    static final int MAX_BLOCKS = 64;

    /** Beside others nothing smaller than a /24 or a /120 is shown, so that a host alone is seen in its network. */
    static final int SMALLEST_BITS = 8;

    private static final int MAX_PENDING = 256;
    private static final double FULL_ENOUGH = 0.25;

    private final List<Block> blocks = new ArrayList<>();
    private int smallestIpv4 = SMALLEST_BITS;
    private int smallestIpv6 = SMALLEST_BITS;

    /** Some of the targets, and how many addresses the blocks it was made of have. */
    private record Block(IpAddress first, IpAddress last, Prefix prefix, double filled) {

        boolean isOfTheSpaceOf(Block other) {
            return prefix.isIpv4() == other.prefix.isIpv4() && prefix.scopeId() == other.prefix.scopeId();
        }

        Block with(Block next, Prefix common) {
            return new Block(first, next.last, common, Math.min(common.size(), filled + next.filled));
        }
    }

    /** Adds a range of one family and scope; ranges come in the order of their family, scope and addresses. */
    void add(IpAddress first, IpAddress last) {
        Prefix cover = Prefix.cover(first, last);
        double size = Math.scalb((double) (last.high() - first.high()), Long.SIZE)
                + (unsigned(last.low()) - unsigned(first.low()))
                + 1;
        if (cover.hostBits() <= smallestBits(cover.isIpv4()) || size >= cover.size() / 2) {
            append(first, last);
        } else {
            // Around a boundary: two pieces, either of which fills its own cover by half.
            append(first, cover.part(0, cover.hostBits() - 1).last());
            append(cover.part(1, cover.hostBits() - 1).first(), last);
        }
        while (isCrowded(cover.isIpv4())) {
            smallestIpv4 += cover.isIpv4() ? 2 : 0;
            smallestIpv6 += cover.isIpv4() ? 0 : 2;
            List<Block> finer = List.copyOf(blocks);
            blocks.clear();
            finer.forEach(block -> append(block.first, block.last));
        }
    }

    private int smallestBits(boolean ofIpv4) {
        return ofIpv4 ? smallestIpv4 : smallestIpv6;
    }

    /** Tells whether coarser blocks of a family would make fewer; whole scopes are as coarse as can be. */
    private boolean isCrowded(boolean ofIpv4) {
        return blocks.size() > MAX_PENDING
                && smallestBits(ofIpv4) < Prefix.bitsOf(ofIpv4)
                && blocks.stream()
                                .filter(block -> block.prefix.isIpv4() == ofIpv4)
                                .count()
                        > MAX_PENDING / 2;
    }

    private static double unsigned(long bits) {
        return (double) (bits >>> 1) * 2 + (bits & 1);
    }

    /** Appends a block, as large as the smallest may be; what lies within it, or what it lies within, becomes one with it. */
    private void append(IpAddress first, IpAddress last) {
        Prefix cover = Prefix.cover(first, last);
        Prefix prefix = cover.widened(smallestBits(cover.isIpv4()));
        Block added = new Block(first, last, prefix, prefix.size());
        while (!blocks.isEmpty()) {
            Block before = blocks.get(blocks.size() - 1);
            boolean within = before.prefix.contains(prefix);
            if (!within && !prefix.contains(before.prefix)) {
                break;
            }
            prefix = within ? before.prefix : prefix;
            added = new Block(before.first, added.last, prefix, prefix.size());
            blocks.remove(blocks.size() - 1);
        }
        blocks.add(added);
    }

    /** Returns the blocks that are shown, in order; none if no range was added. */
    List<Prefix> blocks() {
        while (join(FULL_ENOUGH)) {}
        while (blocks.size() > MAX_BLOCKS && join(0)) {}
        if (blocks.size() == 1) {
            Block only = blocks.get(0);
            return List.of(Prefix.cover(only.first, only.last));
        }
        return blocks.stream().map(Block::prefix).toList();
    }

    /** Makes one block of all that lie in the smallest prefix that is so full; returns whether there is one. */
    private boolean join(double share) {
        int best = -1;
        Prefix bestPrefix = null;
        for (int i = 0; i + 1 < blocks.size(); i++) {
            if (!blocks.get(i).isOfTheSpaceOf(blocks.get(i + 1))) {
                continue;
            }
            Prefix common = Prefix.cover(blocks.get(i).first, blocks.get(i + 1).last);
            if ((bestPrefix == null || common.hostBits() < bestPrefix.hostBits())
                    && filled(common, i) >= share * common.size()) {
                best = i;
                bestPrefix = common;
            }
        }
        if (bestPrefix == null) {
            return false;
        }
        int from = start(bestPrefix, best);
        Block joined = blocks.get(from);
        while (from + 1 < blocks.size() && bestPrefix.contains(blocks.get(from + 1).prefix)) {
            joined = joined.with(blocks.remove(from + 1), bestPrefix);
        }
        blocks.set(from, joined);
        return true;
    }

    private int start(Prefix common, int within) {
        int start = within;
        while (start > 0 && common.contains(blocks.get(start - 1).prefix)) {
            start--;
        }
        return start;
    }

    private double filled(Prefix common, int within) {
        double sum = 0;
        for (int i = start(common, within); i < blocks.size() && common.contains(blocks.get(i).prefix); i++) {
            sum += blocks.get(i).filled;
        }
        return sum;
    }
}
