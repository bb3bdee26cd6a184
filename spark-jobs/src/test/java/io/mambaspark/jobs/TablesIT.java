package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of Delta Lake and Apache Iceberg, whose newest releases are for this Spark, are written and changed. */
@Tag("distribution")
class TablesIT {
    private static final String SPARK = System.getProperty("tables.spark.version");

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "delta, io.delta.sql.DeltaSparkSessionExtension",
        "iceberg, org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions"
    })
    void changesByOurFunctionsAreThoseByTheFunctionsOfSql(String format, String extension) throws IOException {
        List<SparkHome> homes =
                SparkHome.distributions().filter(home -> home.isOf(SPARK)).toList();
        assumeThat(homes).as("-Dspark.distribution names a Spark " + SPARK).isNotEmpty();
        SparkSubmit spark = SparkSubmit.onDistribution(homes.get(0), folder)
                .master("local[2]")
                .conf("spark.sql.shuffle.partitions", "2")
                .conf("spark.sql.extensions", extension)
                .conf("spark.sql.catalog.ice", "org.apache.iceberg.spark.SparkCatalog")
                .conf("spark.sql.catalog.ice.type", "hadoop")
                .conf(
                        "spark.sql.catalog.ice.warehouse",
                        folder.resolve("iceberg").toString())
                .withBundleAnd(jars(format));
        if (format.equals("delta")) {
            spark.conf("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                    .conf("spark.databricks.delta.snapshotPartitions", "2");
        }
        Programs.Result run = spark.run(Scripts.python("tables.py"), format).exitsWith(0);
        assertThat(run.out()).contains("all tables are as they should be on " + SPARK);
    }

    private static List<Path> jars(String format) throws IOException {
        try (Stream<Path> jars = Files.list(Path.of(System.getProperty("tables.jars")))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith(format))
                    .sorted()
                    .toList();
        }
    }
}
