package io.mambaspark.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcome;
import io.mambaspark.task.Embedder;
import io.mambaspark.task.Embedding;
import io.mambaspark.task.Unit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a build puts into an index. */
class IndexBuildTest {
    @TempDir
    private static Path ofAll;

    private static MambaModel model;
    private static BuildReport reportOfAll;

    @TempDir
    private Path folder;

    @BeforeAll
    static void load() {
        model = MambaModel.load(Checkpoint.builtIn(), EngineOptions.defaults().withDevice("cpu"));
        reportOfAll = MambaIndex.build(Library.spark(), ofAll.toString())
                .documents(Library.documents())
                .shards(3)
                .create();
    }

    @AfterAll
    static void close() {
        model.close();
    }

    /** A passage, without the types of anybody's rows. */
    private record Passage(String document, int number, int start, int end, String text, List<Float> vector) {}

    @Test
    void passagesAreThoseOfTheRuntime() {
        List<Passage> found = found(ofAll);
        assertThat(found).isNotEmpty().isEqualTo(expected(Unit.PASSAGE));
        assertThat(reportOfAll.read()).isEqualTo(Library.documents().count());
        assertThat(reportOfAll.passages()).isEqualTo(found.size());
        assertThat(reportOfAll.failures()).isEmpty();
    }

    @Test
    void aWholeDocumentIsOnePassageIfAsked() {
        MambaIndex.build(Library.spark(), folder.toString())
                .documents(Library.documents("alice"))
                .passages(Passages.WHOLE)
                .create();
        assertThat(found(folder))
                .isEqualTo(expected(Unit.DOCUMENT).stream()
                        .filter(passage -> passage.document.startsWith("alice"))
                        .toList());
    }

    @Test
    void ordinalsCountTheRowsOfAShardInTheOrderOfTheirFile() {
        List<Row> rows = new ArrayList<>(Library.passages(ofAll));
        rows.sort(Comparator.<Row, Integer>comparing(row -> row.getAs("shard"))
                .thenComparing(row -> row.<String>getAs("doc_id"))
                .thenComparing(row -> row.<Integer>getAs("passage")));
        assertThat(rows).extracting(row -> row.<Integer>getAs("shard")).contains(0, 1, 2);
        int shard = -1;
        int ordinal = 0;
        for (Row row : rows) {
            ordinal = row.<Integer>getAs("shard") == shard ? ordinal + 1 : 0;
            shard = row.getAs("shard");
            assertThat(row.<Integer>getAs("ordinal")).isEqualTo(ordinal);
        }
    }

    @Test
    void keptColumnsStandBesideThePassages() {
        MambaIndex.build(Library.spark(), folder.toString())
                .documents(Library.documents("machine"))
                .keepColumns("year", "title")
                .create();
        assertThat(Library.passages(folder)).isNotEmpty().allSatisfy(row -> {
            assertThat(row.<Integer>getAs("year")).isEqualTo(1895);
            assertThat(row.<String>getAs("title")).isEqualTo("The Time Machine");
        });
        assertThat(MambaIndex.open(Library.spark(), folder.toString())
                        .describe()
                        .keptColumns())
                .isEqualTo("year INT,title STRING");
    }

    @Test
    void aDocumentThatCannotBeReadIsToldAndStopsNothing() {
        List<Row> rows = List.of(
                RowFactory.create("good", "The cat slept for nine hours."),
                RowFactory.create("blank", " \n "),
                RowFactory.create("none", null),
                RowFactory.create(null, "A text without a name."),
                RowFactory.create("x".repeat(40_000), "A text with a long name."));
        BuildReport report = MambaIndex.build(Library.spark(), folder.toString())
                .documents(Library.spark().createDataFrame(rows, StructType.fromDDL("id STRING, text STRING")))
                .create();
        assertThat(report.read()).isEqualTo(2);
        assertThat(report.failed()).isEqualTo(3);
        assertThat(report.failures()).extracting(DocumentFailure::id).containsExactly(null, "none", "x".repeat(40_000));
        assertThat(report.failures().get(0).error()).startsWith("[MAMBA_DOCUMENT_ID_NULL] ");
        assertThat(report.failures().get(1).error()).startsWith("[MAMBA_DOCUMENT_NULL] ");
        assertThat(report.failures().get(2).error()).startsWith("[MAMBA_INDEX_ID_TOO_LONG] ");
        assertThat(Library.ids(folder)).containsExactly("good");
    }

    @Test
    void anIndexOfNothingIsAnIndex() {
        MambaIndex.build(Library.spark(), folder.toString())
                .documents(Library.documents("nobody"))
                .create();
        IndexDescription empty =
                MambaIndex.open(Library.spark(), folder.toString()).describe();
        assertThat(empty.documents()).isZero();
        assertThat(empty.shards()).isZero();
    }

    private static List<Passage> found(Path index) {
        List<Passage> found = new ArrayList<>();
        for (Row row : Library.passages(index)) {
            found.add(new Passage(
                    row.getAs("doc_id"),
                    row.<Integer>getAs("passage"),
                    row.<Integer>getAs("start"),
                    row.<Integer>getAs("end"),
                    row.getAs("text"),
                    row.getList(row.fieldIndex("vector"))));
        }
        return found;
    }

    private static List<Passage> expected(Unit unit) {
        List<Passage> expected = new ArrayList<>();
        Embedder embedder = new Embedder(model, unit);
        for (Row row : Library.documents().orderBy("id").collectAsList()) {
            String text = row.getAs("text");
            embedder.embed(List.of(Document.of(row.getAs("id"), text)).iterator())
                    .forEachRemaining(outcome -> expected.add(passage(outcome, text)));
        }
        return expected;
    }

    private static Passage passage(Outcome<Embedding> outcome, String text) {
        Embedding embedding = outcome.value();
        List<Float> vector = new ArrayList<>();
        for (float number : embedding.vector()) {
            vector.add(number);
        }
        return new Passage(
                outcome.id(),
                embedding.passage(),
                text.codePointCount(0, embedding.span().start()),
                text.codePointCount(0, embedding.span().end()),
                embedding.text(),
                vector);
    }
}
