package io.mambaspark.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Writes checkpoints of any sizes, without a tokenizer, with small weights that mean nothing. */
public record MadeUpModel(
        int vocab, int dModel, int layers, int dState, int dConv, int dInner, int dtRank, boolean tied) {
    /** Writes config.json and model.safetensors. */
    public Checkpoint write(Path folder) throws IOException {
        Files.writeString(folder.resolve("config.json"), """
                {"model_type": "mamba", "vocab_size": %d, "hidden_size": %d, "num_hidden_layers": %d, "state_size": %d,
                 "conv_kernel": %d, "intermediate_size": %d, "time_step_rank": %d, "tie_word_embeddings": %b}
                """.formatted(
                        vocab, dModel, layers, dState, dConv, dInner, dtRank, tied));
        SafetensorsFile file = new SafetensorsFile();
        Random random = new Random(3);
        add(file, random, "backbone.embeddings.weight", vocab, dModel);
        for (int i = 0; i < layers; i++) {
            String layer = "backbone.layers." + i + ".";
            add(file, random, layer + "norm.weight", dModel);
            add(file, random, layer + "mixer.in_proj.weight", 2L * dInner, dModel);
            add(file, random, layer + "mixer.conv1d.weight", dInner, 1, dConv);
            add(file, random, layer + "mixer.conv1d.bias", dInner);
            add(file, random, layer + "mixer.x_proj.weight", dtRank + 2L * dState, dInner);
            add(file, random, layer + "mixer.dt_proj.weight", dInner, dtRank);
            add(file, random, layer + "mixer.dt_proj.bias", dInner);
            add(file, random, layer + "mixer.A_log", dInner, dState);
            add(file, random, layer + "mixer.D", dInner);
            add(file, random, layer + "mixer.out_proj.weight", dModel, dInner);
        }
        add(file, random, "backbone.norm_f.weight", dModel);
        if (!tied) {
            add(file, random, "lm_head.weight", vocab, dModel);
        }
        add(file, random, "a.tensor.that.is.not.of.the.model", 3);
        Files.write(folder.resolve("model.safetensors"), file.bytes());
        return Checkpoint.open(folder);
    }

    private static void add(SafetensorsFile file, Random random, String name, long... shape) {
        int count = 1;
        for (long extent : shape) {
            count *= (int) extent;
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() - 0.4f;
        }
        file.addF32(name, values, shape);
    }
}
