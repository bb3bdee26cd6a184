package io.mambaspark.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.gpu.MemoryPlan.Limits;
import io.mambaspark.model.Checkpoint;
import org.junit.jupiter.api.Test;

/** What a model takes is known, said and capped before any of it is taken. */
class MemoryPlanTest {
    private static final long GIGABYTE = 1L << 30;
    private static final DeviceWeights READER = DeviceWeights.plan(Checkpoint.builtIn());

    private static Limits limits(long deviceBytes, long heapBytes) {
        return new Limits(deviceBytes, deviceBytes, heapBytes, 0.8, 0.4);
    }

    @Test
    void whatFitsIsPlannedAsAskedFor() {
        MemoryPlan plan = MemoryPlan.of(READER, 8192, limits(80 * GIGABYTE, 4 * GIGABYTE));
        assertThat(plan.tokens()).isEqualTo(8192);
        assertThat(plan.weightBytes() + plan.blockBytes()).isLessThan((long) (0.4 * 4 * GIGABYTE));
        assertThat(plan.explanation())
                .startsWith("weights of 8")
                .contains("blocks of 8,192 tokens")
                .contains("80% may be used (spark.mamba.gpu.memoryFraction)")
                .contains("Java heap of 4,096 MB, of which 40% may be used (spark.mamba.gpu.heapFraction)");
    }

    @Test
    void aSmallHeapMakesSmallerBlocks() {
        MemoryPlan plan = MemoryPlan.of(READER, 65536, limits(80 * GIGABYTE, 2 * GIGABYTE));
        assertThat(plan.tokens()).isBetween(128, 65535);
        assertThat(plan.tokens() % 128).isZero();
        assertThat(plan.explanation())
                .containsPattern("; for blocks of 65,536 tokens: Give the executor a heap of at least \\d+ MB");
    }

    @Test
    void aHeapWithoutRoomIsRefusedWithTheOneThatHasIt() {
        assertThatThrownBy(() -> MemoryPlan.of(READER, 8192, limits(80 * GIGABYTE, GIGABYTE / 4)))
                .isInstanceOf(GpuException.class)
                .hasMessageStartingWith("[MAMBA_GPU_MEMORY] The model does not fit: weights of 8")
                .hasMessageContaining("blocks of 128 tokens")
                .hasMessageContaining("Java heap of 256 MB")
                .hasMessageContaining("Give the executor a heap of at least ")
                .hasMessageContaining("MB (--executor-memory), or read with device=cpu.");
    }

    @Test
    void aDeviceWithoutRoomIsRefused() {
        assertThatThrownBy(() -> MemoryPlan.of(READER, 8192, limits(GIGABYTE / 8, 64 * GIGABYTE)))
                .hasMessageContaining("the device has 128 MB")
                .hasMessageContaining("Use a device with more memory");
    }

    @Test
    void weightsAboveOneAllocationAreRefused() {
        assertThatThrownBy(() ->
                        MemoryPlan.of(READER, 8192, new Limits(80 * GIGABYTE, GIGABYTE / 32, 64 * GIGABYTE, 0.8, 0.4)))
                .hasMessageContaining("an array on the device at most 32 MB")
                .hasMessageContaining("Use a smaller model");
    }
}
