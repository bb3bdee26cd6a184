package io.mambaspark.gpu;

import io.mambaspark.model.Checkpoint;
import io.mambaspark.model.ReaderHeads;
import io.mambaspark.model.WeightSink.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All weights in one array, in the forms that the kernels read, and where each lies. A layer's norm is part of its in_proj:
 * W (x ⊙ n) = (W n) x.
 */
final class DeviceWeights {
    private static final Pattern LAYER_TENSOR = Pattern.compile("backbone\\.layers\\.(\\d+)\\.(.+)");
    private static final float LOG2_E = (float) (1 / Math.log(2));
    private static final long MOST_FLOATS = Integer.MAX_VALUE / Float.BYTES;

    /** A matrix W {@code [outputs, inputs]} that lies input by input, padded with zeros. */
    record Matrix(int place, int stride, int outputs, int inputs) {}

    /** Where the weights of a layer lie. */
    record Layer(
            Matrix in,
            int taps,
            int tapBias,
            Matrix inputs,
            Matrix delta,
            int deltaBias,
            int a,
            int skip,
            Matrix out) {}

    private final DeviceShape shape;
    private final boolean tied;
    private long size;
    private float[] data;

    final Matrix head;
    /** {@code [vocab, d_model]} with these distances; the head itself where the model ties them. */
    final int embedding;

    final int tokenStride;
    final int channelStride;
    final List<Layer> layers = new ArrayList<>();
    final int finalNorm;
    /** d_model weights and a bias; -1 for a model without a gate. */
    final int gate;

    final int epsilon;

    private DeviceWeights(DeviceShape shape, boolean gated) {
        this.shape = shape;
        this.tied = shape.config().tieWordEmbeddings();
        int vocabulary = shape.config().vocabSize();
        head = matrix(vocabulary, shape.dModel());
        embedding = tied ? head.place() : vector((long) vocabulary * shape.dModel());
        tokenStride = tied ? 1 : shape.dModel();
        channelStride = tied ? head.stride() : 1;
        for (int i = 0; i < shape.layers(); i++) {
            layers.add(layer());
        }
        finalNorm = vector(shape.dModel());
        gate = gated ? vector(shape.dModel() + 1) : -1;
        epsilon = vector(1);
    }

    private Layer layer() {
        int dInner = shape.dInner();
        return new Layer(
                matrix(shape.xzWidth(), shape.dModel()),
                vector((long) shape.config().dConv() * dInner),
                vector(dInner),
                matrix(shape.bcWidth(), dInner),
                matrix(dInner, shape.config().dtRank()),
                vector(dInner),
                vector(shape.scanState()),
                vector(dInner),
                matrix(shape.dModel(), dInner));
    }

    private Matrix matrix(int outputs, int inputs) {
        int stride = DeviceShape.padded(outputs, MatrixKernel.WIDE);
        int place = vector((long) stride * DeviceShape.padded(inputs, MatrixKernel.SLICE));
        return new Matrix(place, stride, outputs, inputs);
    }

    /** Places beyond the largest array are wrong, but then nothing is ever put there. */
    private int vector(long floats) {
        int place = (int) size;
        size += floats;
        return place;
    }

    /** Where the weights would lie; takes no memory yet. */
    static DeviceWeights plan(Checkpoint checkpoint) {
        DeviceShape shape = DeviceShape.of(checkpoint.config(), checkpoint.name());
        return new DeviceWeights(shape, checkpoint.heads().isPresent());
    }

    DeviceShape shape() {
        return shape;
    }

    long bytes() {
        return size * Float.BYTES;
    }

    /** True if one array can hold them: Aparapi counts the bytes of an array in an int. */
    boolean fitsOneArray() {
        return size <= MOST_FLOATS;
    }

