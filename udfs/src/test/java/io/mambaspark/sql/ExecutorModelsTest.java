package io.mambaspark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.model.BrokenCheckpoints;
import io.mambaspark.reading.MambaModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutorModelsTest {
    private static final EngineOptions CPU = new EngineOptions("cpu", 1, 37);

    @TempDir
    private Path folder;

    @Test
    void manyTasksShareOneModel() throws Exception {
        ModelHandle handle =
                ModelHandle.of(BrokenCheckpoints.write("base", folder).toString());
        AtomicInteger loads = new AtomicInteger();
        ExecutorService tasks = Executors.newFixedThreadPool(8);
        try {
            List<Future<MambaModel>> models = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                models.add(tasks.submit(() -> ExecutorModels.get(handle, CPU, loads::incrementAndGet)));
            }
            MambaModel first = models.get(0).get();
            for (Future<MambaModel> model : models) {
                assertThat(model.get().tokenizer()).isSameAs(first.tokenizer());
            }
        } finally {
            tasks.shutdownNow();
        }
        assertThat(loads).hasValue(1);
    }

    @Test
    void fortyBlockSizesAndFiveModelsFitASmallJvm() throws Exception {
        String printed = OwnJvm.run(
                ManyModels.class, "-Xmx600m", "--add-modules=jdk.incubator.vector", "-Djava.io.tmpdir=" + folder);
        Map<String, Long> bytes = printed.lines()
                .map(line -> line.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> Long.valueOf(pair[1])));
        long limit = (long) (0.6 * (600L << 20));
        assertThat(bytes.get("weights")).isBetween(80_000_000L, 150_000_000L);
        assertThat(bytes.get("blocks")).isLessThan(limit);
        assertThat(bytes.get("models")).isLessThan(limit);
    }

    @Test
    void withoutC2TheReasonForPlainKernelsIsTold() throws Exception {
        String printed = OwnJvm.run(KernelsHere.class, "-XX:TieredStopAtLevel=1", "--add-modules=jdk.incubator.vector");
        assertThat(printed).contains("scalar").contains("compiles up to level 1 only (-XX:TieredStopAtLevel)");
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
