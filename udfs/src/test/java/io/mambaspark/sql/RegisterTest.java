package io.mambaspark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class RegisterTest {
    private static final String TEXT =
            "'The fire of London burned for four days in 1666. It was quiet. The cat slept.'";
    private static final String QUERY = "SELECT mamba_summarize(" + TEXT + "), mamba_summarize(" + TEXT
            + ", 10), mamba_summarize("
            + TEXT + ", 5, 'a sleeping animal'), mamba_retrieve(" + TEXT + ", 'fire', k => 1), mamba_token_count(5),"
            + " try_mamba_summarize(" + TEXT + ", 10, '')";

    /** What works on any Spark gives what the batched functions give. */
    @Test
    void plainFunctionsGiveWhatBatchedOnesGive() {
        SparkSession plain = LocalSpark.session().newSession();
        PlainFunctions.register(plain, MambaConf.of(key -> Optional.empty()), new Evaluation(false, "a test"));
        Row ofPlain = plain.sql(QUERY).first();
        assertThat(plan(plain)).doesNotContain("MambaRead");
        assertThat(plain.sql("SELECT mamba_info().reason").first().getString(0)).isEqualTo("a test");
        assertThat(plain.sql("SELECT mamba_similarity(array(1F, 0F), array(1F, 0F)), mamba_similarity('a b', 'a b')")
                        .first()
                        .toString())
                .isEqualTo("[1.0,1.0]");
        assertThat(ofPlain.getString(1)).isEqualTo("The fire of London burned for four days in 1666.");

        String group = "SELECT mamba_summarize_agg(t, 10, place) FROM VALUES (2, 'The cat slept.'), (1, NULL),"
                + " (-3, 'It was night.') AS v(place, t)";
        assertThat(plain.sql(group).first().getString(0)).isEqualTo("It was night.\n\nThe cat slept.");
        assertThat(plain.sql(group + " WHERE t IS NULL").first().isNullAt(0)).isTrue();

        assertThat(MambaFunctions.register(plain).evaluation().batched()).isTrue();
        assertThat(plain.sql(group).first().getString(0)).isEqualTo("It was night.\n\nThe cat slept.");
        assertThat(plain.sql(QUERY.replace("10, '')", "10, 'x') IS NULL"))
                        .first()
                        .getString(2))
                .isEqualTo(ofPlain.getString(2));
        assertThat(plan(plain)).contains("MambaRead");
    }

    @Test
    void mayBeCalledAgain() {
        SparkSession spark = LocalSpark.session().newSession();
        Registration first = MambaFunctions.register(spark);
        int rules = spark.experimental().extraOptimizations().size();
        int strategies = spark.experimental().extraStrategies().size();
        assertThat(MambaFunctions.register(spark)).isEqualTo(first);
        assertThat(spark.experimental().extraOptimizations().size()).isEqualTo(rules);
        assertThat(spark.experimental().extraStrategies().size()).isEqualTo(strategies);
        assertThat(first.functions()).contains("mamba_summarize", "try_mamba_summarize", "mamba_retrieve");
        assertThat(spark.sql("SELECT mamba_token_count('The cat slept.')")
                        .first()
                        .getInt(0))
                .isEqualTo(4);
    }

    @Test
    void aWrongConfigurationIsTold() {
        SparkSession spark = LocalSpark.session().newSession();
        spark.conf().set("spark.mamba.block.tokens", "many");
        assertThatThrownBy(() -> MambaFunctions.register(spark))
                .hasMessage(
                        "[MAMBA_CONF_INVALID] spark.mamba.block.tokens is many. It must be a whole number above 0, or auto:"
                                + " The tokens that go through the model at a time, which fix the memory of a task; auto is"
                                + " 512 on a CPU and 512 to 8,192 on a GPU, by its size. SQLSTATE: 22023");
        spark.conf().set("spark.mamba.block.tokens", "64");
        spark.conf().set("spark.mamba.model", "/no/such/folder");
        assertThatThrownBy(() -> MambaFunctions.register(spark)).hasMessageContaining("[MAMBA_CHECKPOINT_NOT_FOUND]");
    }

    private static String plan(SparkSession spark) {
        List<Row> rows = spark.sql("EXPLAIN " + QUERY.replace("'')", "'x')")).collectAsList();
        return rows.get(0).getString(0);
    }
}
