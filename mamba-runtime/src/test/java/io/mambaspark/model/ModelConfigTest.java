package io.mambaspark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelConfigTest {
    @Test
    void aConfigOfThe130mModelIsUnderstood() {
        ModelConfig config = read("""
                {"model_type": "mamba", "vocab_size": 50280, "hidden_size": 768, "num_hidden_layers": 24,
                 "state_size": 16, "conv_kernel": 4, "expand": 2, "intermediate_size": 1536, "time_step_rank": 48,
                 "layer_norm_epsilon": 1e-05, "use_bias": false, "use_conv_bias": true, "hidden_act": "silu"}""");
        assertThat(config)
                .isEqualTo(new ModelConfig("mamba", 50280, 768, 24, 16, 4, 1536, 48, 1e-5f, true, false, true));
    }

    @Test
    void whatAConfigLeavesOutIsAsHuggingFaceHasIt() {
        ModelConfig config = read("""
                {"model_type": "mamba", "vocab_size": 10, "hidden_size": 50, "num_hidden_layers": 1}""");
        assertThat(config).isEqualTo(new ModelConfig("mamba", 10, 50, 1, 16, 4, 100, 4, 1e-5f, true, false, true));
    }

    @ParameterizedTest(name = "hidden_size {0}: rank {1}")
    @CsvSource({"16, 1", "17, 2", "768, 48"})
    void theRankAutoIsASixteenthRoundedUp(int hidden, int rank) {
        assertThat(read(with("hidden_size", hidden, "\"time_step_rank\": \"auto\""))
                        .dtRank())
                .isEqualTo(rank);
    }

    @Test
    void theInnerWidthFollowsFromExpand() {
        assertThat(read(with("hidden_size", 20, "\"expand\": 3")).dInner()).isEqualTo(60);
        assertThat(read(with("hidden_size", 20, "\"expand\": 3, \"intermediate_size\": 44"))
                        .dInner())
                .isEqualTo(44);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mamba2", "falcon_mamba"})
    void laterArchitecturesAreNotSupportedYet(String type) {
        assertThatThrownBy(() -> read("{\"model_type\": \"" + type + "\"}"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith("[MAMBA_MODEL_UNSUPPORTED] config.json: model_type " + type
                        + " is not supported yet; use a checkpoint of model_type mamba.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"model_type\": \"llama\"}", "{}", "{\"d_model\": 768, \"n_layer\": 24}"})
    void otherArchitecturesAreRefused(String json) {
        assertThatThrownBy(() -> read(json))
                .hasMessageStartingWith("[MAMBA_MODEL_UNSUPPORTED] config.json: model_type ")
                .hasMessageContaining("is not a Mamba model");
    }

    @Test
    void anotherActivationIsRefused() {
        assertThatThrownBy(() -> read(with("hidden_size", 16, "\"hidden_act\": \"gelu\"")))
                .hasMessageStartingWith("[MAMBA_MODEL_UNSUPPORTED] config.json: hidden_act gelu");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            hidden_size        | 0          | hidden_size must be at least 1, not 0
            hidden_size        | -8         | hidden_size must be at least 1, not -8
            hidden_size        | 2147483648 | hidden_size must be a whole number below 2^31, not 2147483648
            hidden_size        | 1.5        | hidden_size must be a whole number below 2^31, not 1.5
            hidden_size        | "x"        | hidden_size must be a whole number below 2^31, not "x"
            hidden_size        | null       | hidden_size is missing
            hidden_size        | 2147483647 | is 2^31 or more
            vocab_size         | 2147483647 | vocab_size x hidden_size = 2147483647 x 16 is above
            num_hidden_layers  | 0          | num_hidden_layers must be at least 1, not 0
            state_size         | 2147483647 | (time_step_rank + 2 x state_size) x intermediate_size
            conv_kernel        | 0          | conv_kernel must be at least 1, not 0
            conv_kernel        | 2147483647 | conv_kernel x intermediate_size
            intermediate_size  | 2147483647 | 2 x intermediate_size x hidden_size = 4294967294 x 16 is above
            num_hidden_layers  | 2147483647 | make a reading state above
            time_step_rank     | "most"     | time_step_rank must be a whole number below 2^31, not "most"
            layer_norm_epsilon | -1         | layer_norm_epsilon must be a number of at least 0, not -1.0
            layer_norm_epsilon | 1e999      | layer_norm_epsilon must be a number of at least 0, not Infinity
            use_bias           | 1          | use_bias must be true or false, not 1
            """)
    void anAbsurdSizeIsRefusedByName(String field, String value, String reason) {
        String json = with("hidden_size", 16, "\"state_size\": 16").replaceAll(",? *\"" + field + "\": [^,}]+", "");
        String wrong = json.substring(0, json.length() - 1) + ", \"" + field + "\": " + value + "}";
        assertThatThrownBy(() -> read(wrong.replace("{,", "{")))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith("[MAMBA_CHECKPOINT_CORRUPT] config.json: ")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{} {}", "{\"a\": 1, \"a\": 2}", "not json"})
    void whatIsNoJsonObjectIsRefused(String json) {
        assertThatThrownBy(() -> read(json)).hasMessageStartingWith("[MAMBA_CHECKPOINT_CORRUPT] config.json: ");
    }

    private static String with(String field, int value, String more) {
        return "{\"model_type\": \"mamba\", \"vocab_size\": 10, \"num_hidden_layers\": 1, \"%s\": %d, %s}"
                .formatted(field, value, more);
    }

    private static ModelConfig read(String json) {
        return ConfigReader.read(CheckpointJson.parse("config.json", json.getBytes(StandardCharsets.UTF_8)));
    }
}
