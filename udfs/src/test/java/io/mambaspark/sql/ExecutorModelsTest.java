package io.mambaspark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.reading.MambaModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExecutorModelsTest {
    /** Blocks of a size that no other test asks for: its model is not loaded yet. */
    private static final EngineOptions CPU = new EngineOptions("cpu", 1, 37);

    @Test
    void manyTasksShareOneModel() throws Exception {
        ModelHandle handle = ModelHandle.of(ModelHandle.BUILT_IN);
        AtomicInteger loads = new AtomicInteger();
        ExecutorService tasks = Executors.newFixedThreadPool(8);
        try {
            List<Future<MambaModel>> models = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                models.add(tasks.submit(() -> ExecutorModels.get(handle, CPU, loads::incrementAndGet)));
            }
            MambaModel first = models.get(0).get();
            for (Future<MambaModel> model : models) {
                assertThat(model.get()).isSameAs(first);
            }
        } finally {
            tasks.shutdownNow();
        }
        assertThat(loads).hasValue(1);
    }

    @Test
    void refusesAnotherModelThanTheDriverSaw() {
        ModelHandle handle = new ModelHandle(ModelHandle.BUILT_IN, "0".repeat(64));
        AtomicInteger loads = new AtomicInteger();
        assertThatThrownBy(() -> ExecutorModels.get(handle, CPU, loads::incrementAndGet))
                .hasMessageStartingWith("[MAMBA_MODEL_MISMATCH]")
                .hasMessageContaining(handle.fingerprint());
        assertThat(loads).hasValue(0);
    }
}
