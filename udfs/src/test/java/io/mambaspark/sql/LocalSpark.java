package io.mambaspark.sql;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The Spark session of the tests, which found the functions on its class path by itself. */
public final class LocalSpark {
    private static final SparkSession SESSION = start();

    private LocalSpark() {}

    /** The one session of this JVM. */
    public static SparkSession session() {
        return SESSION;
    }

    private static SparkSession start() {
        return SparkSession.builder()
                .master("local[2,2]") // a task may fail once
                .appName("tests")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "3")
                .config("spark.mamba.device", "cpu")
                .config("spark.sql.catalog.mamba", MambaCatalog.class.getName())
                .config("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/mamba-tests-warehouse")
                .getOrCreate();
    }

    /** The rows of a query. */
    public static List<Row> rows(String sql) {
        return session().sql(sql).collectAsList();
    }

    /** The only value of a query. */
    @SuppressWarnings("unchecked") // the test knows
    public static <T> T value(String sql) {
        return (T) rows(sql).get(0).get(0);
    }
}
