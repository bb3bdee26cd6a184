package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.task.Unit;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PartitionRowsTest {
    private static MambaModel model;

    @BeforeAll
    static void load() {
        model = MambaModel.load(
                Checkpoint.builtIn(), EngineOptions.defaults().withDevice("cpu").withBlockTokens(64));
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void countsTokensWhileOneBookIsReadAndTheBookAtItsEnd() throws IOException {
        JobCounters counters = counters();
        try (PartitionRows<?> rows = rows(counters, new RowSource("alice", Shelf.alice(), null))) {
            rows.next();
            long atFirst = counters.tokens().value();
            assertThat(atFirst).isPositive();
            assertThat(counters.documents().value()).isZero();
            rows.forEachRemaining(row -> {});
            long all = model.tokenizer().encode(Shelf.alice()).length;
            assertThat(all).isGreaterThan(2 * atFirst);
            assertThat(counters.tokens().value()).isEqualTo(all);
            assertThat(counters.theirs().value()).isEqualTo(all);
            assertThat(counters.documents().value()).isEqualTo(1);
        }
    }

    @Test
    void countsDocumentsThatGiveNoRowOrAnError() {
        JobCounters counters = counters();
        List<DocumentSource> sources = List.of(
                new RowSource("blank", " \n ", null),
                new RowSource("null", null, null),
                new RowSource("short", "A short one.", null),
                new RowSource("empty", "", null));
        try (PartitionRows<?> rows = rows(counters, sources.toArray(new DocumentSource[0]))) {
            assertThat(rows)
                    .toIterable()
                    .extracting(row -> row.getString(0), row -> row.getString(6) == null)
                    .containsExactlyInAnyOrder(tuple("null", false), tuple("short", true));
        }
        assertThat(counters.documents().value()).isEqualTo(4);
        assertThat(counters.failed().value()).isEqualTo(1);
    }

    private static JobCounters counters() {
        return JobCounters.in(LocalSpark.session().sparkContext());
    }

    private static PartitionRows<?> rows(JobCounters counters, DocumentSource... sources) {
        return new PartitionRows<>(
                new EmbedTask(Unit.PASSAGE),
                model,
                Arrays.asList(sources).iterator(),
                new Configuration(false),
                counters);
    }
}
