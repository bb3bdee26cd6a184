package io.mambaspark.engine.cpu;

import java.util.Arrays;

/**
 * Numbers {@code [rows, channels]}, a row a token, in one of two layouts: row after row, as a matrix product reads its
 * left side, or panel after panel of {@code width} channels, so that what runs along time touches adjacent memory.
 * In both, {@code width} adjacent channels that start at a multiple of it are adjacent in memory.
 */
final class Activations {
    final float[] data;
    final int rows;
    final int channels;
    final int width;
    final int rowStride;
    private final int panelStride;
    private final int offset;

    private Activations(float[] data, int offset, int rows, int channels, int width, int rowStride, int panelStride) {
        this.data = data;
        this.offset = offset;
        this.rows = rows;
        this.channels = channels;
        this.width = width;
        this.rowStride = rowStride;
        this.panelStride = panelStride;
    }

    /** Row after row; each row is padded to whole panels. */
    static Activations rowMajor(int rows, int channels, int width) {
        return rowMajor(new float[size(rows, channels, width)], 0, rows, channels, width);
    }

    /** The same from {@code offset} of an array that others use too. */
    static Activations rowMajor(float[] data, int offset, int rows, int channels, int width) {
        return new Activations(data, offset, rows, channels, width, padded(channels, width), width);
    }

    /** Panel after panel; in a panel row after row. */
    static Activations panelMajor(int rows, int channels, int width) {
        return panelMajor(new float[size(rows, channels, width)], 0, rows, channels, width);
    }

    /** The same from {@code offset} of an array that others use too. */
    static Activations panelMajor(float[] data, int offset, int rows, int channels, int width) {
        return new Activations(data, offset, rows, channels, width, width, rows * width);
    }

    /** How many numbers there are, padding included. */
    static int size(int rows, int channels, int width) {
        return Math.multiplyExact(rows, padded(channels, width));
    }

    int index(int row, int channel) {
        return offset + row * rowStride + channel / width * panelStride + channel % width;
    }

    /** Zeros in rows [from, to); row-major only. */
    void zeroRows(int from, int to) {
        Arrays.fill(data, index(from, 0), index(to, 0), 0f);
    }

    long bytes() {
        return (long) size(rows, channels, width) * Float.BYTES;
    }

    static int padded(int count, int unit) {
        return (count + unit - 1) / unit * unit;
    }
}
