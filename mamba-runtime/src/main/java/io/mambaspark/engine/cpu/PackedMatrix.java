package io.mambaspark.engine.cpu;

import io.mambaspark.model.WeightSink;

/**
 * A weight matrix W {@code [outputs, inputs]} in panels of {@code width} outputs: in a panel, the weights of one input
 * for all its outputs are adjacent, in the order in which a product with rows of activations reads them.
 */
final class PackedMatrix {
    final float[] data;
    final int outputs;
    final int inputs;
    final int width;
    private final int offset;

    PackedMatrix(int outputs, int inputs, int width) {
        this(new float[Arena.LEAD + Activations.size(inputs, outputs, width)], outputs, inputs, width, Arena.LEAD);
    }

    private PackedMatrix(float[] data, int outputs, int inputs, int width, int offset) {
        this.data = data;
        this.outputs = outputs;
        this.inputs = inputs;
        this.width = width;
        this.offset = offset;
    }

    int panels() {
        return Activations.padded(outputs, width) / width;
    }

    /** The outputs of one panel alone, on the same numbers. */
    PackedMatrix panel(int panel) {
        int first = panel * width;
        return new PackedMatrix(data, Math.min(width, outputs - first), inputs, width, index(first, 0));
    }

    int index(int output, int input) {
        return offset + (output / width * inputs + input) * width + output % width;
    }

    /** Takes the next {@code count} rows of a tensor as the outputs from {@code output} on. */
    void pack(WeightSink.Values values, int output, int count) {
        float[] row = new float[inputs];
        for (int o = output; o < output + count; o++) {
            values.next(row, 0, inputs);
            for (int i = 0; i < inputs; i++) {
                data[index(o, i)] = row[i];
            }
        }
    }

    long bytes() {
        return (long) data.length * Float.BYTES;
    }
}
