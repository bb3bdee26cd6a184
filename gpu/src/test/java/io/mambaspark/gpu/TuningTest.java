package io.mambaspark.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What follows from what a device reports. */
class TuningTest {
    private static final int D_INNER = 768;

    @Test
    void blocksGrowWithTheDevice() {
        assertThat(Tuning.blockTokens(2)).isEqualTo(512);
        assertThat(Tuning.blockTokens(24)).isEqualTo(1536);
        assertThat(Tuning.blockTokens(132)).isEqualTo(8192);
    }

    @Test
    void chunksOfTheScanAreLongOnlyWhereEveryUnitStillHasWork() {
        assertThat(Tuning.chunk(65_536, D_INNER, 132)).isEqualTo(128);
        assertThat(Tuning.chunk(8_192, D_INNER, 132)).isEqualTo(64);
        assertThat(Tuning.chunk(512, D_INNER, 2)).isEqualTo(128);
    }
}
