package io.mambaspark.gpu;

import io.mambaspark.model.CheckpointException;
import io.mambaspark.model.ModelConfig;

/** The sizes of a model as the device lays it out: a channel has {@link ScanKernel#STATES} states, some of them perhaps padding. */
record DeviceShape(ModelConfig config) {
    static DeviceShape of(ModelConfig config, String model) {
        if (config.bias()) {
            throw CheckpointException.unsupported(
                    model + " has biases on its projections (use_bias), which no published Mamba checkpoint has");
        }
        if (config.dState() > ScanKernel.STATES) {
            throw CheckpointException.unsupported(model + " has state_size " + config.dState()
                    + "; the kernels on a GPU hold " + ScanKernel.STATES + ". Read it with device=cpu.");
        }
        requireSmall(config);
        return new DeviceShape(config);
    }

    /** Of larger sizes no array of the device could hold a matrix or a document's state: below, sums of sizes fit an int. */
    private static void requireSmall(ModelConfig config) {
        long widest = Math.max(
                Math.max(config.vocabSize(), 2L * config.dInner()),
                Math.max(config.dModel(), 2L * ScanKernel.STATES + config.dtRank()));
        long state = (long) config.layers() * config.dInner() * (ScanKernel.STATES + config.dConv() - 1L);
        if (widest > MemoryPlan.MOST_FLOATS - MatrixKernel.WIDE || state > MemoryPlan.MOST_FLOATS / SpaceLayout.KEPT) {
            throw GpuException.memory(
                    "a matrix of " + widest + " numbers a row or column, and reading states of " + state
                            + " numbers, of which the device keeps " + SpaceLayout.KEPT + ", where an array has "
                            + MemoryPlan.MOST_FLOATS,
                    "Use a smaller model");
        }
    }

    int dModel() {
        return config.dModel();
    }

    int dInner() {
        return config.dInner();
    }

    int layers() {
        return config.layers();
    }

    /** The two halves of in_proj side by side: x' and z. */
    int xzWidth() {
        return 2 * config.dInner();
    }

    /** B, C and the low-rank Δ side by side. */
    int bcWidth() {
        return 2 * ScanKernel.STATES + config.dtRank();
    }

    /** Floats of a layer's scan state. */
    int scanState() {
        return ScanKernel.STATES * config.dInner();
    }

    /** Floats of a layer's state: that of the scan, then the last inputs of the convolution. */
    int layerState() {
        return scanState() + (config.dConv() - 1) * config.dInner();
    }

    /** Floats of a document's state. */
    int state() {
        return Math.multiplyExact(config.layers(), layerState());
    }

    /** Floats of what a document brings along: its state, Σ g h and Σ g of its open piece. */
    int given() {
        return state() + pieceWidth();
    }

    /** Floats of a piece: Σ g h and Σ g. */
    int pieceWidth() {
        return config.dModel() + 1;
    }

    static int padded(int count, int unit) {
        return (count + unit - 1) / unit * unit;
    }
}
