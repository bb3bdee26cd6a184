package io.mambaspark.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.engine.EngineOptions;
import java.util.Map;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two tasks of one executor read on the cards that Spark gave them. */
class AssignedGpuTest {
    private static final Map<String, ResourceInformation> THIRD =
            Map.of("gpu", new ResourceInformation("gpu", new String[] {"2", "3"}));

    private static final EngineOptions OPTIONS =
            EngineOptions.defaults().withSettings(Map.of("gpu.heapFraction", "0.5"));

    @ParameterizedTest
    @ValueSource(strings = {"auto", "gpu"})
    void theFirstOfTheTasksCardsIsTaken(String device) {
        assertThat(AssignedGpu.with(THIRD, OPTIONS.withDevice(device)).settings())
                .containsOnly(Map.entry("gpu.heapFraction", "0.5"), Map.entry("gpu.address", "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "opencl:pocl"})
    void otherDevicesHaveNoAddressSoThatTasksShareTheirModel(String device) {
        EngineOptions options = OPTIONS.withDevice(device);
        assertThat(AssignedGpu.with(THIRD, options)).isEqualTo(options);
    }

    @Test
    void aCardThatTheUserNamedStays() {
        EngineOptions named = OPTIONS.withSettings(Map.of("gpu.address", "5"));
        assertThat(AssignedGpu.with(THIRD, named)).isEqualTo(named);
    }

    @Test
    void withoutCardsNothingChanges() {
        assertThat(AssignedGpu.with(Map.of(), OPTIONS)).isEqualTo(OPTIONS);
        assertThat(AssignedGpu.in(OPTIONS)).as("outside a task").isEqualTo(OPTIONS);
    }
}
