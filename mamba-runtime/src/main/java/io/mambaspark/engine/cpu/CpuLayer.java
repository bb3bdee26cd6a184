package io.mambaspark.engine.cpu;

import io.mambaspark.model.ModelConfig;
import io.mambaspark.model.WeightSink.Values;

/** The weights of one layer, in the forms that the kernels read. */
final class CpuLayer {
    private static final float LOG2_E = (float) (1 / Math.log(2));

    private final ModelConfig config;
    private final int stride;

    final float[] norm;
    /** The halves of in_proj: x goes through the convolution, z opens the gate. */
    final PackedMatrix inX;

    final PackedMatrix inZ;
    final Kernels.Convolution convolution;
    /** x_proj with its rows in the order B, C, Δ. */
    final PackedMatrix inputs;

    final PackedMatrix delta;
    final Kernels.Scan scan;
    final PackedMatrix out;

    CpuLayer(ModelConfig config, int width) {
        int dInner = config.dInner();
        this.config = config;
        this.stride = Activations.padded(dInner, width);
        this.norm = new float[Activations.padded(config.dModel(), width)];
        this.inX = new PackedMatrix(dInner, config.dModel(), width);
        this.inZ = new PackedMatrix(dInner, config.dModel(), width);
        this.convolution =
                new Kernels.Convolution(new float[config.dConv() * stride], new float[stride], stride, config.dConv());
        this.inputs = new PackedMatrix(2 * config.dState() + config.dtRank(), dInner, width);
        this.delta = new PackedMatrix(dInner, config.dtRank(), width);
        this.scan = new Kernels.Scan(
                new float[config.dState() * stride], new float[stride], new float[stride], stride, config.dState());
        this.out = new PackedMatrix(config.dModel(), dInner, width);
    }

    /** Takes the tensor of this layer's mixer or norm that Hugging Face calls {@code name}. */
    void take(String name, Values values) {
        int dInner = config.dInner();
        switch (name) {
            case "norm.weight" -> values.next(norm, 0, config.dModel());
            case "mixer.in_proj.weight" -> {
                inX.pack(values, 0, dInner);
                inZ.pack(values, 0, dInner);
            }
            case "mixer.conv1d.weight" -> transpose(values, dInner, config.dConv(), convolution.taps());
            case "mixer.conv1d.bias" -> values.next(convolution.bias(), 0, dInner);
            case "mixer.x_proj.weight" -> {
                inputs.pack(values, 2 * config.dState(), config.dtRank());
                inputs.pack(values, 0, 2 * config.dState());
            }
            case "mixer.dt_proj.weight" -> delta.pack(values, 0, dInner);
            case "mixer.dt_proj.bias" -> values.next(scan.deltaBias(), 0, dInner);
            case "mixer.A_log" -> {
                transpose(values, dInner, config.dState(), scan.a());
                for (int i = 0; i < scan.a().length; i++) {
                    scan.a()[i] = (float) -Math.exp(scan.a()[i]) * LOG2_E;
                }
            }
            case "mixer.D" -> values.next(scan.d(), 0, dInner);
            case "mixer.out_proj.weight" -> out.pack(values, 0, config.dModel());
            default -> throw new IllegalStateException("no place for the tensor " + name + " of a layer");
        }
    }

    /** {@code [channels, size]} to {@code [size, stride]}. */
    private void transpose(Values values, int channels, int size, float[] target) {
        float[] row = new float[size];
        for (int c = 0; c < channels; c++) {
            values.next(row, 0, size);
            for (int k = 0; k < size; k++) {
                target[k * stride + c] = row[k];
            }
        }
    }

    long bytes() {
        long vectors = norm.length
                + convolution.taps().length
                + convolution.bias().length
                + scan.a().length
                + scan.d().length
                + scan.deltaBias().length;
        return vectors * Float.BYTES + inX.bytes() + inZ.bytes() + inputs.bytes() + delta.bytes() + out.bytes();
    }
}
