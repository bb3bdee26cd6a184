package io.mambaspark.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.engine.EngineUnavailableException;
import io.mambaspark.engine.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user reads where there is no GPU; nothing here needs OpenCL. */
class GpuEngineProviderTest {
    private static final GpuSettings SETTINGS = GpuSettings.of(EngineOptions.defaults());

    @TempDir
    private Path etc;

    @Test
    void whereNoDriverIsRegisteredNothingIsLoaded() {
        OpenClHost host = new OpenClHost(etc.resolve("vendors"), etc.resolve("no-card"), etc.resolve("no-version"));
        assertThat(DeviceChoice.choose("auto", SETTINGS, host))
                .isEqualTo(new DeviceChoice(null, "no OpenCL driver is registered in " + etc.resolve("vendors")));
    }

    @Test
    void aCardWithoutItsRegisteredDriverComesWithTheLineThatMendsIt() throws IOException {
        Path card = Files.createFile(etc.resolve("nvidiactl"));
        OpenClHost host = new OpenClHost(etc.resolve("vendors"), card, etc.resolve("no-version"));
        assertThat(DeviceChoice.choose("gpu", SETTINGS, host).reason())
                .isEqualTo("an NVIDIA card is there, but its OpenCL driver is not registered; as root: mkdir -p "
                        + etc.resolve("vendors") + " && echo libnvidia-opencl.so.1 > "
                        + etc.resolve("vendors/nvidia.icd"));
        Files.createDirectory(etc.resolve("vendors"));
        Files.createFile(etc.resolve("vendors/pocl.icd"));
        assertThat(host.nothing()).isEmpty();
        assertThat(host.nvidiaHint()).isPresent();
        Files.createFile(etc.resolve("vendors/nvidia.icd"));
        assertThat(host.nvidiaHint()).isEmpty();
    }

    @Test
    void whyTheNativeLibraryDoesNotLoadComesWithWhatToDo() {
        assertThat(AparapiLibrary.explained(
                        etc, "libaparapi.so: failed to map segment from shared object: Operation not permitted"))
                .contains("noexec")
                .endsWith("spark.mamba.gpu.nativeFolder");
        assertThat(AparapiLibrary.explained(
                        etc, "libOpenCL.so.1: cannot open shared object file: No such file or directory"))
                .endsWith("apt-get install ocl-icd-libopencl1");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() {
        assertThat(AparapiLibrary.load(etc.resolve("missing")))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains(etc.resolve("missing").toString())
                        .endsWith("spark.mamba.gpu.nativeFolder"));
    }

    @Test
    void anotherClassLoaderKeepsTheLibraryToItself() {
        System.setProperty(AparapiLibrary.OWNER, "a session's loader");
        try {
            assertThat(AparapiLibrary.load(etc))
                    .hasValueSatisfying(reason ->
                            assertThat(reason).contains("a session's loader", "spark.executor.extraClassPath"));
        } finally {
            System.clearProperty(AparapiLibrary.OWNER);
        }
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        EngineOptions options = EngineOptions.defaults().withDevice("gpu");
        assertThatThrownBy(() -> GpuSettings.of(options.withSettings(Map.of("gpu.heapFraction", "40%"))))
                .hasMessageStartingWith(
                        "[MAMBA_ENGINE_OPTION] spark.mamba.gpu.heapFraction must be a number above 0 and up to 1, not 40%.");
        assertThatThrownBy(() -> GpuSettings.of(options.withSettings(Map.of("gpu.address", "-1"))))
                .hasMessageStartingWith(
                        "[MAMBA_ENGINE_OPTION] spark.mamba.gpu.address must be the number of a GPU, from 0, not -1.");
    }

    @Test
    void aDeviceThatNobodyServesIsRefused() {
        assertThatThrownBy(() -> Engines.choose("tpu"))
                .isInstanceOf(EngineUnavailableException.class)
                .hasMessageContaining("'tpu'");
    }
}
