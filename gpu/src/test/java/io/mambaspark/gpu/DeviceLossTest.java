package io.mambaspark.gpu;

import static io.mambaspark.engine.cpu.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.engine.MambaEngine;
import io.mambaspark.engine.cpu.Transcript;
import io.mambaspark.gpu.GpuEngineProvider.Opener;
import io.mambaspark.model.ReferenceTensors;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the heap takes from the device is noticed and made again; a device that fails says so. */
@Tag("opencl")
class DeviceLossTest {
    private static final double TOLERANCE = 1e-4;
    private static final int LENGTH = 200;
    private static final int BLOCK = 512;

    private static ReferenceTensors expected;
    private static int[] ids;

    private GpuDevice device;

    @BeforeAll
    static void open() throws IOException {
        Pocl.assume();
        Pocl.tryTiles(BLOCK);
        expected = ReferenceTensors.read(Pocl.TINY + "expected.safetensors");
        ids = expected.ints("input_ids." + LENGTH);
    }

    /** A device whose arrays move {@code times} times, each in the middle of a block, as the garbage collector may move them. */
    private final class Moving extends GpuDevice {
        private int times;
        private boolean moveWeights;

        Moving(DeviceChoice choice, float[] weights, float[] space, int times, boolean moveWeights) {
            super(choice, weights, space);
            this.times = times;
            this.moveWeights = moveWeights;
        }

        @Override
        int endOfRun(Steps steps, int step, int rows) {
            return step < steps.firstResult() ? step + 1 : steps.count();
        }

        @Override
        void runDone(Steps steps, int firstStep, int endStep) {
            if (times > 0 && firstStep == steps.count() / 2) {
                times--;
                kernel().space = kernel().space.clone();
                if (moveWeights) {
                    kernel().weights = kernel().weights.clone();
                }
            }
        }
    }

    private MambaEngine engine(Opener opener) {
        return GpuEngineProvider.create(Pocl.tiny(), Pocl.options(BLOCK), (choice, weights, space) -> {
            device = opener.open(choice, weights, space);
            return device;
        });
    }

    @Test
    void aWorkspaceThatMovesDuringABlockChangesNothing() {
        try (MambaEngine engine = engine((choice, weights, space) -> new Moving(choice, weights, space, 2, false))) {
            assertReads(engine);
            assertThat(device.repeats()).isEqualTo(2);
        }
    }

    @Test
    void weightsThatMoveDuringABlockChangeNothing() {
        try (MambaEngine engine = engine((choice, weights, space) -> new Moving(choice, weights, space, 1, true))) {
            assertReads(engine);
            assertReads(engine);
        }
    }

    @Test
    void aHeapThatNeverLeavesTheWorkspaceAloneIsAnErrorThatSaysWhatToDo() {
        try (MambaEngine engine = engine((choice, weights, space) -> new Moving(choice, weights, space, 3, false))) {
            assertThatThrownBy(() -> assertReads(engine))
                    .isInstanceOf(GpuException.class)
                    .hasMessageStartingWith("[MAMBA_GPU_WORKSPACE_MOVED]")
                    .hasMessageContaining("-XX:+UseG1GC");
            assertReads(engine);
        }
    }

    @Test
    void aDeviceThatFailsIsAnErrorThatSaysWhatToDo() {
        Opener failing = (choice, weights, space) -> new GpuDevice(choice, weights, space) {
            @Override
            void runDone(Steps steps, int firstStep, int endStep) {
                throw new AssertionError("user supplied Device incompatible");
            }
        };
        try (MambaEngine engine = engine(failing)) {
            assertThatThrownBy(() -> assertReads(engine))
                    .isInstanceOf(GpuException.class)
                    .hasMessageStartingWith("[MAMBA_GPU_LOST] ")
                    .hasMessageContaining("spark.mamba.gpu.memoryFraction")
                    .hasMessageContaining("or read with device=cpu.");
        }
    }

    private static void assertReads(MambaEngine engine) {
        Transcript read = new Transcript(engine, ids, 10).read(engine, LENGTH);
        assertClose("hidden states", read.hidden, expected.floats("last_hidden." + LENGTH), TOLERANCE);
    }
}
