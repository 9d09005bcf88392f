package io.github.nettyping.cli.picture;

/**
 * Which colour a cell has: that of its round trips if all its targets are alive, that of the most frequent state if none is,
 * else both mixed by the share alive. Immutable.
 */
record CellColours(SweepMap map, Cells cells, Ramp ramp) {

    /** So much of its round trips' colour has a cell of which next to nothing is alive: one host among thousands is seen. */
    static final double LEAST_ALIVE = 0.3;

    /** Returns the colour on a light page, as 0xrrggbb. */
    int of(int cell) {
        int alive = cells.count(cell, CellState.ALIVE);
        int other = mostOfTheRest(cell).light();
        if (alive == 0) {
            return other;
        }
        int colour = ramp.colour(cells.meanNanos(cell));
        long all = cells.verdicts(cell) + map.withoutVerdict(cell, cells);
        return Ramp.mix(other, colour, shareShown((double) alive / all));
    }

    static double shareShown(double alive) {
        return alive == 0 ? 0 : LEAST_ALIVE + (1 - LEAST_ALIVE) * alive;
    }

    private CellState mostOfTheRest(int cell) {
        long most = map.withoutVerdict(cell, cells);
        CellState found = most > 0 ? CellState.NO_VERDICT : CellState.NOT_ASKED;
        for (CellState state : CellState.values()) {
            if (state != CellState.ALIVE && state.isVerdict() && cells.count(cell, state) > most) {
                most = cells.count(cell, state);
                found = state;
            }
        }
        return found;
    }
}
