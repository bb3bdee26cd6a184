package io.mambaspark.sql.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.sql.LocalSpark;
import io.mambaspark.sql.LoggedLines;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A session says once that it reads row by row, and why. */
class RowByRowHintTest {
    private static final String CATS = " FROM (SELECT id, concat('cat ', id) AS t FROM range(3)) AS c";

    private final SparkSession session = LocalSpark.session().newSession();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    transform(array(t), e -> mamba_token_count(e)) | variable of a lambda
                    mamba_token_count(concat(t, rand()))           | not deterministic
                    """)
    void saysWhy(String call, String reason) {
        try (LoggedLines log = new LoggedLines(RowByRowHint.class.getName())) {
            session.sql("SELECT mamba_token_count(t), max(id)" + CATS + " GROUP BY 1")
                    .collectAsList();
            assertThat(log.lines()).isEmpty();
            session.sql("SELECT " + call + CATS).collectAsList();
            session.sql("SELECT id, " + call + CATS).collectAsList();
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN mamba_token_count reads")
                    .contains(reason);
        }
    }

    @Test
    void saysNothingWhereItWasAskedFor() {
        session.conf().set("spark.mamba.batch.enabled", "false");
        try (LoggedLines log = new LoggedLines(RowByRowHint.class.getName())) {
            session.sql("SELECT mamba_token_count(t)" + CATS).collectAsList();
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void namesAnOuterJoin() {
        try (LoggedLines log = new LoggedLines(RowByRowHint.class.getName())) {
            session.sql("SELECT a.id FROM range(2) AS a LEFT JOIN range(3) AS b"
                            + " ON mamba_token_count(concat(a.id, ' ', b.id)) > 1")
                    .collectAsList();
            assertThat(log.lines()).singleElement().asString().contains("outer join");
        }
    }
}
