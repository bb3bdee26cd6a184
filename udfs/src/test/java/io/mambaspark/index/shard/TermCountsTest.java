package io.mambaspark.index.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermCountsTest {
    @ParameterizedTest
    @CsvSource({"5, 9, 6", "5, 9, -1", "5, 4, 1", "1, 9223372036854775807, 1", "-1, 0, 0"})
    void countsThatCannotBeAreRefusedBeforeTheyAreAddedToThoseOfOtherShards(long passages, long words, long with) {
        assertThatThrownBy(() -> new TermCounts(passages, words, new long[] {with}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(passages + " passages");
    }

    @Test
    void countsOfShardsAreAdded() {
        TermCounts sum = new TermCounts(5, 9, new long[] {5}).plus(new TermCounts(2, 2, new long[] {0}));
        assertThat(sum.passages()).isEqualTo(7);
        assertThat(sum.words()).isEqualTo(11);
        assertThat(sum.passagesWith()).containsExactly(5);
    }
}
