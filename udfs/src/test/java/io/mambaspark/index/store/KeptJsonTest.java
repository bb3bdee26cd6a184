package io.mambaspark.index.store;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.sql.LocalSpark;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptJsonTest {
    private static final String ZONE = "spark.sql.session.timeZone";

    @TempDir
    private Path folder;

    /** To the microsecond, and though the session that reads lives in another time zone. */
    @Test
    void everyValueComesBackAsItWas() {
        SparkSession spark = LocalSpark.session();
        Dataset<Row> kept = spark.sql("""
                SELECT TIMESTAMP '2024-03-31 01:30:00.123456Z' AS at, TIMESTAMP_NTZ '2024-03-31 02:30:00.000001' AS local,
                  DATE '1850-01-02' AS day, 12345678901234567890.1234567890BD AS price, 0.1F AS share, 1e300D AS big,
                  double('NaN') AS none, 9007199254740993L AS id, true AS yes, X'00ff' AS bytes, 'ü "\\\\" ☃' AS title,
                  array(1, NULL) AS parts, map('a', 1) AS names, struct(1 AS x, 'y' AS y) AS pair,
                  INTERVAL '1 02:03:04.5' DAY TO SECOND AS length, CAST(NULL AS STRING) AS nothing
                """);
        StructType columns = kept.schema();
        String zone = spark.conf().get(ZONE);
        try {
            spark.conf().set(ZONE, "Europe/Berlin");
            kept.selectExpr("struct(*) AS kept")
                    .select(KeptJson.write(col("kept")).as("json"))
                    .write()
                    .text(folder.resolve("json").toString());
            spark.conf().set(ZONE, "America/New_York");
            Dataset<Row> read = spark.read()
                    .text(folder.resolve("json").toString())
                    .select(KeptJson.read(col("value"), columns).as("kept"))
                    .select("kept.*");
            assertThat(read.selectExpr("*", "unix_micros(at) AS micros", "hex(bytes) AS hex")
                            .drop("bytes")
                            .first())
                    .isEqualTo(kept.selectExpr("*", "unix_micros(at) AS micros", "hex(bytes) AS hex")
                            .drop("bytes")
                            .first());
        } finally {
            spark.conf().set(ZONE, zone);
        }
    }
}
