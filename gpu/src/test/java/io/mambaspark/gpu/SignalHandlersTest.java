package io.mambaspark.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.engine.MambaEngine;
import io.mambaspark.model.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** PoCL's LLVM leaves its crash handlers in the process; the JVM's are back when an engine is open. */
@Tag("opencl")
class SignalHandlersTest {
    private static final Path STATUS = Path.of("/proc/self/status");
    /** LLVM catches it, the JVM does not. */
    private static final int SIGTRAP = 5;

    @BeforeAll
    static void assume() {
        Pocl.assume();
    }

    @Test
    void theJvmCatchesItsSignalsAfterAProbeAndAfterABuild() throws IOException {
        DeviceChoice.reports(Pocl.DEVICE, GpuSettings.of(Pocl.options(64)), OpenClHost.here());
        assertThat(caught(SIGTRAP)).as("after a probe").isFalse();
        Checkpoint tiny = Pocl.tiny();
        try (MambaEngine engine = Pocl.engine(tiny, 64)) {
            assertThat(engine.description().kernels()).isEqualTo("opencl");
            assertThat(caught(SIGTRAP)).as("after a build").isFalse();
        }
    }

    private static boolean caught(int signal) throws IOException {
        String mask = Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("SigCgt:"))
                .findFirst()
                .orElseThrow()
                .replaceFirst("SigCgt:\\s*", "");
        return (Long.parseUnsignedLong(mask, 16) >> (signal - 1) & 1) == 1;
    }
}
