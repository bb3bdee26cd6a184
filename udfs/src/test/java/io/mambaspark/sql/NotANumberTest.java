package io.mambaspark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.index.BuildReport;
import io.mambaspark.index.Library;
import io.mambaspark.index.MambaIndex;
import io.mambaspark.ml.TextColumns;
import io.mambaspark.model.BrokenCheckpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model whose weights are not finite: an error of each row, never a vector. */
class NotANumberTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void broken() throws IOException {
        Path model = BrokenCheckpoints.write("nan-embedding", Files.createDirectory(folder.resolve("model")));
        LocalSpark.session().conf().set("spark.mamba.model", model.toString());
    }

    @AfterEach
    void builtIn() {
        LocalSpark.session().conf().unset("spark.mamba.model");
        LocalSpark.session().conf().unset("spark.mamba.batch.enabled");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mamba_embed(text)",
                "mamba_embed_query(text)",
                "mamba_passages(text)",
                "mamba_perplexity(text)",
                "mamba_similarity(text, 'a cat')",
                "mamba_summarize(text, 3)",
                "mamba_summarize(text, 3, 'cat')",
                "mamba_retrieve(text, 'cat', 1)",
                "mamba_summarize_agg(text, 3, 1)",
            })
    void everyFunctionFailsByNameAndItsTryFormIsNull(String call) {
        for (String batched : new String[] {"true", "false"}) {
            LocalSpark.session().conf().set("spark.mamba.batch.enabled", batched);
            String from = " FROM VALUES ('The cat slept in the house. It dreamt.') AS t(text)";
            assertThatThrownBy(() -> LocalSpark.rows("SELECT " + call + from))
                    .hasMessageContaining("[MAMBA_NOT_A_NUMBER] A weight of ");
            assertThat((Object) LocalSpark.value("SELECT try_" + call + from)).isNull();
        }
    }

    @Test
    void theStructHasTheErrorInTheRow() {
        assertThat((String) LocalSpark.value(
                        "SELECT mamba_summarize_detail(text, 3).error FROM VALUES ('The cat slept here.') AS t(text)"))
                .startsWith("[MAMBA_NOT_A_NUMBER]");
    }

    @Test
    void aColumnOfADataFrameIsNullToo() {
        Row row = TextColumns.of("text")
                .with("vector", "try_mamba_embed")
                .addTo(LocalSpark.session().sql("SELECT 'The cat slept here.' AS text"))
                .first();
        assertThat(row.isNullAt(1)).isTrue();
    }

    @Test
    void anIndexReportsEachDocument() {
        BuildReport report = MambaIndex.build(
                        LocalSpark.session(), folder.resolve("index").toString())
                .documents(Library.documents("alice"))
                .create();
        assertThat(report.passages()).isZero();
        assertThat(report.failures()).isNotEmpty();
        assertThat(report.failures().toString()).contains("MAMBA_NOT_A_NUMBER");
    }

    @Test
    void vectorsOfUsersThatAreNotFiniteAreRefused() {
        LocalSpark.session().conf().unset("spark.mamba.model");
        String call = "mamba_similarity(array(1F, float('NaN')), array(1F, 0F))";
        assertThatThrownBy(() -> LocalSpark.rows("SELECT " + call)).hasMessageContaining("[MAMBA_NOT_A_NUMBER]");
        assertThat((Object) LocalSpark.value("SELECT try_" + call)).isNull();
    }
}
