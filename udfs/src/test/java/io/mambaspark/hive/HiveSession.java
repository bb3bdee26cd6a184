package io.mambaspark.hive;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A program that runs the queries of its arguments with Hive's catalog, in memory, and prints their rows. */
final class HiveSession {
    private HiveSession() {}

    public static void main(String[] queries) {
        SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.mamba.device", "cpu")
                .config("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/mamba-tests-warehouse")
                .config("spark.hadoop.javax.jdo.option.ConnectionURL", "jdbc:derby:memory:metastore;create=true")
                .enableHiveSupport()
                .getOrCreate();
        for (String query : queries) {
            try {
                spark.sql(query).collectAsList().forEach((Row row) -> System.out.println(row.mkString(" ")));
            } catch (Exception e) {
                System.out.println(e.getMessage());
            }
        }
        spark.stop();
    }
}
