package io.mambaspark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.engine.EngineOptions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MambaConfTest {
    private static EngineOptions engine(Map<String, String> conf) {
        return MambaConf.of(key -> Optional.ofNullable(conf.get(key))).engine();
    }

    @Test
    void whatIsNotSetIsTheEnginesChoice() {
        assertThat(engine(Map.of())).isEqualTo(EngineOptions.defaults());
    }

    @Test
    void whatIsSetReachesTheEngine() {
        EngineOptions engine = engine(Map.of(
                "spark.mamba.device", "opencl:pocl",
                "spark.mamba.block.tokens", "128",
                "spark.mamba.gpu.memoryFraction", " 0.5",
                "spark.mamba.gpu.nativeFolder", "/opt/native",
                "spark.task.cpus", "3"));
        assertThat(engine)
                .isEqualTo(new EngineOptions(
                        "opencl:pocl", 3, 128, Map.of("gpu.memoryFraction", "0.5", "gpu.nativeFolder", "/opt/native")));
    }

    @ParameterizedTest
    @CsvSource({
        "spark.mamba.gpu.memoryFraction, 80%",
        "spark.mamba.gpu.heapFraction, 0",
        "spark.mamba.gpu.heapFraction, 1.5",
        "spark.mamba.block.tokens, 0",
        "spark.mamba.block.tokens, many"
    })
    void whatMakesNoSenseIsRefusedWithItsKey(String key, String value) {
        assertThatThrownBy(() -> engine(Map.of(key, value)))
                .isInstanceOf(MambaSqlException.class)
                .hasMessageStartingWith("[MAMBA_CONF_INVALID] " + key + " is " + value);
    }
}
