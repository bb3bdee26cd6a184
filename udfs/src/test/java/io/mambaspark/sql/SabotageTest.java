package io.mambaspark.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On a Spark whose internals are not those that we know. */
class SabotageTest {
    private static final String STRATEGY = "org.apache.spark.sql.execution.SparkStrategy";

    /** Each is missing in turn, as if Spark had renamed it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.spark.sql.catalyst.FunctionIdentifier",
                "org.apache.spark.sql.catalyst.expressions.ExpressionInfo",
                "org.apache.spark.sql.catalyst.expressions.ImplicitCastInputTypes",
                "org.apache.spark.sql.catalyst.optimizer.ColumnPruning$",
                "org.apache.spark.sql.catalyst.plans.logical.UnaryNode",
                "org.apache.spark.sql.execution.SparkStrategy",
                "org.apache.spark.sql.execution.UnaryExecNode",
                "org.apache.spark.sql.internal.types.StringTypeWithCollation$",
            })
    void aSessionStartsWithoutOurFunctions(String missing) {
        SparkSession spark = startedWith(new SabotagedLoader(missing));
        assertThat(spark.sql("SELECT count(*) FROM range(10) WHERE id > 4")
                        .first()
                        .getLong(0))
                .isEqualTo(5);
        assertThat(ours(spark)).isEmpty();
    }

    @Test
    void aSessionStartsWithOurFunctionsIfNothingIsMissing() {
        assertThat(ours(startedWith(new SabotagedLoader("none")))).contains("mamba_summarize", "try_mamba_retrieve");
    }

    /** Spark asserts what it assumes, too. */
    @Test
    void aSessionStartsWithoutOurFunctionsWhenAnAssertionFails() {
        assertThat(ours(startedWith(new SabotagedLoader(STRATEGY, () -> new AssertionError("no strategies")))))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void registerLeavesTheFunctionsThatReadRowByRow(Error failure) throws Exception {
        SparkSession spark = startedWith(new SabotagedLoader(STRATEGY));
        ClassLoader sabotaged = new SabotagedLoader("org.apache.spark.sql.execution.UnaryExecNode", () -> failure);
        Object registration = sabotaged
                .loadClass(MambaFunctions.class.getName())
                .getMethod("register", SparkSession.class)
                .invoke(null, spark);
        assertThat(registration.toString()).contains("batched=false").contains("UnaryExecNode");
        assertThat(spark.sql("SELECT mamba_token_count('The cat slept.')")
                        .first()
                        .getInt(0))
                .isEqualTo(4);
    }

    static Stream<Error> registerLeavesTheFunctionsThatReadRowByRow() {
        return Stream.of(new NoClassDefFoundError("UnaryExecNode"), new AssertionError("no UnaryExecNode"));
    }

    /** A session that finds its extensions through {@code loader}, beside the one of the other tests. */
    private static SparkSession startedWith(ClassLoader loader) {
        SparkSession others = LocalSpark.session();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        SparkSession.clearActiveSession();
        SparkSession.clearDefaultSession();
        thread.setContextClassLoader(loader);
        try {
            return SparkSession.builder().getOrCreate();
        } finally {
            thread.setContextClassLoader(before);
            SparkSession.setActiveSession(others);
            SparkSession.setDefaultSession(others);
        }
    }

    private static List<String> ours(SparkSession spark) {
        return spark.sql("SHOW FUNCTIONS LIKE '*mamba*'").collectAsList().stream()
                .map((Row row) -> row.getString(0))
                .toList();
    }
}
