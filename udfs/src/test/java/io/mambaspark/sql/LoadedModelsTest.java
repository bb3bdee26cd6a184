package io.mambaspark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.model.BrokenCheckpoints;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.reading.MambaModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which models stay in a JVM. */
class LoadedModelsTest {
    private static final EngineOptions CPU = new EngineOptions("cpu", 1, 64);

    @TempDir
    private Path folder;

    private final Map<String, Integer> loads = new ConcurrentHashMap<>();
    private long ofOne;
    private long limit = Long.MAX_VALUE;
    private final LoadedModels models = new LoadedModels(() -> limit);

    @BeforeEach
    void measure() throws IOException {
        LoadedModels alone = new LoadedModels(() -> Long.MAX_VALUE);
        alone.lend(key("one", CPU), loader(checkpoint("one")));
        ofOne = alone.bytes();
    }

    /** Loads that checkpoint, on the CPU. */
    static LoadedModels.Loader loader(Checkpoint checkpoint) {
        return loader(checkpoint, CPU);
    }

    private static LoadedModels.Loader loader(Checkpoint checkpoint, EngineOptions options) {
        return new LoadedModels.Loader() {
            @Override
            public Checkpoint open() {
                return checkpoint;
            }

            @Override
            public MambaModel load(Checkpoint opened) {
                return MambaModel.load(opened, options);
            }
        };
    }

    private static LoadedModels.Key key(String name, EngineOptions options) {
        return new LoadedModels.Key(name, options);
    }

    private Checkpoint checkpoint(String name) throws IOException {
        Path model = folder.resolve(name);
        if (!Files.exists(model)) {
            BrokenCheckpoints.write("base", Files.createDirectory(model));
        }
        return Checkpoint.open(model);
    }

    private LoadedModels.Loan lend(String name) throws IOException {
        return lend(name, CPU);
    }

    private LoadedModels.Loan lend(String name, EngineOptions options) throws IOException {
        Checkpoint checkpoint = checkpoint(name);
        LoadedModels.Loader counted = loader(checkpoint, options);
        return models.lend(key(name, options), new LoadedModels.Loader() {
            @Override
            public Checkpoint open() {
                return counted.open();
            }

            @Override
            public MambaModel load(Checkpoint opened) {
                loads.merge(name, 1, Integer::sum);
                return counted.load(opened);
            }
        });
    }

    @Test
    void optionsThatDoNotChangeWeightsShareThem() throws IOException {
        for (EngineOptions options : List.of(
                CPU,
                CPU.withThreads(2),
                CPU.withBlockTokens(7),
                CPU.withDevice("auto"),
                CPU.withSettings(Map.of("gpu.heapFraction", "0.1")))) {
            float[] vector = lend("one", options).model().queryVector("cat");
            assertThat(vector).isEqualTo(lend("one").model().queryVector("cat"));
        }
        assertThat(loads).isEqualTo(Map.of("one", 1));
    }

    /** As a GPU whose arrays were made for smaller blocks. */
    @Test
    void weightsThatCannotBeSharedCountTwice() throws IOException {
        EngineOptions stub = EngineOptions.defaults().withDevice(StubEngineProvider.STUB);
        lend("one", stub.withBlockTokens(10));
        lend("one", stub.withBlockTokens(20));
        assertThat(loads).isEqualTo(Map.of("one", 2));
        assertThat(models.bytes()).isEqualTo(2 * StubEngineProvider.WEIGHT_BYTES);
    }

    @Test
    void theModelUnusedForLongestLeavesForAnother() throws IOException {
        limit = 2 * ofOne;
        lend("one").giveBack().run();
        lend("two").giveBack().run();
        lend("one").giveBack().run();
        lend("three").giveBack().run();
        assertThat(models.bytes()).isLessThanOrEqualTo(limit);
        lend("one").giveBack().run();
        lend("two").giveBack().run();
        assertThat(loads).isEqualTo(Map.of("one", 1, "two", 2, "three", 1));
    }

    @Test
    void aModelInUseStaysAndTheNewOneIsRefusedWithBothFigures() throws IOException {
        limit = 2 * ofOne;
        LoadedModels.Loan one = lend("one");
        LoadedModels.Loan two = lend("two");
        assertThatThrownBy(() -> lend("three"))
                .isInstanceOf(MambaSqlException.class)
                .hasMessageMatching(
                        "\\[MAMBA_MODELS_MEMORY] The model three needs 1 MB, but of the 1 MB that .* hold 1 MB.*");
        assertThat(one.model().queryVector("cat")).isNotEmpty();
        two.giveBack().run();
        two.giveBack().run();
        assertThat(lend("three").model().queryVector("cat")).isNotEmpty();
        assertThatThrownBy(() -> lend("two")).hasMessageStartingWith("[MAMBA_MODELS_MEMORY]");
        assertThat(one.model().queryVector("cat")).isNotEmpty();
    }

    @Test
    void aModelThatSharesWeightsInUseIsNotTheirEnd() throws IOException {
        limit = ofOne + ofOne / 2;
        lend("one").giveBack().run();
        LoadedModels.Loan sharing = lend("one", CPU.withBlockTokens(9));
        assertThatThrownBy(() -> lend("two")).hasMessageStartingWith("[MAMBA_MODELS_MEMORY]");
        sharing.giveBack().run();
        assertThat(lend("two").model().queryVector("cat")).isNotEmpty();
        assertThat(models.bytes()).isLessThanOrEqualTo(limit);
    }

    @Test
    void aModelThatNobodyCanReachIsUnused() throws Exception {
        limit = ofOne;
        assertThat(lend("one").model().queryVector("cat")).isNotEmpty();
        LoadedModels.Loan two = null;
        for (int i = 0; two == null && i < 100; i++) {
            System.gc();
            try {
                two = lend("two");
            } catch (MambaSqlException e) {
                Thread.sleep(50);
            }
        }
        assertThat(two).isNotNull();
    }

    @Test
    void aLoadThatFailsLeavesNothing() throws IOException {
        Checkpoint checkpoint = checkpoint("one");
        assertThatThrownBy(() -> models.lend(key("one", CPU), new LoadedModels.Loader() {
                    @Override
                    public Checkpoint open() {
                        return checkpoint;
                    }

                    @Override
                    public MambaModel load(Checkpoint opened) {
                        throw new IllegalStateException("the disk");
                    }
                }))
                .hasMessage("the disk");
        assertThat(models.bytes()).isZero();
        assertThat(lend("one").model().queryVector("cat")).isNotEmpty();
    }
}
