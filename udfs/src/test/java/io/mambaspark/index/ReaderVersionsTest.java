package io.mambaspark.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.IndexTerms;
import io.mambaspark.index.store.ManifestStore;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.sql.MambaSqlException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Indexes and readers of different versions. {@code v1} was built by release 0.1.0 with version 1 of the reader. */
class ReaderVersionsTest {
    @TempDir
    private Path folder;

    private Path old;

    @BeforeEach
    void copy() throws IOException, URISyntaxException {
        old = folder.resolve("an old library");
        FileUtils.copyDirectory(
                Path.of(ReaderVersionsTest.class.getResource("v1").toURI()).toFile(), old.toFile());
    }

    private static List<String> found(Path index, String query, SearchOptions options) {
        return MambaIndex.open(Library.spark(), index.toString()).search(query, options).collectAsList().stream()
                .map(row -> row.<String>getAs("doc_id"))
                .toList();
    }

    @Test
    void wordsAreFoundInAnIndexOfVersionOneByItsOwnTerms() {
        SearchOptions lexical = SearchOptions.defaults().withMode(Mode.LEXICAL);
        assertThat(found(old, "Who sang in Rome?", lexical)).containsExactly("rome");
        assertThat(found(old, "Natásha", lexical)).containsExactly("natasha");
        assertThat(found(old, "Natasha", lexical)).isEmpty();
        assertThat(found(old, "four days", lexical.withFilter("year = 1666"))).containsExactly("london");
    }

    @Test
    void meaningIsRefusedThereWithTheCommandThatBuildsItAnew() {
        for (Mode mode : new Mode[] {Mode.HYBRID, Mode.DENSE}) {
            assertThatThrownBy(() -> found(old, "fire", SearchOptions.defaults().withMode(mode)))
                    .isInstanceOf(MambaSqlException.class)
                    .hasMessageStartingWith("[MAMBA_INDEX_MODEL_DIFFERS]")
                    .hasMessageContaining("Search in lexical mode")
                    .hasMessageContaining("spark-submit mamba-spark-bundle.jar index --input DOCUMENTS --index '")
                    .hasMessageContaining("an old library' --keep-columns year --replace");
        }
    }

    @Test
    void anIndexOfVersionOneCanBeChangedWithoutAModelAndKeepsItsTerms() {
        MambaIndex.open(Library.spark(), old.toString()).delete(List.of("cat"));
        MambaIndex.open(Library.spark(), old.toString()).compact();
        SearchOptions lexical = SearchOptions.defaults().withMode(Mode.LEXICAL);
        assertThat(found(old, "cat or Natásha", lexical)).containsExactly("natasha");
        assertThat(new ManifestStore(IndexFolder.of(Library.spark(), old.toString()))
                        .open()
                        .format())
                .isEqualTo(1);
        assertThatThrownBy(() -> MambaIndex.build(Library.spark(), old.toString())
                        .documents(Library.documents("alice-1"))
                        .keepColumns("year")
                        .append())
                .hasMessageStartingWith("[MAMBA_INDEX_SETTINGS_DIFFER]");
    }

    /** Selection, fusion and relevance may improve: only what makes vectors and tokens is in a model's fingerprint. */
    @Test
    void anIndexWorksWithAModelWhoseRulesOfChoiceChanged() throws IOException {
        Path index = folder.resolve("index");
        MambaIndex.build(Library.spark(), index.toString())
                .documents(Library.documents("alice-1"))
                .create();
        Path changed = Files.createDirectory(folder.resolve("model"));
        for (String file :
                List.of("config.json", "heads.safetensors", "model.safetensors", "reader.json", "tokenizer.json")) {
            try (InputStream in = Checkpoint.class.getResourceAsStream("reader/" + file)) {
                Files.copy(in, changed.resolve(file));
            }
        }
        Path reader = changed.resolve("reader.json");
        String rules = Files.readString(reader, StandardCharsets.UTF_8);
        assertThat(rules).contains("\"cosine_weight\": 1.6");
        Files.writeString(
                reader, rules.replace("\"cosine_weight\": 1.6", "\"cosine_weight\": 2.6"), StandardCharsets.UTF_8);
        Row before = best(index);
        Library.spark().conf().set("spark.mamba.model", changed.toString());
        try {
            assertThat(best(index).<Float>getAs("score")).isGreaterThan(before.<Float>getAs("score"));
        } finally {
            Library.spark().conf().unset("spark.mamba.model");
        }
    }

    private static Row best(Path index) {
        return MambaIndex.open(Library.spark(), index.toString())
                .search("Alice", SearchOptions.defaults())
                .first();
    }

    @Test
    void namesAreFoundWithoutTheirAccentsAndWordsAcrossLineEnds() {
        Path index = folder.resolve("folded");
        MambaIndex.build(Library.spark(), index.toString())
                .documents(Library.spark()
                        .sql("SELECT * FROM VALUES"
                                + " ('natasha', 'Natásha Rostóva danced. Prince Andréy asked her for a waltz.'),"
                                + " ('wrapped', 'The old foot-\\nmen came to the door in a e\uFB03cient way.'),"
                                + " ('other', 'Nothing of that is here.') AS d(id, text)"))
                .create();
        assertThat(new ManifestStore(IndexFolder.of(Library.spark(), index.toString()))
                        .open()
                        .terms())
                .isEqualTo(IndexTerms.of(Checkpoint.builtIn().profile()));
        SearchOptions lexical = SearchOptions.defaults().withMode(Mode.LEXICAL);
        assertThat(found(index, "Natasha Rostova", lexical)).containsExactly("natasha");
        assertThat(found(index, "NATÁSHA", lexical)).containsExactly("natasha");
        assertThat(found(index, "footmen", lexical)).containsExactly("wrapped");
        assertThat(found(index, "foot", lexical)).containsExactly("wrapped");
        assertThat(found(index, "efficient", lexical)).containsExactly("wrapped");
        Row row = MambaIndex.open(Library.spark(), index.toString())
                .search("Rostova", lexical)
                .first();
        assertThat(row.<String>getAs("text")).startsWith("Natásha Rostóva");
        assertThat(row.<String>getAs("highlighted")).startsWith("**Natásha Rostóva danced.**");
    }
}
