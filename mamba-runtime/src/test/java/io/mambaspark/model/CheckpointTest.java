package io.mambaspark.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    @Test
    void theBuiltInModelIsTheOneThatTheJarCarries() {
        Checkpoint checkpoint = Checkpoint.builtIn();
        assertThat(checkpoint.config())
                .isEqualTo(new ModelConfig("mamba", 16384, 384, 16, 16, 4, 768, 24, 1e-5f, true, false, true));
        Map<String, Float> first = new HashMap<>();
        checkpoint.readWeights((name, shape, values) -> {
            float[] one = new float[1];
            values.next(one, 0, 1);
            first.put(name, one[0]);
        });
        assertThat(first).hasSize(1 + 16 * 10 + 1);
    }
}
