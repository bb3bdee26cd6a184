package io.mambaspark.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.engine.BlockReading;
import io.mambaspark.engine.EngineMemory;
import io.mambaspark.engine.EngineOptions;
import io.mambaspark.engine.MambaEngine;
import io.mambaspark.engine.ReadingState;
import io.mambaspark.engine.TokenBlock;
import io.mambaspark.engine.Wanted;
import io.mambaspark.model.ChangedWeights;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.model.CheckpointException;
import io.mambaspark.model.MadeUpModel;
import io.mambaspark.model.ModelConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a CPU engine takes, shares and refuses. */
class CpuEngineTest {
    /** Of sizes that fill no vector. */
    private static final MadeUpModel ODD = new MadeUpModel(50, 20, 2, 6, 3, 37, 5, false);

    @TempDir
    private Path folder;

    static List<MadeUpModel> models() {
        return List.of(
                ODD,
                new MadeUpModel(1, 1, 1, 2, 1, 1, 1, true),
                new MadeUpModel(300, 48, 3, 16, 4, 96, 3, true),
                new MadeUpModel(97, 130, 1, 4, 7, 65, 33, true));
    }

    @ParameterizedTest
    @MethodSource("models")
    void takesTheMemoryThatWasForetold(MadeUpModel model) throws IOException {
        Checkpoint checkpoint = model.write(folder);
        for (EngineOptions options : List.of(options(1, 64), options(3, 100), options(2, EngineOptions.BEST_BLOCK))) {
            EngineMemory foretold = new CpuEngineProvider().memory(checkpoint, options);
            try (MambaEngine engine = new CpuEngineProvider().create(checkpoint, options)) {
                assertThat(engine.description().weightBytes()).isEqualTo(foretold.weightBytes());
                assertThat(engine.description().workspaceBytes()).isEqualTo(foretold.workspaceBytes());
                WeightSizes sizes = WeightSizes.of(
                        "a model", checkpoint.config(), KernelChoice.best().kernels());
                assertThat(((CpuEngine) engine).measuredWeightBytes()).isEqualTo(sizes.bytes());
                assertThat(sizes.heapBytes()).isGreaterThan(sizes.bytes());
                assertThat(((CpuEngine) engine).measuredWorkspaceBytes()).isEqualTo(foretold.workspaceBytes());
            }
        }
    }

    @Test
    void enginesOverTheSameWeightsReadTheSameBits() throws IOException {
        Checkpoint checkpoint = ODD.write(folder);
        int[] tokens = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9};
        try (MambaEngine engine = new CpuEngineProvider().create(checkpoint, options(1, 15));
                MambaEngine sharing = engine.sharing(options(2, 100)).orElseThrow()) {
            assertThat(sharing.blockTokens()).isEqualTo(100);
            assertThat(((CpuEngine) sharing).sharesWeightsWith((CpuEngine) engine))
                    .isTrue();
            BlockReading expected = read(engine, tokens);
            assertThat(read(sharing, tokens).sums()).isEqualTo(expected.sums());
            engine.close();
            assertThat(read(sharing, tokens).sums()).isEqualTo(expected.sums());
        }
    }

    /** Not even the padding of its rows is left behind in the workspace. */
    @Test
    void aTextWithoutFiniteNumbersHarmsNoLaterOne() throws IOException {
        ODD.write(folder);
        // Channel 19 is 0 but for token 7, whose first projection is infinite then.
        ChangedWeights.in(folder, (name, values) -> {
            int last = 19;
            for (int row = 0; row < values.length / 20; row++) {
                if (name.equals("backbone.embeddings.weight")) {
                    values[row * 20 + last] = row == 7 ? 1 : 0;
                } else if (name.endsWith("in_proj.weight")) {
                    values[row * 20 + last] = Float.MAX_VALUE;
                }
            }
            if (name.endsWith("out_proj.weight")) {
                Arrays.fill(values, last * 37, values.length, 0f);
            }
            return values;
        });
        int[] harmless = {1, 2, 3, 4, 5, 6};
        try (MambaEngine engine = new CpuEngineProvider().create(Checkpoint.open(folder), options(1, 9))) {
            float[] before = read(engine, harmless).sums();
            assertThat(before).doesNotContain(Float.NaN);
            assertThat(read(engine, new int[] {1, 7, 2, 7, 7, 7}).sums()).contains(Float.NaN);
            assertThat(read(engine, harmless).sums()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2147483639, 1, 2, 4, 1, 1", // the vocabulary in whole tiles
        "10, 1, 2, 4, 1, 2147483000", // the low rank of Δ in whole panels
        "10, 1, 2, 2147483639, 1, 1", // the taps of the convolution in whole panels
    })
    void anArrayTooLongWithItsPaddingIsRefused(int vocab, int dModel, int dState, int dConv, int dInner, int dtRank) {
        assertThatThrownBy(() -> {
                    ModelConfig config = new ModelConfig(
                            "mamba", vocab, dModel, 1, dState, dConv, dInner, dtRank, 1e-5f, true, false, true);
                    WeightSizes.of("a model", config, KernelChoice.best().kernels());
                })
                .isInstanceOfAny(CheckpointException.class, IllegalArgumentException.class)
                .hasMessageMatching(".*(padding included|reading state above).*");
    }

    @Test
    void aBlockThatNoArrayHoldsIsRefused() throws IOException {
        Checkpoint checkpoint = ODD.write(folder);
        for (int tokens : new int[] {1 << 26, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> new CpuEngineProvider().create(checkpoint, options(1, tokens)))
                    .hasMessageStartingWith("[MAMBA_ENGINE_OPTION] blockTokens must be at most ");
        }
    }

    private static EngineOptions options(int threads, int blockTokens) {
        return new EngineOptions("cpu", threads, blockTokens);
    }

    private static BlockReading read(MambaEngine engine, int[] tokens) {
        return engine.read(TokenBlock.of(tokens, new ReadingState(engine.config())), Wanted.PIECES);
    }
}
