package program;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * What a user writes: runs the queries of its arguments and prints their rows as JSON, a line each. The argument {@code
 * late=<jar>} adds a jar to the session as a notebook does, and registers the functions.
 */
public final class Queries {
    private Queries() {}

    public static void main(String[] arguments) throws Exception {
        SparkSession spark = SparkSession.builder().getOrCreate();
        for (String argument : arguments) {
            if (argument.startsWith("late=")) {
                register(spark, Path.of(argument.substring("late=".length())));
            } else {
                for (String row : spark.sql(argument).toJSON().collectAsList()) {
                    System.out.println(row);
                }
            }
        }
        spark.stop();
    }

    private static void register(SparkSession spark, Path jar) throws Exception {
        spark.sql("ADD JAR '" + jar + "'");
        ClassLoader late = ((org.apache.spark.sql.classic.SparkSession) spark)
                .sharedState()
                .jarClassLoader();
        Thread.currentThread().setContextClassLoader(late);
        Object registration = Class.forName("io.mambaspark.sql.MambaFunctions", true, late)
                .getMethod("register", SparkSession.class)
                .invoke(null, spark);
        System.out.println(registration);
    }
}
