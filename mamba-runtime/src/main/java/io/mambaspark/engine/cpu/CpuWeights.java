package io.mambaspark.engine.cpu;

import io.mambaspark.model.Checkpoint;
import io.mambaspark.model.CheckpointException;
import io.mambaspark.model.ModelConfig;
import io.mambaspark.model.ReaderHeads;
import io.mambaspark.model.WeightSink.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All weights of a Mamba-1 model in the forms that the kernels read; filled tensor by tensor, in any order. */
final class CpuWeights {
    private static final Pattern LAYER_TENSOR = Pattern.compile("backbone\\.layers\\.(\\d+)\\.(.+)");

    final ModelConfig config;
    /** {@code [vocab, d_model]}, row-major without padding. */
    final Activations embeddings;

    final List<CpuLayer> layers;
    /** {@code [d_model]}, padded. */
    final float[] finalNorm;
    /** {@code [vocab, d_model]}: the embeddings themselves where the model ties them. */
    final Activations head;

    /** The reader's gate {@code [d_model]}, padded; null for a model without one. */
    final float[] gate;

    final float gateBias;

    /** What they take of the heap. */
    final long heapBytes;

    private CpuWeights(Checkpoint checkpoint, Kernels kernels, WeightSizes sizes) {
        heapBytes = sizes.heapBytes();
        int width = kernels.panelWidth();
        config = checkpoint.config();
        Optional<ReaderHeads> heads = checkpoint.heads();
        gate = heads.map(h -> Arrays.copyOf(h.gateWeight(), Activations.padded(config.dModel(), width)))
                .orElse(null);
        gateBias = heads.map(ReaderHeads::gateBias).orElse(0f);
        embeddings = vocabulary(kernels);
        head = config.tieWordEmbeddings() ? embeddings : vocabulary(kernels);
        finalNorm = new float[Activations.padded(config.dModel(), width)];
        layers = new ArrayList<>(config.layers());
        for (int i = 0; i < config.layers(); i++) {
            layers.add(new CpuLayer(config, width));
        }
    }

    /** A matrix product with the head takes its rows in whole tiles. */
    private Activations vocabulary(Kernels kernels) {
        return Activations.rowMajor(Activations.padded(config.vocabSize(), kernels.tileRows()), config.dModel(), 1);
    }

    static CpuWeights load(Checkpoint checkpoint, Kernels kernels) {
        requireSupported(checkpoint);
        CpuWeights weights =
                new CpuWeights(checkpoint, kernels, WeightSizes.of(checkpoint.name(), checkpoint.config(), kernels));
        checkpoint.readWeights((name, shape, values) -> weights.take(name, values));
        return weights;
    }

    private static void requireSupported(Checkpoint checkpoint) {
        ModelConfig config = checkpoint.config();
        if (config.bias()) {
            throw CheckpointException.unsupported(checkpoint.name()
                    + " has biases on its projections (use_bias), which no published Mamba checkpoint has");
        }
        if (config.dState() % Kernels.STATES_AT_ONCE != 0) {
            throw CheckpointException.unsupported(checkpoint.name() + " has state_size " + config.dState()
                    + "; the kernels read states in groups of " + Kernels.STATES_AT_ONCE);
        }
    }

    private void take(String name, Values values) {
        Matcher layer = LAYER_TENSOR.matcher(name);
        if (layer.matches()) {
            layers.get(Integer.parseInt(layer.group(1))).take(layer.group(2), values);
            return;
        }
        switch (name) {
            case "backbone.embeddings.weight" -> values.next(embeddings.data, 0, config.vocabSize() * config.dModel());
            case "backbone.norm_f.weight" -> values.next(finalNorm, 0, config.dModel());
            case "lm_head.weight" -> {
                if (!config.tieWordEmbeddings()) {
                    values.next(head.data, 0, config.vocabSize() * config.dModel());
                }
            }
            default -> {} // Not of the model: a checkpoint may hold more.
        }
    }

    long bytes() {
        return embeddings.bytes()
                + (head == embeddings ? 0 : head.bytes())
                + (long) finalNorm.length * Float.BYTES
                + layers.stream().mapToLong(CpuLayer::bytes).sum();
    }
}
