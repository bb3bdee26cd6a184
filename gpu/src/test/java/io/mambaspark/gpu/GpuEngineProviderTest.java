package io.mambaspark.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.engine.EngineUnavailableException;
import io.mambaspark.engine.Engines;
import org.junit.jupiter.api.Test;

class GpuEngineProviderTest {
    @Test
    void withoutAGpuEngineAutoReadsOnTheCpu() {
        assertThat(Engines.providers()).hasAtLeastOneElementOfType(GpuEngineProvider.class);
        assertThat(Engines.choose("auto").device()).isEqualTo("cpu");
    }

    @Test
    void askingForTheGpuSaysWhyThereIsNone() {
        assertThatThrownBy(() -> Engines.choose("gpu"))
                .isInstanceOf(EngineUnavailableException.class)
                .hasMessage("[MAMBA_DEVICE_UNAVAILABLE] No engine for device 'gpu' can run here"
                        + " (gpu: this version has no GPU engine yet)."
                        + " Use one of: auto, cpu, gpu; 'cpu' always works.");
    }

    @Test
    void measuringTheGpuSaysWhyThereIsNone() {
        assertThatThrownBy(() -> new GpuEngineProvider().matrixGflops(1))
                .hasMessageStartingWith("[MAMBA_DEVICE_UNAVAILABLE] ")
                .hasMessageContaining("this version has no GPU engine yet")
                .hasMessageEndingWith("Use 'cpu', which always works, or 'auto'.");
    }
}
