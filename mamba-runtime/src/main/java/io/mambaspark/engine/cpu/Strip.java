package io.mambaspark.engine.cpu;

/**
 * One panel of channels over a few tokens: what the scan works on. Its arrays share their layout, {@code [rows, panel
 * width]}, and the columns that a scan touches together stay in the first-level cache.
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

    Strip(Kernels kernels) {
        rows = ROWS / kernels.tileRows() * kernels.tileRows();
        delta = array(kernels);
        deltaU = array(kernels);
        y = array(kernels);
        z = array(kernels);
    }

    private Activations array(Kernels kernels) {
        return Activations.rowMajor(rows, kernels.panelWidth(), kernels.panelWidth());
    }

    long bytes() {
        return delta.bytes() + deltaU.bytes() + y.bytes() + z.bytes();
    }
}
