package io.mambaspark.sql.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mambaspark.sql.LocalSpark;
import io.mambaspark.sql.MambaSqlException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Filters that nobody would write. */
class FilterPropertyTest {
    private static final Dataset<Row> PASSAGES = LocalSpark.session().sql("""
            SELECT id % 7 AS a, id * 3 % 11 AS b, CAST(id AS STRING) AS s, id % 2 = 0 AS t FROM range(30)
            UNION ALL SELECT NULL, NULL, NULL, NULL
            """);

    @Provide
    Arbitrary<String> conditions() {
        Arbitrary<String> terms = Arbitraries.of("a", "b", "3", "-1", "NULL", "length(trim(s))", "TRY_CAST(s AS INT)");
        Arbitrary<String> sums = Combinators.combine(terms, Arbitraries.of("+", "-", "*"), terms)
                .as((left, operator, right) -> "(" + left + " " + operator + " " + right + ")");
        return conditions(Arbitraries.oneOf(terms, sums), 3);
    }

    private static Arbitrary<String> conditions(Arbitrary<String> numbers, int depth) {
        Arbitrary<String> leaf = Arbitraries.oneOf(
                Arbitraries.of("t", "NOT t", "s LIKE '1%'", "lower(s) = '7'", "a IS NULL", "s IN ('1', '2', '12')"),
                Combinators.combine(numbers, Arbitraries.of("=", "<", ">=", "<>", "<=>"), numbers)
                        .as((left, operator, right) -> left + " " + operator + " " + right),
                Combinators.combine(numbers, numbers, numbers)
                        .as((value, low, high) -> value + " BETWEEN " + low + " AND " + high));
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<String> inner = conditions(numbers, depth - 1);
        return Arbitraries.oneOf(
                leaf,
                inner.map(condition -> "NOT (" + condition + ")"),
                Combinators.combine(inner, Arbitraries.of("AND", "OR"), inner)
                        .as((left, operator, right) -> "(" + left + ") " + operator + " (" + right + ")"));
    }

    @Property(tries = 60)
    void meansWhatItMeansInWhere(@ForAll("conditions") String filter) {
        assertThat(FilterCondition.of(LocalSpark.session(), filter).on(PASSAGES).collectAsList())
                .isEqualTo(PASSAGES.where(filter).collectAsList());
    }

    @Provide
    Arbitrary<List<String>> words() {
        String words = """
                ( ) [ ] , . ; * + - -- /* */ = < > <=> -> => :: : ? :p ' " ` \\ 'x' 1 1e9 a s 🐇 \0 NOT AND OR IN BETWEEN LIKE \
                ESCAPE IS NULL CASE WHEN THEN END CAST( AS ARRAY< STRUCT< INT INTERVAL DATE SELECT FROM EXISTS OVER DISTINCT \
                FILTER lower( rand() java_method( transform( x-> IDENTIFIER( EXTRACT( TRIM( COLLATE AT GROUP ${env:HOME} TABLE \
                LATERAL END; BEGIN""";
        return Arbitraries.of(words.split(" ")).list().ofMaxSize(60);
    }

    /** Also a mistake in the parser's own code would be another exception. */
    @Property(tries = 1_000)
    void isRefusedOrUnderstoodAndNothingElse(@ForAll("words") List<String> words) {
        String filter = String.join(" ", words);
        Throwable thrown = catchThrowable(() -> FilterCondition.check(filter));
        if (thrown != null && !(thrown instanceof AnalysisException)) {
            assertThat(thrown)
                    .isInstanceOf(MambaSqlException.class)
                    .hasMessageStartingWith("[MAMBA_FILTER_NOT_ALLOWED]");
        }
    }
}
