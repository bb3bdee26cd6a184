package io.mambaspark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.engine.TokenBlock.Segment;
import io.mambaspark.engine.cpu.Transcript;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.reading.TinyReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code auto} reads on when a device fails; a device that was named fails. */
class FallbackTest {
    private static final EngineOptions AUTO = new EngineOptions("auto", 1, 64);
    private static final int PIECE = 10;
    private static final String FINGERPRINT = "0".repeat(64);

    private static Checkpoint tiny;

    @BeforeAll
    static void open() throws Exception {
        tiny = Checkpoint.open(Path.of(FallbackTest.class
                        .getResource(TinyReader.RESOURCES + "config.json")
                        .toURI())
                .getParent());
    }

    private static Engines with(EngineProvider device) {
        return new Engines(List.of(device, Engines.choose("cpu")));
    }

    private static Transcript document(MambaEngine engine, int seed) {
        return new Transcript(engine, new Random(seed).ints(300, 0, 96).toArray(), PIECE);
    }

    private static void assertReadsAsTheCpuDoes(MambaEngine engine) {
        try (MambaEngine cpu = Engines.create(tiny, AUTO.withDevice("cpu"))) {
            Transcript read = document(engine, 1).read(engine, 64 * FailingProvider.LARGER);
            Transcript expected = document(cpu, 1).read(cpu, 64);
            assertThat(read.hidden).isEqualTo(expected.hidden);
            assertThat(read.logProbabilities).isEqualTo(expected.logProbabilities);
            assertThat(read.sums).isEqualTo(expected.sums);
            assertThat(read.weights).isEqualTo(expected.weights);
            assertThat(read.state.toBytes(FINGERPRINT)).isEqualTo(expected.state.toBytes(FINGERPRINT));
        }
    }

    @Test
    void aDeviceThatFailsInTheMiddleOfADocumentChangesNoBitOfIt() {
        FailingProvider device = new FailingProvider(1);
        Engines engines = with(device);
        try (MambaEngine engine = engines.load(tiny, AUTO)) {
            assertThat(engine.blockTokens()).isEqualTo(64 * FailingProvider.LARGER);
            assertThat(engine.description().device()).isEqualTo("cardboard");
            assertThat(engine.description().fellBack()).isFalse();
            assertReadsAsTheCpuDoes(engine);
            assertThat(engine.blockTokens()).isEqualTo(64);
            assertThat(engine.description().device()).isEqualTo("cpu");
            assertThat(engine.description().fellBack()).isTrue();
            assertThat(engine.description().reason())
                    .contains(
                            ", instead of a device that failed: [MAMBA_GPU_LOST] cardboard stopped answering (it tore)");
            assertThat(device.closed).hasValue(1);
        }
    }

    @Test
    void theLastShareOfADocumentIsReadFromWhereTheDeviceLeftIt() {
        int[] ids = new Random(2).ints(40, 0, 96).toArray();
        try (MambaEngine engine = with(new FailingProvider(1)).load(tiny, AUTO);
                MambaEngine cpu = Engines.create(tiny, AUTO.withDevice("cpu"))) {
            assertThat(sumOfLastShare(engine, ids)).isEqualTo(sumOfLastShare(cpu, ids));
        }
    }

    private static float[] sumOfLastShare(MambaEngine engine, int[] ids) {
        ReadingState state = new ReadingState(engine.config());
        engine.read(new TokenBlock(ids, List.of(new Segment(0, 40, state, new int[0]))), Wanted.PIECES);
        Segment last = new Segment(0, 40, state, new int[] {40}, true);
        return engine.read(new TokenBlock(ids, List.of(last)), Wanted.PIECES).sums();
    }

    @Test
    void aDeviceThatCannotBeOpenedIsNotTriedAgain() {
        FailingProvider device = new FailingProvider(-1);
        Engines engines = with(device);
        for (int load = 0; load < 2; load++) {
            try (MambaEngine engine = engines.load(tiny, AUTO)) {
                assertReadsAsTheCpuDoes(engine);
                assertThat(engine.description().fellBack()).isTrue();
                assertThat(engine.description().reason()).contains("[MAMBA_GPU_BUILD]", "no kernels");
            }
        }
        assertThat(device.created).hasValue(1);
        engines.load(tiny, AUTO.withSettings(Map.of("gpu.address", "1"))).close();
        assertThat(device.created).as("another card is another device").hasValue(2);
    }

    @Test
    void aDeviceThatFailedIsNotTriedAgainByTheNextModel() {
        FailingProvider device = new FailingProvider(0);
        Engines engines = with(device);
        for (int load = 0; load < 2; load++) {
            try (MambaEngine engine = engines.load(tiny, AUTO)) {
                assertReadsAsTheCpuDoes(engine);
            }
        }
        assertThat(device.created).hasValue(1);
    }

    @Test
    void aDeviceThatWasNamedFails() {
        EngineOptions named = AUTO.withDevice("gpu");
        assertThatThrownBy(() -> with(new FailingProvider(-1)).load(tiny, named))
                .isInstanceOf(DeviceException.class)
                .hasMessageStartingWith("[MAMBA_GPU_BUILD]")
                .hasMessageContaining("no kernels");
        try (MambaEngine engine = with(new FailingProvider(0)).load(tiny, named)) {
            assertThatThrownBy(() -> document(engine, 1).read(engine, 64))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageStartingWith("[MAMBA_GPU_LOST]");
        }
    }

    @Test
    void whatIsWrongWithACallIsNotTheDevicesFault() {
        FailingProvider device = new FailingProvider(1);
        try (MambaEngine engine = with(device).load(tiny, AUTO)) {
            assertThatThrownBy(() -> engine.read(
                            TokenBlock.of(new int[] {96}, new ReadingState(engine.config())), Wanted.PIECES))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(engine.description().fellBack()).isFalse();
        }
    }

    @Test
    void tasksThatReadAtTheSameTimeAllReadOn() throws Exception {
        FailingProvider device = new FailingProvider(5);
        ExecutorService tasks = Executors.newFixedThreadPool(4);
        try (MambaEngine engine = with(device).load(tiny, AUTO);
                MambaEngine cpu = Engines.create(tiny, AUTO.withDevice("cpu"))) {
            List<Future<Transcript>> together = new ArrayList<>();
            for (int task = 0; task < 8; task++) {
                int seed = task;
                together.add(tasks.submit(() -> document(engine, seed).read(engine, 64)));
            }
            for (int task = 0; task < 8; task++) {
                assertThat(together.get(task).get().sums)
                        .isEqualTo(document(cpu, task).read(cpu, 64).sums);
            }
            assertThat(device.closed).hasValue(1);
        } finally {
            tasks.shutdownNow();
        }
    }
}
