package io.mambaspark.sql.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.mambaspark.sql.LocalSpark;
import io.mambaspark.sql.MambaSqlException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A filter is a condition on columns, which Spark understands as it does WHERE, and nothing else. */
class FilterConditionTest {
    private static final SparkSession SPARK = LocalSpark.session();

    private static final Dataset<Row> PASSAGES = SPARK.sql("""
            SELECT * FROM VALUES
              ('en/1', 0, 0, 120, 1865, 'Alice', DATE '2020-12-24', array('law', 'novel'), map('genre', 'novel'),
               named_struct('name', 'Carroll')),
              ('en/2', 1, 120, 260, 1666, 'The Fire', DATE '1999-01-31', array('law'), map('genre', 'diary'),
               named_struct('name', 'Pepys')),
              ('10%', 2, 7, 8, 1800, 'x', DATE '2020-02-29', array('x'), map('genre', 'novel'),
               named_struct('name', 'Dickens')),
              ('4', 3, 8, 9, NULL, NULL, NULL, NULL, NULL, NULL)
            AS p(doc_id, passage, start, `end`, year, title, published, tags, labels, author)
            """);

    private static Dataset<Row> filtered(String filter) {
        return FilterCondition.of(SPARK, filter).on(PASSAGES);
    }

    static Stream<String> examples() {
        return Arrays.stream(FilterPart.values()).flatMap(part -> part.examples().stream());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void whatIsDocumentedMeansWhatItMeansInWhere(String filter) {
        assertThat(filtered(filter).collectAsList())
                .isEqualTo(PASSAGES.where(filter).collectAsList());
    }

    /** With as many arguments as each takes. */
    static Stream<String> functions() {
        return Arrays.stream(FilterPart.values())
                .flatMap(part -> part.functions().stream().map(function -> switch (part) {
                    case DATE_PARTS ->
                        switch (function) {
                            case "extract" -> "extract(DOW FROM published) > 1";
                            case "date_part" -> function + "('DOY', published) > 30";
                            default -> function + "(published) >= 1";
                        };
                    case TEXTS ->
                        function.startsWith("sub")
                                ? function + "(title, 2) = 'lice'"
                                : function + "(title) IN ("
                                        + (function.contains("len") ? "5, 1)" : "'alice', 'ALICE', 'x')");
                    case ARRAYS -> function + "(tags, 'law')";
                    default -> "year NOT BETWEEN 1600 AND 1700";
                }));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void itsFunctionsAreSparks(String filter) {
        assertThat(filtered(filter).collectAsList())
                .isEqualTo(PASSAGES.where(filter).collectAsList());
    }

    /** Types of arguments are known only after what stands inside them is analyzed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "year / 7 BETWEEN 238.1 AND 266.5",
                "extract(YEAR FROM CAST(substring(CAST(published AS STRING), 1, 10) AS DATE)) = 2020",
                "array_contains(tags, lower(upper(trim('  law '))))",
                "length(author.name) + length(labels['genre']) = 12",
                "lower(tags[0]) = 'law' AND Upper(TITLE) = 'ALICE'",
                "year(published) - year BETWEEN `end` - start AND 2 * (`end` - `start`)",
            })
    void functionsMayStandInEachOther(String filter) {
        assertThat(filtered(filter).collectAsList())
                .isEqualTo(PASSAGES.where(filter).collectAsList())
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '§', textBlock = """
            year IN (SELECT 1666)                                 # IN (SELECT 1666)
            (SELECT max(1)) = 1                                   # (SELECT max(1))
            EXISTS (SELECT 1)                                     # EXISTS (SELECT 1)
            year > 0 AND java_method('java.lang.System', 'exit')  # java_method('java.lang.System', 'exit')
            reflect('java.lang.System', 'getenv', 'HOME') = 'x'   # reflect('java.lang.System', 'getenv', 'HOME')
            try_reflect('java.lang.System', 'getenv') = 'x'       # try_reflect
            raise_error('x') IS NULL                              # raise_error('x')
            assert_true(year = 1) IS NULL                         # assert_true(year = 1)
            rand() < 0.5                                          # rand()
            uuid() = ''                                           # uuid()
            title RLIKE '(a+)+b'                                  # RLIKE '(a+)+b'
            regexp_like(title, 'a')                               # regexp_like(title, 'a')
            title ILIKE 'a'                                       # ILIKE 'a'
            title LIKE ANY ('a', 'b')                             # LIKE ANY ('a', 'b')
            exists(tags, t -> t = 'law')                          # exists(tags, t -> t = 'law')
            size(filter(tags, t -> t = 'law')) > 0                # size(filter(tags, t -> t = 'law'))
            array_contains(transform(tags, t -> t), 'x')          # transform(tags, t -> t)
            lower(x -> x) = ''                                    # x -> x
            lower(*) = ''                                         # *
            author.* IS NULL                                      # author.*
            struct(*) IS NULL                                     # struct(*)
            (year, passage) IN ((1, 2))                           # (year, passage)
            count(*) > 1                                          # count(*)
            max(year) = 1666                                      # max(year)
            first(year) = 1666                                    # first(year)
            year(published) OVER () = 2020                        # OVER ()
            row_number() OVER (ORDER BY year) = 1                 # row_number() OVER (ORDER BY year)
            lower(DISTINCT title) = 'x'                           # lower(DISTINCT title)
            lower(title) FILTER (WHERE TRUE) = 'x'                # lower(title) FILTER (WHERE TRUE)
            lower(title) IGNORE NULLS = 'x'                       # lower(title) IGNORE NULLS
            lower(str => title) = 'x'                             # str => title
            mamba_token_count(title) = 1                          # mamba_token_count(title)
            mamba.token_count(title) = 1                          # mamba.token_count(title)
            `spark_catalog`.`default`.`lower`(title) = 'x'        # `spark_catalog`.`default`.`lower`(title)
            system.builtin.lower(title) = 'x'                     # system.builtin.lower(title)
            `a.lower`(title) = 'x'                                # `a.lower`(title)
            current_user() = 'x'                                  # current_user()
            current_user = 'x'                                    # current_user
            session_user = 'x'                                    # session_user
            current_date > published                              # current_date
            year = :year                                          # :year
            year = ?                                              # ?
            IDENTIFIER('lower')(title) = 'x'                      # IDENTIFIER('lower')(title)
            year = 1 AS one                                       # year = 1 AS one
            CASE WHEN year = 1 THEN TRUE END                      # CASE WHEN year = 1 THEN TRUE END
            if(year = 1, TRUE, FALSE)                             # if(year = 1, TRUE, FALSE)
            coalesce(year, 1) = 1                                 # coalesce(year, 1)
            doc_id || title = 'x'                                 # doc_id || title
            repeat(title, 1000000000) = 'x'                       # repeat(title, 1000000000)
            sequence(1, 1000000000) IS NULL                       # sequence(1, 1000000000)
            year & 1 = 1                                          # year & 1
            ~year = 1                                             # ~year
            title COLLATE UTF8_LCASE = 'x'                        # title COLLATE UTF8_LCASE
            CAST(title AS STRING COLLATE UTF8_LCASE) = 'x'        # CAST(title AS STRING COLLATE UTF8_LCASE)
            CAST(title AS ARRAY<INT>) IS NULL                     # CAST(title AS ARRAY<INT>)
            CAST(title AS VARIANT) IS NULL                        # CAST(title AS VARIANT)
            map('a', 1)['a'] = 1                                  # map('a', 1)
            year = 1 /* or else */                                # /* or else */
            year = 1 -- or else                                   # -- or else
            title = '🐇🐇' AND rand() < 1                          # has rand():
            """)
    void allElseIsRefusedByThePartThatIsWrong(String filter, String part) {
        assertThatThrownBy(() -> filtered(filter))
                .isInstanceOf(MambaSqlException.class)
                .hasMessageStartingWith("[MAMBA_FILTER_NOT_ALLOWED] The filter has ")
                .hasMessageContaining(part);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"year >", "year = 1; DROP TABLE x", "BEGIN SELECT 1; END", "SELECT 1", "", "year = 1, 2", "'a"})
    void whatIsNoExpressionIsSparksErrorOfSyntax(String filter) {
        assertThatThrownBy(() -> filtered(filter))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("[PARSE_");
    }

    @Test
    void userFunctionsOfAllowedNamesAreNotCalled() {
        SparkSession session = SPARK.newSession();
        UDF1<Object, Object> fails = any -> {
            throw new IllegalStateException("a function of a user was called");
        };
        for (String name : FilterPart.allFunctions()) {
            session.udf().register(name, fails, DataTypes.StringType);
        }
        Dataset<Row> passages = session.createDataFrame(PASSAGES.collectAsList(), PASSAGES.schema());
        String filter = "lower(title) = 'alice' AND year BETWEEN 1800 AND 1900 AND extract(MONTH FROM published) = 12";
        assertThat(catchThrowable(() -> passages.where(filter).collectAsList()))
                .as("the session's own WHERE calls them")
                .isNotNull();
        assertThat(FilterCondition.of(session, filter).on(passages).collectAsList())
                .isEqualTo(PASSAGES.where("title = 'Alice'").collectAsList());
    }

    @Test
    void namesAreColumnsOrNothing() {
        SparkSession session = SPARK.newSession();
        session.sql("DECLARE VARIABLE secret STRING DEFAULT 'x'");
        for (String name : List.of("secret", "session.secret", "system.session.secret")) {
            assertThatThrownBy(
                            () -> FilterCondition.of(session, name + " = 'x'").on(PASSAGES))
                    .hasMessageStartingWith("[MAMBA_FILTER_NOT_ALLOWED] The filter has " + name + ":");
        }
        assertThatThrownBy(() -> filtered("yaer = 1"))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("[UNRESOLVED_COLUMN")
                .hasMessageContaining("`year`");
    }

    /** Which would tell what the driver's environment holds, letter by letter. */
    @Test
    void variablesOfTheEnvironmentAreNotPutIn() {
        assertThat(PASSAGES.where("'${env:PATH}' LIKE '%/%'").count())
                .as("the session's own WHERE does")
                .isEqualTo(4);
        assertThat(filtered("'${env:PATH}' LIKE '%/%'").count()).isZero();
    }

    /** Short texts for which Spark's parser alone takes minutes, or overflows the stack. */
    static Stream<String> deepOnes() {
        return IntStream.of(100, 3_000)
                .boxed()
                .flatMap(n -> Stream.of(
                        "(".repeat(n) + "year = 1" + ")".repeat(n),
                        "(".repeat(n),
                        "NOT ".repeat(n) + "TRUE",
                        "- ".repeat(n) + "1 = 1",
                        "1" + " + 1".repeat(n) + " = 1",
                        "TRUE" + " = TRUE".repeat(n),
                        "lower(".repeat(n) + "title" + ")".repeat(n),
                        "tags[".repeat(n) + "1" + "]".repeat(n),
                        "year IN (".repeat(n) + "1" + ")".repeat(n),
                        "CASE WHEN ".repeat(n) + "TRUE" + " THEN 1 END".repeat(n),
                        "CAST(".repeat(n) + "1" + " AS INT)".repeat(n),
                        "CAST(1 AS " + "ARRAY<".repeat(n) + "INT" + ">".repeat(n) + ")",
                        "CAST(1 AS " + "STRUCT<a: ".repeat(n) + "INT" + ">".repeat(n) + ")",
                        "lower(" + "x -> ".repeat(n) + "x)",
                        "/*".repeat(n) + "*/".repeat(n) + " TRUE"));
    }

    @ParameterizedTest
    @MethodSource("deepOnes")
    void whatIsTooDeepIsRefusedAtOnce(String filter) {
        assertTimeout(
                Duration.ofSeconds(10),
                () -> assertThatThrownBy(() -> FilterCondition.check(filter))
                        .hasMessageStartingWith("[MAMBA_FILTER_NOT_ALLOWED]"));
    }

    @Test
    void longListsAreAllowed() {
        String ids = IntStream.range(0, 5_000).mapToObj(i -> "'" + i + "'").collect(Collectors.joining(", "));
        assertThat(filtered("doc_id IN (" + ids + ")").count()).isEqualTo(1);
        String either = IntStream.range(0, 2_000).mapToObj(i -> "year = " + i).collect(Collectors.joining(" OR "));
        assertThat(filtered(either).count()).isEqualTo(3);
        assertThatThrownBy(() -> filtered("doc_id = '" + "x".repeat(FilterText.LENGTH) + "'"))
                .hasMessageStartingWith("[MAMBA_FILTER_NOT_ALLOWED] The filter has doc_id = 'xxx")
                .hasMessageContaining("at most 65536 characters")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "title = '/* no comment */ -- nor this'",
                "title = \"((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((\"",
                "title = 'it\\'s /* quoted'",
                "title = 'CASE CASE' AND 'a''--b' IS NOT NULL",
                "`title` <> '`' AND title <> 'array<array<'",
            })
    void whatIsQuotedIsNoBracketAndNoComment(String filter) {
        assertThat(filtered(filter).collectAsList())
                .isEqualTo(PASSAGES.where(filter).collectAsList());
    }
}
