package io.mambaspark.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.error.ErrorConditions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ErrorClassesJsonReader;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.jdk.javaapi.CollectionConverters;

/** What is said of the functions is complete and up to date wherever it is said. */
class FunctionReferenceTest {
    private static final Path DOCS = Path.of("../docs");

    static Stream<FunctionDescription> functions() {
        return Stream.concat(
                Functions.all(Evaluation.BATCHED).stream().map(MambaFunction::description),
                Functions.ofTables().stream());
    }

    @Test
    void thePageIsUpToDate() throws IOException {
        assertUpToDate("functions.md", Reference.markdown());
    }

    @Test
    void thePrintedLanguageOfFiltersIsTheOneThatIsChecked() throws IOException {
        assertUpToDate(
                "index.md",
                Reference.withWrittenPart(Files.readString(DOCS.resolve("index.md")), "filters", Reference.filters()));
    }

    @Test
    void thePageOfErrorsHasAllConditions() throws IOException {
        assertUpToDate(
                "errors.md",
                Reference.withWrittenPart(Files.readString(DOCS.resolve("errors.md")), "errors", Reference.errors()));
    }

    /** Run with {@code -Dmamba.docs=write} to bring the pages up to date. */
    private static void assertUpToDate(String name, String page) throws IOException {
        if ("write".equals(System.getProperty("mamba.docs"))) {
            Files.writeString(DOCS.resolve(name), page);
        }
        assertThat(Files.readString(DOCS.resolve(name))).isEqualTo(page);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void sqlDescribesEachFunction(FunctionDescription function) {
        for (String prefix : Functions.ofTables().contains(function) ? List.of("") : List.of("", Call.TRY)) {
            String text = LocalSpark.rows("DESCRIBE FUNCTION EXTENDED " + prefix + function.name()).stream()
                    .map((Row row) -> row.getString(0) + "\n")
                    .reduce("", String::concat);
            assertThat(text)
                    .contains(prefix + function.call())
                    .contains(function.usage())
                    .contains(function.meaning())
                    .contains("Since: " + function.since());
            assertThat(function.arguments())
                    .allSatisfy(argument -> assertThat(text).contains("* " + argument.name()));
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void itsErrorsAreDocumented(FunctionDescription function) {
        assertThat(ErrorConditions.all().keySet()).containsAll(function.errors());
    }

    /** Spark's own reader takes our conditions and words them as we do. */
    @Test
    void theConditionsHaveSparksForm() {
        var spark = new ErrorClassesJsonReader(
                CollectionConverters.asScala(List.of(ErrorConditions.class.getResource("error-conditions.json")))
                        .toSeq());
        assertThat(ErrorConditions.all()).allSatisfy((name, condition) -> {
            assertThat(spark.isValidErrorClass(name)).isTrue();
            assertThat(spark.getSqlState(name)).isEqualTo(condition.sqlState()).hasSize(5);
            assertThat(spark.getMessageTemplate(name)).isEqualTo(condition.template());
        });
    }
}
