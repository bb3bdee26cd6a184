package program;

import org.apache.spark.sql.SparkSession;

/** What a user of Spark Connect writes in Java: prints a summary that a server made, and how it was planned. */
public final class ConnectClient {
    private static final String QUERY =
            "SELECT mamba_summarize('The fire of London burned for four days in 1666. The cat slept ' || id, 10) AS summary"
                    + " FROM range(1)";

    private ConnectClient() {}

    public static void main(String[] arguments) throws Exception {
        SparkSession spark = SparkSession.builder().remote(arguments[0]).getOrCreate();
        System.out.println(spark.sql(QUERY).collectAsList());
        System.out.println(spark.sql("EXPLAIN " + QUERY).first().getString(0));
        spark.close();
    }
}
