package io.mambaspark.engine.cpu;

import io.mambaspark.model.CheckpointException;
import io.mambaspark.model.ModelConfig;

/** How many numbers the weights of a model take, padding included: computed, and each array checked, before one is made. */
final class WeightSizes {
    /** The longest array that every JVM can make. */
    static final long LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private static final int ARRAY_HEADER = 16;
    /** G1 gives an array of more than half a region whole regions. */
    private static final long REGION =
            JvmOptions.value("UseG1GC").filter(Boolean::parseBoolean).isPresent()
                    ? JvmOptions.value("G1HeapRegionSize").map(Long::parseLong).orElse(0L)
                    : 0;

    private final String model;
    private final int width;
    private long floats;
    private long heapBytes;

    private WeightSizes(String model, int width) {
        this.model = model;
        this.width = width;
    }

    /**
     * Computes them.
     *
     * @param model for the error
     * @throws CheckpointException MAMBA_MODEL_UNSUPPORTED if an array would be longer than a JVM can make
     */
    static WeightSizes of(String model, ModelConfig config, Kernels kernels) {
        WeightSizes sizes = new WeightSizes(model, kernels.panelWidth());
        sizes.array(padded(config.vocabSize(), kernels.tileRows()) * config.dModel());
        if (!config.tieWordEmbeddings()) {
            sizes.array(padded(config.vocabSize(), kernels.tileRows()) * config.dModel());
        }
        sizes.vectors(1, config.dModel());
        for (int layer = 0; layer < config.layers(); layer++) {
            sizes.layer(config);
        }
        return sizes;
    }

    /** Bytes of all arrays. */
    long bytes() {
        return floats * Float.BYTES;
    }

    /** What they take of the heap: up to half as much again where a model has many arrays about as large as a region. */
    long heapBytes() {
        return heapBytes;
    }

    private void layer(ModelConfig config) {
        vectors(1, config.dModel());
        vectors(config.dConv(), config.dInner());
        vectors(config.dState(), config.dInner());
        for (int i = 0; i < 3; i++) { // bias of the convolution and of Δ, D
            vectors(1, config.dInner());
        }
        matrix(config.dInner(), config.dModel());
        matrix(config.dInner(), config.dModel());
        matrix(2L * config.dState() + config.dtRank(), config.dInner());
        matrix(config.dInner(), config.dtRank());
        matrix(config.dModel(), config.dInner());
    }

    private void vectors(long count, int channels) {
        array(count * padded(channels, width));
    }

    private void matrix(long outputs, long inputs) {
        array(ofMatrix(outputs, inputs, width));
    }

    /** The numbers of a {@link PackedMatrix}. */
    static long ofMatrix(long outputs, long inputs, int width) {
        return Arena.LEAD + padded(outputs, width) * inputs;
    }

    private void array(long length) {
        if (length > LONGEST_ARRAY) {
            throw CheckpointException.unsupported(
                    model + " has a matrix that takes " + length + " numbers, padding included, more than the "
                            + LONGEST_ARRAY + " of an array. Use a smaller model.");
        }
        floats += length;
        long bytes = ARRAY_HEADER + length * Float.BYTES;
        heapBytes += 2 * bytes > REGION && REGION > 0 ? (bytes + REGION - 1) / REGION * REGION : bytes;
    }

    private static long padded(long count, int unit) {
        return (count + unit - 1) / unit * unit;
    }
}
