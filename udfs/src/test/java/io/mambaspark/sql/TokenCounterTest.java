package io.mambaspark.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.model.Checkpoint;
import io.mambaspark.text.ReaderText;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tokens are counted without the model's weights. */
class TokenCounterTest {
    /** An engine that cannot be had, so that a model cannot be loaded. */
    @Test
    void needsNoEngine() {
        ModelChoice choice = ModelChoice.of(
                MambaConf.of(key -> key.equals("spark.mamba.device") ? Optional.of("abacus") : Optional.empty()));
        String text = "The cat slept. IT WAS QUIET.";
        Checkpoint checkpoint = Checkpoint.builtIn();
        assertThat(new TextReader(choice, tokens -> {}).tokens(text))
                .isEqualTo(checkpoint
                        .tokenizer()
                        .count(ReaderText.of(text, checkpoint.profile().normalisation())));
    }
}
