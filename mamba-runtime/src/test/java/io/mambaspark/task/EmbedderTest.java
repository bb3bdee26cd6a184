package io.mambaspark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.Books;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcome;
import io.mambaspark.reading.Outcomes;
import io.mambaspark.reading.TinyReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedderTest {
    private static final int BLOCK = 512;

    @TempDir
    private Path folder;

    private MambaModel model;

    @BeforeEach
    void load() throws IOException {
        model = TinyReader.load(folder, OptionalInt.of(3), BLOCK);
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void queriesShareBlocksAndHaveTheVectorsTheyHaveAlone() {
        List<Document> queries = IntStream.range(0, 20)
                .mapToObj(i -> Document.of("q" + i, "Who is " + "very ".repeat(i % 3) + "late?"))
                .toList();
        Iterator<Document> source = queries.iterator();
        Outcomes<Embedding> outcomes = new Embedder(model, Unit.QUERY).embed(source);
        assertThat(outcomes.hasNext()).isTrue();
        List<Document> unread = new ArrayList<>();
        source.forEachRemaining(unread::add);
        // A query has at most 22 tokens and is read twice: eleven or more fill the first block.
        assertThat(unread).hasSizeLessThan(10);

        List<Embedding> packed = values(new Embedder(model, Unit.QUERY).embed(queries.iterator()));
        assertThat(packed).hasSize(20);
        for (int i = 0; i < 20; i++) {
            assertThat(packed.get(i).vector())
                    .isEqualTo(model.queryVector(queries.get(i).text()));
            assertThat(packed.get(i).text()).isEqualTo(queries.get(i).text());
            assertThat(packed.get(i).tokensRead())
                    .isEqualTo(queries.get(i).text().length());
        }
    }

    @Test
    void aQueryThatCannotBeReadFailsAlone() {
        List<Document> queries = List.of(
                Document.of("good", "Who is late?"),
                Document.of("blank", " \t"),
                Document.of("long", "late ".repeat(1_000)),
                Document.of("last", "Who is late?"));
        List<Outcome<Embedding>> outcomes = new ArrayList<>();
        new Embedder(model, Unit.QUERY).embed(queries.iterator()).forEachRemaining(outcomes::add);
        assertThat(outcomes).extracting(Outcome::id).containsExactly("good", "blank", "long", "last");
        assertThat(outcomes.get(1).error().condition()).isEqualTo("MAMBA_QUERY_EMPTY");
        assertThat(outcomes.get(2).error().message())
                .startsWith("[MAMBA_QUERY_TOO_LONG]")
                .contains("5000");
        assertThat(outcomes.get(3).value().vector())
                .isEqualTo(outcomes.get(0).value().vector());
        assertThatThrownBy(() -> model.query(" ")).hasMessageStartingWith("[MAMBA_QUERY_EMPTY]");
    }

    @Test
    void aSinkCollectsWhatAStreamGivesInParts() {
        Document book = Document.of("book", Books.alice().substring(0, 5_000));
        List<Embedding> streamed =
                values(new Embedder(model, Unit.PASSAGE).embed(List.of(book).iterator()));
        List<Embedding> collected = model.read(List.of(book).iterator(), new Embedder(model, Unit.PASSAGE)::sink)
                .next()
                .value();
        assertThat(streamed).usingRecursiveComparison().isEqualTo(collected);
        assertThat(streamed)
                .extracting(Embedding::passage)
                .isEqualTo(IntStream.range(0, streamed.size()).boxed().toList());
        assertThat(streamed.stream().mapToLong(Embedding::tokensRead).sum()).isLessThanOrEqualTo(5_000);
    }

    private static List<Embedding> values(Outcomes<Embedding> outcomes) {
        List<Embedding> values = new ArrayList<>();
        outcomes.forEachRemaining(outcome -> {
            assertThat(outcome.error()).isNull();
            values.add(outcome.value());
        });
        return values;
    }
}
