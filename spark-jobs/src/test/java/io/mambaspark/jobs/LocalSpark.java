package io.mambaspark.jobs;

import org.apache.spark.sql.SparkSession;

/** One Spark session in the JVM of the tests. */
final class LocalSpark {
    private LocalSpark() {}

    static SparkSession session() {
        return SparkSession.builder()
                .master("local[2]")
                .appName("tests")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "3")
                .config("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/mamba-tests-warehouse")
                .getOrCreate();
    }
}
