package io.mambaspark.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.ml.TextColumns;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nothing that functions send is unknown to Kryo where classes must be registered, in local mode as in a cluster. */
@Tag("thorough")
class KryoTest {
    @Test
    void localModeWithRegistrationRequired() throws Exception {
        String printed = OwnJvm.run(
                Queries.class,
                "-Xmx1g",
                "-Dspark.serializer=org.apache.spark.serializer.KryoSerializer",
                "-Dspark.kryo.registrationRequired=true",
                "-Dspark.kryo.registrator=" + MambaKryoRegistrator.class.getName());
        assertThat(printed).contains("all is well");
    }

    /** What is run there: batched, by user-defined functions, held and streamed groups, Spark ML, serialized caches. */
    static final class Queries {
        private static final String CATS =
                "(SELECT id, concat('The cat number ', id, ' slept in the house. It rained.') AS t FROM range(0, 20, 1, 2))";

        private Queries() {}

        public static void main(String[] arguments) {
            SparkSession spark = LocalSpark.session();
            List<Row> batched = scalars(spark).collectAsList();
            List<Row> groups = groups(spark, "").collectAsList();
            assertThat(groups(spark, ", count(*)").drop("count(1)").collectAsList())
                    .isEqualTo(groups);
            assertThat(scalars(spark)
                            .persist(StorageLevel.MEMORY_ONLY_SER())
                            .sort("id")
                            .collectAsList())
                    .isEqualTo(batched);
            Dataset<Row> columns = TextColumns.of("t")
                    .with("s", "mamba_summarize", 5)
                    .with("v", "mamba_embed")
                    .with("h", "mamba_retrieve", "cats", 2)
                    .addTo(spark.sql("SELECT * FROM " + CATS));
            assertThat(columns.select("id", "s", "v", "h").sort("id").collectAsList())
                    .isEqualTo(batched);
            PlainFunctions.register(spark, MambaConf.of(spark), new Evaluation(false, "asked for"));
            assertThat(scalars(spark).collectAsList()).isEqualTo(batched);
            assertThat(spark.sql("SELECT id % 3 AS g, mamba_summarize_agg(t, 9, id) AS s FROM " + CATS
                                    + " GROUP BY 1 ORDER BY 1")
                            .collectAsList())
                    .isEqualTo(groups);
            System.out.println("all is well");
            spark.stop();
        }

        private static Dataset<Row> scalars(SparkSession spark) {
            return spark.sql(
                    "SELECT id, mamba_summarize(t, 5) AS s, mamba_embed(t) AS v, mamba_retrieve(t, 'cats', 2) AS h"
                            + " FROM " + CATS + " ORDER BY id");
        }

        private static Dataset<Row> groups(SparkSession spark, String beside) {
            return spark.sql("SELECT id % 3 AS g, mamba_summarize_agg(t, 9) WITHIN GROUP (ORDER BY id) AS s" + beside
                    + " FROM " + CATS + " GROUP BY 1 ORDER BY 1");
        }
    }
}