    /** The array, filled. */
    float[] load(Checkpoint checkpoint) {
        data = new float[Math.toIntExact(size)];
        float[][] norms = new float[shape.layers()][shape.dModel()];
        checkpoint.readWeights((name, extents, values) -> take(name, values, norms));
        for (int i = 0; i < norms.length; i++) {
            scaleInputs(layers.get(i).in(), norms[i]);
        }
        checkpoint.heads().ifPresent(this::takeGate);
        data[epsilon] = shape.config().normEpsilon();
        float[] loaded = data;
        data = null;
        return loaded;
    }

    private void takeGate(ReaderHeads heads) {
        System.arraycopy(heads.gateWeight(), 0, data, gate, shape.dModel());
        data[gate + shape.dModel()] = heads.gateBias();
    }

    private void take(String name, Values values, float[][] norms) {
        Matcher layer = LAYER_TENSOR.matcher(name);
        if (layer.matches()) {
            int number = Integer.parseInt(layer.group(1));
            takeLayer(layers.get(number), layer.group(2), values, norms[number]);
            return;
        }
        switch (name) {
            case "backbone.embeddings.weight" -> {
                if (tied) {
                    transpose(values, head, 0, head.outputs());
                } else {
                    values.next(data, embedding, head.outputs() * shape.dModel());
                }
            }
            case "backbone.norm_f.weight" -> values.next(data, finalNorm, shape.dModel());
            case "lm_head.weight" -> {
                if (!tied) {
                    transpose(values, head, 0, head.outputs());
                }
            }
            default -> {} // Not of the model: a checkpoint may hold more.
        }
    }

    private void takeLayer(Layer layer, String name, Values values, float[] norm) {
        int dInner = shape.dInner();
        int dState = shape.config().dState();
        switch (name) {
            case "norm.weight" -> values.next(norm, 0, norm.length);
            case "mixer.in_proj.weight" -> transpose(values, layer.in(), 0, shape.xzWidth());
            case "mixer.conv1d.weight" ->
                transpose(values, channelsLast(layer.taps(), shape.config().dConv()), 0, dInner);
            case "mixer.conv1d.bias" -> values.next(data, layer.tapBias(), dInner);
            case "mixer.x_proj.weight" -> {
                transpose(
                        values,
                        layer.inputs(),
                        2 * ScanKernel.STATES,
                        shape.config().dtRank());
                transpose(values, layer.inputs(), 0, dState);
                transpose(values, layer.inputs(), ScanKernel.STATES, dState);
            }
            case "mixer.dt_proj.weight" -> transpose(values, layer.delta(), 0, dInner);
            case "mixer.dt_proj.bias" -> values.next(data, layer.deltaBias(), dInner);
            case "mixer.A_log" -> {
                transpose(values, channelsLast(layer.a(), dState), 0, dInner);
                for (int i = layer.a(); i < layer.a() + dState * dInner; i++) {
                    data[i] = (float) -Math.exp(data[i]) * LOG2_E;
                }
            }
            case "mixer.D" -> values.next(data, layer.skip(), dInner);
            case "mixer.out_proj.weight" -> transpose(values, layer.out(), 0, shape.dModel());
            default -> throw new IllegalStateException("no place for the tensor " + name + " of a layer");
        }
    }

    private Matrix channelsLast(int place, int size) {
        return new Matrix(place, shape.dInner(), shape.dInner(), size);
    }

    /** Takes the next {@code count} rows of a tensor as the outputs from {@code output} on. */
    private void transpose(Values values, Matrix matrix, int output, int count) {
        float[] row = new float[matrix.inputs()];
        for (int o = output; o < output + count; o++) {
            values.next(row, 0, row.length);
            for (int i = 0; i < row.length; i++) {
                data[matrix.place() + i * matrix.stride() + o] = row[i];
            }
        }
    }

    private void scaleInputs(Matrix matrix, float[] factors) {
        for (int i = 0; i < factors.length; i++) {
            int row = matrix.place() + i * matrix.stride();
            for (int o = 0; o < matrix.outputs(); o++) {
                data[row + o] *= factors[i];
            }
        }
    }
}
