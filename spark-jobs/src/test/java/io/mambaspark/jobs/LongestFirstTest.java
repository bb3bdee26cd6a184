package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class LongestFirstTest {
    @Test
    void longDocumentsDoNotQueueBehindEachOther() {
        List<List<Integer>> parts = LongestFirst.spread(List.of(1, 5, 90, 4, 100, 6, 80, 2), Integer::longValue, 3);
        assertThat(parts).containsExactly(List.of(100), List.of(90, 4), List.of(80, 6, 5, 2, 1));
    }

    @Test
    void everyItemIsInOnePart() {
        List<Integer> items = List.of(3, 3, 3, 0, 0, 0, 0, 7);
        List<List<Integer>> parts = LongestFirst.spread(items, Integer::longValue, 4);
        assertThat(parts).hasSize(4).noneMatch(Collection::isEmpty);
        assertThat(parts.stream().flatMap(Collection::stream)).containsExactlyInAnyOrderElementsOf(items);
    }
}
