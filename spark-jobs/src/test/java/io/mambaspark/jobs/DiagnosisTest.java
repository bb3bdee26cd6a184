package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosisTest {
    @ParameterizedTest
    @ValueSource(strings = {"25", "25.0.1", "25.0.2+10"})
    void aJavaThatSparkDoesNotSupportIsWarnedOf(String version) {
        assertThat(Diagnosis.warning(Runtime.Version.parse(version)))
                .hasValueSatisfying(warning -> assertThat(warning).contains("25.0.3", version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"17.0.15", "21.0.1", "24.0.2", "25.0.3", "25.0.4+1", "25.1", "26"})
    void othersAreNot(String version) {
        assertThat(Diagnosis.warning(Runtime.Version.parse(version))).isEmpty();
    }
}
