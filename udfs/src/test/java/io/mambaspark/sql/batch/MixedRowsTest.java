package io.mambaspark.sql.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.sql.LocalSpark;
import io.mambaspark.sql.OwnJvm;
import io.mambaspark.sql.StubEngineProvider;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Rows of one byte and of 100 MB, mixed, in a heap of {@value #HEAP}: a large row is taken alone, whatever waits before it. It
 * costs several times its bytes: Spark's own row, our copy of it, the text, what is made of it.
 *
 * <p>{@code mvn -Pslow -pl udfs -am -Dtest=MixedRowsTest -Dsurefire.failIfNoSpecifiedTests=false test}
 */
@Tag("slow")
class MixedRowsTest {
    private static final String HEAP = "1500m";

    @Test
    void rowsOfAllSizesFitASmallHeap() throws Exception {
        assertThat(OwnJvm.run(Rows.class, "-Xmx" + HEAP)).contains("all is well");
    }

    /** Forty rows, two of them large; the model is left out, as it takes nothing that depends on rows. */
    static final class Rows {
        private static final int SENTENCES = 2_500_000;

        private Rows() {}

        public static void main(String[] arguments) {
            SparkSession spark = LocalSpark.session();
            spark.conf().set("spark.mamba.device", StubEngineProvider.STUB);
            String text = "repeat(if(id % 20 = 3, 'The cat slept in the big house by the sea. ', 'x'), if(id % 20 = 3, "
                    + SENTENCES + ", 1))";
            Dataset<Row> query =
                    spark.sql("SELECT id, length(t) AS letters, mamba_summarize(t, 20) AS s, mamba_embed(t) AS v"
                            + " FROM (SELECT id, " + text + " AS t FROM range(0, 40, 1, 1))");
            for (Row row : query.collectAsList()) {
                boolean large = row.getLong(0) % 20 == 3;
                assertThat(row.getInt(1)).isEqualTo(large ? 43 * SENTENCES : 1);
                assertThat(row.getString(2)).startsWith(large ? "The cat slept in the big house by the sea." : "x");
                assertThat(row.getList(3)).hasSize(384);
            }
            System.out.println("all is well");
            spark.stop();
        }
    }
}
