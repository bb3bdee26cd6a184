package io.mambaspark.gpu;

import static io.mambaspark.engine.cpu.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.engine.EngineMemory;
import io.mambaspark.engine.EngineOptions;
import io.mambaspark.engine.EngineProvider;
import io.mambaspark.engine.Engines;
import io.mambaspark.engine.EnginesAmong;
import io.mambaspark.engine.MambaEngine;
import io.mambaspark.engine.cpu.Transcript;
import io.mambaspark.gpu.GpuEngineProvider.Opener;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.model.ReferenceTensors;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code auto} on a real device that fails. */
@Tag("opencl")
class DeviceFallbackTest {
    private static final double TOLERANCE = 1e-4;
    private static final int LENGTH = 200;
    private static final int BLOCK = 50;

    @BeforeAll
    static void assume() {
        Pocl.assume();
    }

    /** Takes the device of the tests for a GPU, and opens it by {@code opener}. */
    private record Pretended(Opener opener) implements EngineProvider {
        @Override
        public String device() {
            return "gpu";
        }

        @Override
        public int rank() {
            return 10;
        }

        @Override
        public Availability availability(EngineOptions options) {
            return new Availability(true, "pretended");
        }

        @Override
        public MambaEngine create(Checkpoint checkpoint, EngineOptions options) {
            return GpuEngineProvider.create(checkpoint, options.withDevice(Pocl.DEVICE), opener);
        }

        @Override
        public EngineMemory memory(Checkpoint checkpoint, EngineOptions options) {
            return new GpuEngineProvider().memory(checkpoint, options.withDevice(Pocl.DEVICE));
        }

        @Override
        public double matrixGflops(EngineOptions options) {
            throw new UnsupportedOperationException();
        }
    }

    private static MambaEngine auto(Opener opener) {
        return EnginesAmong.load(
                List.of(new Pretended(opener), Engines.choose("cpu")),
                Pocl.tiny(),
                new EngineOptions(Engines.AUTO, 1, BLOCK));
    }

    private static void assertReads(MambaEngine engine) throws IOException {
        ReferenceTensors expected = ReferenceTensors.read(Pocl.TINY + "expected.safetensors");
        Transcript read = new Transcript(engine, expected.ints("input_ids." + LENGTH), 10).read(engine, BLOCK);
        assertClose("hidden states", read.hidden, expected.floats("last_hidden." + LENGTH), TOLERANCE);
    }

    @Test
    void aDocumentThatTheDeviceBeganIsReadToItsEndOnTheCpu() throws IOException {
        Opener failing = (choice, weights, space) -> new GpuDevice(choice, weights, space) {
            private int blocks;

            @Override
            void runDone(Steps steps, int firstStep, int endStep) {
                if (endStep == steps.count() && ++blocks == 3) {
                    throw new IllegalStateException("clEnqueueNDRangeKernel: -5");
                }
            }
        };
        try (MambaEngine engine = auto(failing)) {
            assertThat(engine.description().device()).isNotEqualTo("cpu");
            assertReads(engine);
            assertThat(engine.description().device()).isEqualTo("cpu");
            assertThat(engine.description().reason()).contains("[MAMBA_GPU_LOST]", "clEnqueueNDRangeKernel: -5");
            assertReads(engine);
        }
    }

    @Test
    void aHeapWithoutRoomForTheDevicesTwinIsNoReasonNotToRead() throws IOException {
        Opener full = (choice, weights, space) -> {
            throw new OutOfMemoryError("Java heap space");
        };
        try (MambaEngine engine = auto(full)) {
            assertReads(engine);
            assertThat(engine.description().fellBack()).isTrue();
            assertThat(engine.description().reason()).contains("[MAMBA_GPU_HEAP] The Java heap has no room");
        }
    }

    @Test
    void aDeviceThatWorksStays() throws IOException {
        try (MambaEngine engine = auto(GpuDevice::new)) {
            assertReads(engine);
            assertThat(engine.description().fellBack()).isFalse();
            assertThat(engine.description().device()).isNotEqualTo("cpu");
        }
    }
}
