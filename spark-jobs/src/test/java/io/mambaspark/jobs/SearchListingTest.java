package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.passage.PassageField;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** A search as people read it says when there is nothing, and then what is nearest. */
class SearchListingTest {
    private static final StructType COLUMNS = PassageField.rows(
            new StructType().add("number", DataTypes.IntegerType),
            PassageField.RANK,
            PassageField.DOC_ID,
            PassageField.START,
            PassageField.END,
            PassageField.SCORE,
            PassageField.HIGHLIGHTED,
            PassageField.RELEVANCE);

    private static final double NOTHING_BELOW = 0.5;

    private static Row row(int query, int rank, String id, Object relevance) {
        return new GenericRowWithSchema(new Object[] {query, rank, id, 0, 9, 0.7f, "a passage", relevance}, COLUMNS);
    }

    private static List<String> listed(Row... rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SearchListing(
                        new Listing(new PrintStream(out, true, StandardCharsets.UTF_8), 100),
                        List.of(new SearchQuery("a", "first"), new SearchQuery("b", "second")),
                        NOTHING_BELOW)
                .print(Stream.of(rows).iterator());
        return out.toString(StandardCharsets.UTF_8).lines().map(String::strip).toList();
    }

    @Test
    void aBestPassageOfLittleRelevanceIsNothingFound() {
        assertThat(listed(row(0, 1, "far", 0.12f), row(0, 2, "farther", 0.1f), row(1, 1, "near", 0.97f)))
                .containsSubsequence(
                        "first",
                        "Nothing found: the best passage has a relevance of 0.12. The nearest are:",
                        "1. far [0, 9) 0.700 a passage",
                        "2. farther [0, 9) 0.700 a passage",
                        "second",
                        "1. near [0, 9) 0.700 a passage")
                .filteredOn(line -> line.startsWith("Nothing found"))
                .hasSize(1);
    }

    @Test
    void passagesOfUnknownRelevanceAreListedAsTheyAre() {
        assertThat(listed(row(1, 1, "any", null)))
                .containsSubsequence("first", "Nothing found.", "second", "1. any [0, 9) 0.700 a passage");
    }
}
