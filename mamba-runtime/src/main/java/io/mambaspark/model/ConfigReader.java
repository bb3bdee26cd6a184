package io.mambaspark.model;

/** Makes a {@link ModelConfig} of a Hugging Face config.json, with the defaults of its {@code MambaConfig}. */
final class ConfigReader {
    private final CheckpointJson json;

    private ConfigReader(CheckpointJson json) {
        this.json = json;
    }

    static ModelConfig read(CheckpointJson json) {
        try {
            return new ConfigReader(json).config();
        } catch (IllegalArgumentException e) {
            throw CheckpointException.corrupt(json.file(), e.getMessage(), e);
        }
    }

    private ModelConfig config() {
        String modelType = supportedModelType();
        checkActivation();
        int dModel = json.integer("hidden_size");
        return new ModelConfig(
                modelType,
                json.integer("vocab_size"),
                dModel,
                json.integer("num_hidden_layers"),
                json.integer("state_size", 16),
                json.integer("conv_kernel", 4),
                dInner(dModel),
                dtRank(dModel),
                json.number("layer_norm_epsilon", 1e-5f),
                json.flag("tie_word_embeddings", true),
                json.flag("use_bias", false),
                json.flag("use_conv_bias", true));
    }

    private String supportedModelType() {
        String modelType = json.text("model_type", "(none)");
        return switch (modelType) {
            case "mamba" -> modelType;
            case "mamba2", "falcon_mamba" ->
                throw CheckpointException.unsupported(json.file() + ": model_type " + modelType
                        + " is not supported yet; use a checkpoint of model_type mamba.");
            default ->
                throw CheckpointException.unsupported(json.file() + ": model_type " + modelType
                        + " is not a Mamba model in the format of Hugging Face; use a checkpoint of model_type mamba (of the "
                        + "state-spaces models, those whose names end in -hf).");
        };
    }

    private void checkActivation() {
        String activation = json.text("hidden_act", "silu");
        if (!activation.equals("silu")) {
            throw CheckpointException.unsupported(json.file() + ": hidden_act " + activation
                    + " is not supported; use a checkpoint with hidden_act silu.");
        }
    }

    private int dInner(int dModel) {
        if (json.has("intermediate_size")) {
            return json.integer("intermediate_size");
        }
        int expand = json.integer("expand", 2);
        try {
            return Math.multiplyExact(expand, dModel);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("expand " + expand + " x hidden_size " + dModel + " is 2^31 or more", e);
        }
    }

    private int dtRank(int dModel) {
        boolean auto = !json.has("time_step_rank")
                || json.node().path("time_step_rank").asText().equals("auto");
        return auto ? -Math.floorDiv(-dModel, 16) : json.integer("time_step_rank");
    }
}
