package io.mambaspark.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.engine.Engines;
import io.mambaspark.engine.MambaEngine;
import io.mambaspark.engine.cpu.Transcript;
import io.mambaspark.model.Checkpoint;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The built-in model reads a passage of a real book on the device as it does on the CPU. */
@Tag("opencl")
class BookPassageTest {
    private static final int TOKENS = 600;

    @BeforeAll
    static void assume() {
        Pocl.assume();
    }

    @Test
    void theVectorsOfAPassageAreThoseOfTheCpu() {
        Checkpoint reader = Checkpoint.builtIn();
        int[] ids = Arrays.copyOf(BookTokens.books().get(0), TOKENS);
        EngineOptions onCpu = new EngineOptions("cpu", 1, 256);
        try (MambaEngine cpu = Engines.choose(onCpu).create(reader, onCpu);
                MambaEngine gpu = Pocl.engine(reader, 256)) {
            Transcript expected = new Transcript(cpu, ids, 50).read(cpu, 256);
            Transcript actual = new Transcript(gpu, ids, 50).read(gpu, 211);
            int dModel = reader.config().dModel();
            assertThat(Vectors.smallestCosine(actual.sums, expected.sums, dModel))
                    .isGreaterThan(0.99999);
            assertThat(Vectors.relativeError(actual.hidden, expected.hidden)).isLessThan(1e-4);
            assertThat(Vectors.relativeError(actual.weights, expected.weights)).isLessThan(1e-4);
            assertThat(Vectors.relativeError(actual.logProbabilities, expected.logProbabilities))
                    .isLessThan(1e-4);
        }
    }
}
