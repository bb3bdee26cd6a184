package io.mambaspark.engine.cpu;

import io.mambaspark.model.CheckpointException;
import java.nio.FloatBuffer;

/**
 * y = W x + b for one x at a time, by the kernels that this JVM runs best: for the small networks on top of an engine, which would
 * otherwise hold up one that reads hundreds of thousands of tokens a second. Immutable and thread-safe.
 */
public final class Projection {
    private static final Kernels KERNELS = KernelChoice.best().kernels();

    private final PackedMatrix weight;
    private final float[] bias;

    /**
     * A projection from {@code inputs} to {@code bias.length} numbers.
     *
     * @param weight W, {@code [outputs, inputs]}, row-major; is copied
     * @param bias   b, {@code [outputs]}; must not be changed
     * @throws IllegalArgumentException if {@code weight} is not a row for each output
     */
    public Projection(float[] weight, int inputs, float[] bias) {
        if (weight.length != (long) inputs * bias.length) {
            throw new IllegalArgumentException(
                    weight.length + " weights for " + bias.length + " outputs of " + inputs + " inputs");
        }
        if (WeightSizes.ofMatrix(bias.length, inputs, KERNELS.panelWidth()) > WeightSizes.LONGEST_ARRAY) {
            throw CheckpointException.unsupported("A head of " + inputs + " inputs and " + bias.length
                    + " outputs takes more numbers, padding included, than an array has. Use a smaller model.");
        }
        this.weight = new PackedMatrix(bias.length, inputs, KERNELS.panelWidth());
        this.weight.pack(FloatBuffer.wrap(weight)::get, 0, bias.length);
        this.bias = bias;
    }

    /**
     * W x + b: a sum runs over the inputs in their order, and the bias comes last.
     *
     * @param x {@code [inputs]}
     * @return {@code [outputs]}
     */
    public float[] of(float[] x) {
        // The product is one of whole tiles; the rows below the first are zeros.
        Activations left = Activations.rowMajor(KERNELS.tileRows(), weight.inputs, KERNELS.panelWidth());
        Activations result = Activations.rowMajor(KERNELS.tileRows(), weight.outputs, KERNELS.panelWidth());
        System.arraycopy(x, 0, left.data, 0, weight.inputs);
        KERNELS.multiply(weight, left, 0, 0, result, 0, 1);
        float[] y = new float[weight.outputs];
        for (int i = 0; i < y.length; i++) {
            y[i] = result.data[i] + bias[i];
        }
        return y;
    }
}
