package io.mambaspark.sql;

import static io.mambaspark.sql.LocalSpark.rows;
import static io.mambaspark.sql.LocalSpark.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code mamba.summarize(…)}: the functions as a catalog. */
class CatalogTest {
    private static final String TEXT =
            "'The fire of London burned for four days in 1666. It was quiet. The cat slept.'";

    @BeforeAll
    static void start() {
        LocalSpark.session();
    }

    @Test
    void givesWhatTheFunctionsGive() {
        for (String call : new String[] {
            "summarize(t)",
            "summarize(t, 10)",
            "try_summarize(t, 10, 'a city')",
            "retrieve(t, 'fire')",
            "similarity(t, 'fire')",
            "similarity(mamba_embed(t), array(1D))",
            "token_count(12)",
        }) {
            String from = call.contains("array") ? "try_" + call : call;
            assertThat((Object) value("SELECT mamba." + from + " FROM (SELECT " + TEXT + " AS t)"))
                    .isEqualTo(value(
                            "SELECT " + (from.startsWith("try_") ? "try_mamba_" + from.substring(4) : "mamba_" + from)
                                    + " FROM (SELECT " + TEXT + " AS t)"));
        }
    }

    @Test
    void isBatched() {
        String plan = value("EXPLAIN SELECT mamba.summarize(t, 10), mamba_embed(t) FROM VALUES ('a'), ('b') AS v(t)");
        assertThat(plan).contains("MambaRead [mamba_summarize(t", "mamba_embed(t");
        assertThat(plan.split("MambaRead", -1)).hasSize(2);
    }

    @Test
    void isListed() {
        assertThat(rows("SHOW USER FUNCTIONS IN mamba"))
                .extracting(row -> row.getString(0))
                .contains("mamba.summarize", "mamba.try_retrieve", "mamba.info");
    }

    @Test
    void errorsAreToldAtAnalysis() {
        assertThatThrownBy(() -> LocalSpark.session().sql("SELECT mamba.summarize('a', -1)"))
                .hasMessageStartingWith("[MAMBA_MAX_WORDS_INVALID]");
        assertThatThrownBy(() -> LocalSpark.session().sql("SELECT mamba.summarize()"))
                .hasMessageContaining(
                        "mamba_summarize(text [, max_words [, query [, format]]]) cannot be called with 0 arguments");
        assertThatThrownBy(() -> LocalSpark.session().sql("SELECT mamba.translate('a')"))
                .hasMessageContaining("translate");
    }
}
