package io.mambaspark.index.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.index.MambaIndex;
import io.mambaspark.index.SearchOptions;
import io.mambaspark.index.shard.ShardCache;
import io.mambaspark.sql.MambaKryoRegistrator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * A program that searches an index twice on two executors, with Kryo for all that travels, and prints the rows, and how many
 * shards the second search has copied.
 */
final class SearchOnExecutors {
    private static final String LINE = "FOUND ";
    private static final int EXECUTORS = 2;
    private static final int PATIENCE_MINUTES = 10;

    private SearchOnExecutors() {}

    /** Runs it in a JVM of its own; the lines that it printed. */
    static List<String> fork(Path folder, String index, List<String> queries) throws Exception {
        Path home = Files.createDirectories(folder.resolve("home/jars")).getParent();
        Path log = folder.resolve("executors.log");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-javaagent"))
                .forEach(command::add);
        command.addAll(List.of("-cp", classPath(), SearchOnExecutors.class.getName(), index));
        command.addAll(queries);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .directory(folder.toFile());
        builder.environment()
                .putAll(Map.of(
                        "SPARK_HOME", home.toString(), "SPARK_SCALA_VERSION", "2.13", "SPARK_LOCAL_IP", "127.0.0.1"));
        Process process = builder.start();
        boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
        process.destroy();
        String output = Files.readString(log);
        assertThat(ended).as(output).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output.lines()
                .filter(line -> line.startsWith(LINE))
                .map(line -> line.substring(LINE.length()))
                .toList();
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    public static void main(String[] arguments) throws IOException {
        SparkSession spark = SparkSession.builder()
                .master("local-cluster[" + EXECUTORS + ",1,1024]")
                .config("spark.ui.enabled", "false")
                .config("spark.executor.memory", "1g")
                .config("spark.executor.extraClassPath", classPath())
                .config("spark.serializer", KryoSerializer.class.getName())
                .config("spark.kryo.registrator", MambaKryoRegistrator.class.getName())
                .config("spark.kryo.registrationRequired", "true")
                .config("spark.scheduler.minRegisteredResourcesRatio", "1")
                .config("spark.mamba.device", "cpu")
                .config(
                        "spark.sql.warehouse.dir",
                        Path.of("warehouse").toAbsolutePath().toString())
                .getOrCreate();
        Dataset<Row> queries = BruteForce.asked(spark, Arrays.asList(arguments).subList(1, arguments.length));
        search(spark, arguments[0], queries);
        long copied = copied(spark);
        search(spark, arguments[0], queries);
        System.out.println(LINE + "copied " + (copied(spark) - copied));
        spark.stop();
    }

    private static void search(SparkSession spark, String index, Dataset<Row> queries) {
        MambaIndex.open(spark, index)
                .search(queries, SearchOptions.defaults())
                .orderBy("query_id", "rank")
                .toJSON()
                .collectAsList()
                .forEach(row -> System.out.println(LINE + row));
    }

    /** Of all executors: so many short tasks that each gets some. */
    private static long copied(SparkSession spark) {
        List<Integer> tasks = IntStream.range(0, 20 * EXECUTORS).boxed().toList();
        Map<String, Long> byExecutor = new JavaSparkContext(spark.sparkContext())
                .parallelize(tasks, tasks.size())
                .mapToPair(task -> {
                    Thread.sleep(10);
                    return new Tuple2<>(
                            SparkEnv.get().executorId(), ShardCache.ofThisJvm().copied());
                })
                .collectAsMap();
        assertThat(byExecutor).hasSize(EXECUTORS);
        return byExecutor.values().stream().mapToLong(Long::longValue).sum();
    }
}
