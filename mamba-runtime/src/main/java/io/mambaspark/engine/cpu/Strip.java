package io.mambaspark.engine.cpu;

/**
 * One panel of channels over a few tokens: what the scan works on. Δ, Δu, y and z lie one behind the other, each {@code
 * [rows, panel width]}, and the columns that a scan touches together stay in the first-level cache.
 */
final class Strip {
    /** Rows for which a column of Δ, Δu and y takes half of a first-level cache of 48 KB. */
    private static final int ROWS = 128;

    final int rows;
    /** Δ. */
    final Activations delta;
    /** Δ ⊙ u. */
    final Activations deltaU;
    /** The output of the scan before the gate. */
    final Activations y;
    /** What opens the gate. */
    final Activations z;

    Strip(Kernels kernels, Arena arena) {
        int width = kernels.panelWidth();
        rows = rows(kernels);
        delta = arena.rowMajor(rows, width, width);
        deltaU = arena.rowMajor(rows, width, width);
        y = arena.rowMajor(rows, width, width);
        z = arena.rowMajor(rows, width, width);
    }

    private static int rows(Kernels kernels) {
        return ROWS / kernels.tileRows() * kernels.tileRows();
    }

    /** How many numbers a strip takes of its arena. */
    static int size(Kernels kernels) {
        return 4 * rows(kernels) * kernels.panelWidth();
    }

    /** From a number of Δ to that of Δu, from there to y, from there to z. */
    int apart() {
        return rows * delta.rowStride;
    }
}
