package io.mambaspark.engine.cpu;

/**
 * One large array that the activations of a workspace share, so that vectors lie within cache lines: one that reaches
 * into a second line is loaded twice. G1 puts an array of more than half a region at the start of a region; elsewhere
 * chance decides, and nothing is lost.
 */
final class Arena {
    /** An array's numbers begin 16 bytes behind its start: with so many more before them, at a line of 64 bytes. */
    static final int LEAD = 12;

    private final float[] data;
    private int next = LEAD;

    /** Room for activations of so many numbers, padding included. */
    Arena(long size) {
        data = new float[Math.toIntExact(LEAD + size)];
    }

    /** The next activations, row after row. */
    Activations rowMajor(int rows, int channels, int width) {
        return Activations.rowMajor(data, taken(rows, channels, width), rows, channels, width);
    }

    /** The next activations, panel after panel. */
    Activations panelMajor(int rows, int channels, int width) {
        return Activations.panelMajor(data, taken(rows, channels, width), rows, channels, width);
    }

    private int taken(int rows, int channels, int width) {
        int at = next;
        next += Activations.size(rows, channels, width);
        return at;
    }

    long bytes() {
        return (long) data.length * Float.BYTES;
    }
}
