package io.mambaspark.index.shard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ForgedSizeTest {
    private static final OutOfMemoryError FULL = new OutOfMemoryError("Java heap space");

    @Test
    void aShardThatWouldFitSeveralTimesIsToBlame() {
        assertThat(ForgedSize.explains(FULL, 1 << 20, 1L << 30)).isTrue();
        assertThat(ForgedSize.explains(
                        new OutOfMemoryError("Requested array size exceeds VM limit"), 1 << 20, 1L << 30))
                .isTrue();
    }

    @Test
    void aFullHeapIsNoFaultOfTheShard() {
        assertThat(ForgedSize.explains(FULL, 1 << 20, 1 << 21)).isFalse();
        assertThat(ForgedSize.explains(new OutOfMemoryError("Metaspace"), 1 << 20, 1L << 30))
                .isFalse();
        assertThat(ForgedSize.explains(new OutOfMemoryError(), 1 << 20, 1L << 30))
                .isFalse();
    }
}
