package io.mambaspark.model;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that a checkpoint has the tensors of a Mamba-1 model, with the shapes that its config asks for, and no others. */
final class MambaTensors {
    private static final String MODEL = "backbone.";

    private final ModelConfig config;
    private final Map<String, Tensor> tensors;
    private final String location;
    private final Set<String> needed = new HashSet<>();

    private MambaTensors(ModelConfig config, Map<String, Tensor> tensors, String location) {
        this.config = config;
        this.tensors = tensors;
        this.location = location;
    }

    /**
     * Checks {@code tensors} (by name) against {@code config}.
     *
     * @throws CheckpointException naming the first tensor that is missing, misshapen, left over, or no weight
     */
    static void check(ModelConfig config, Map<String, Tensor> tensors, String location) {
        new MambaTensors(config, tensors, location).check();
    }

    private void check() {
        need("backbone.embeddings.weight", config.vocabSize(), config.dModel());
        // Ends at the first missing layer, however many a hostile config claims.
        for (int layer = 0; layer < config.layers(); layer++) {
            needLayer("backbone.layers." + layer + ".");
        }
        need("backbone.norm_f.weight", config.dModel());
        if (!config.tieWordEmbeddings()) {
            need("lm_head.weight", config.vocabSize(), config.dModel());
        }
        refuseLeftOvers();
    }

    private void needLayer(String layer) {
        int dModel = config.dModel();
        int dInner = config.dInner();
        need(layer + "norm.weight", dModel);
        need(layer + "mixer.in_proj.weight", 2L * dInner, dModel);
        need(layer + "mixer.conv1d.weight", dInner, 1, config.dConv());
        need(layer + "mixer.x_proj.weight", config.dtRank() + 2L * config.dState(), dInner);
        need(layer + "mixer.dt_proj.weight", dInner, config.dtRank());
        need(layer + "mixer.dt_proj.bias", dInner);
        need(layer + "mixer.A_log", dInner, config.dState());
        need(layer + "mixer.D", dInner);
        need(layer + "mixer.out_proj.weight", dModel, dInner);
        if (config.convBias()) {
            need(layer + "mixer.conv1d.bias", dInner);
        }
        if (config.bias()) {
            need(layer + "mixer.in_proj.bias", 2L * dInner);
            need(layer + "mixer.out_proj.bias", dModel);
        }
    }

    private void need(String name, long... extents) {
        List<Long> shape = Arrays.stream(extents).boxed().toList();
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw corrupt("tensor " + name + " is missing; a mamba model of " + config.layers() + " layers needs it");
        }
        if (!tensor.shape().equals(shape)) {
            throw corrupt(
                    "tensor " + name + " has the shape " + tensor.shape() + ", but config.json asks for " + shape);
        }
        if (!tensor.dtype().isWeight()) {
            throw CheckpointException.unsupported(location + ": tensor " + name + " is stored as " + tensor.dtype()
                    + "; convert the checkpoint to F32, F16 or BF16.");
        }
        needed.add(name);
    }

    /** A layer or bias that the config does not mention would otherwise be left out of the sum without a word. */
    private void refuseLeftOvers() {
        for (String name : tensors.keySet()) {
            if (name.startsWith(MODEL) && !needed.contains(name)) {
                throw corrupt("tensor " + name + " is no part of the model of " + config.layers()
                        + " layers that config.json describes");
            }
        }
    }

    private CheckpointException corrupt(String problem) {
        return CheckpointException.corrupt(location, problem);
    }
}
