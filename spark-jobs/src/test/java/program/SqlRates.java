package program;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.engine.Engines;
import io.mambaspark.engine.MambaEngine;
import io.mambaspark.engine.ReadingState;
import io.mambaspark.engine.TokenBlock;
import io.mambaspark.engine.TokenBlock.Segment;
import io.mambaspark.engine.Wanted;
import io.mambaspark.model.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Rates of one run on the same texts: the engine alone (tokens in, sums of pieces out), SQL in batches, and SQL row by row
 * ({@code spark.mamba.batch.enabled=false}); each with as many threads as tasks run at once, longest texts first.
 *
 * <pre>{@code spark-submit --master local[2] --jars bundle.jar --class program.SqlRates test.jar BOOKS SHORT LONG}</pre>
 * with a folder of books, and how many rows of about 60 and of about 500 tokens to cut from them.
 */
public final class SqlRates {
    private static final int SHORT = 230;
    private static final int LONG = 1_950;
    private static final int BLOCK = 512;
    /** Of rows: so many that tasks end together. */
    private static final int PARTITIONS_A_THREAD = 4;

    private final SparkSession spark = SparkSession.builder().getOrCreate();
    private final int threads = spark.sparkContext().defaultParallelism();
    private final Checkpoint checkpoint = Checkpoint.builtIn();
    private final MambaEngine engine = Engines.choose("cpu").create(checkpoint, new EngineOptions("cpu", 1, BLOCK));

    private SqlRates() {}

    public static void main(String[] arguments) throws Exception {
        List<String> books = books(Path.of(arguments[0]));
        SqlRates rates = new SqlRates();
        int partitions = PARTITIONS_A_THREAD * rates.threads;
        String embed = "mamba_embed(value)";
        rates.measure("warm-up", rows(books, SHORT, 500), partitions, embed);
        rates.measure("rows of 60 tokens", rows(books, SHORT, Integer.parseInt(arguments[1])), partitions, embed);
        rates.measure("rows of 500 tokens", rows(books, LONG, Integer.parseInt(arguments[2])), partitions, embed);
        rates.measure("books", books, books.size(), "mamba_summarize(value, 100)");
        rates.spark.stop();
    }

    private static List<String> books(Path folder) throws IOException {
        List<String> books = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".txt"))
                    .sorted()
                    .toList()) {
                books.add(Files.readString(file));
            }
        }
        return books;
    }

    private static List<String> rows(List<String> books, int characters, int count) {
        List<String> rows = new ArrayList<>();
        for (int round = 0; rows.size() < count; round++) {
            String book = books.get(round % books.size());
            for (int at = round; at + characters < book.length() && rows.size() < count; at += characters) {
                rows.add(book.substring(at, at + characters));
            }
        }
        return rows;
    }

    private void measure(String what, List<String> texts, int partitions, String call) throws InterruptedException {
        List<int[]> tokens = new ArrayList<>();
        texts.forEach(text -> tokens.add(checkpoint.tokenizer().encode(text)));
        tokens.sort(Comparator.comparingInt(ids -> -ids.length));
        long total = tokens.stream().mapToLong(ids -> ids.length).sum();
        Dataset<Row> table = table(texts, partitions).cache();
        table.count();
        table.createOrReplaceTempView("texts");
        double alone = total / seconds(() -> readAll(tokens));
        double batched = total / seconds(() -> query(call, true));
        double byRow = total / seconds(() -> query(call, false));
        table.unpersist();
        System.out.printf(
                "RATES %s: %,d texts, %,d tokens; tokens/s: engine %,.0f, batched %,.0f (%.0f %%), row by row %,.0f%n",
                what, texts.size(), total, alone, batched, 100 * batched / alone, byRow);
    }

    /** The texts, longest first, the same number in each partition: not by a shuffle, which may put all into one. */
    private Dataset<Row> table(List<String> texts, int partitions) {
        List<String> longestFirst = texts.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        JavaRDD<String> rows = new JavaSparkContext(spark.sparkContext()).parallelize(longestFirst, partitions);
        return spark.createDataset(rows.rdd(), Encoders.STRING()).toDF("value");
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private static double seconds(Work work) throws InterruptedException {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private void query(String call, boolean batched) {
        spark.conf().set("spark.mamba.batch.enabled", batched);
        spark.sql("SELECT " + call + " AS made FROM texts")
                .write()
                .format("noop")
                .mode("overwrite")
                .save();
    }

    private void readAll(List<int[]> documents) throws InterruptedException {
        Queue<int[]> waiting = new ConcurrentLinkedQueue<>(documents);
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread reader = new Thread(() -> read(waiting));
            reader.start();
            readers.add(reader);
        }
        for (Thread reader : readers) {
            reader.join();
        }
    }

    /** Packs documents into blocks until none waits. */
    private void read(Queue<int[]> waiting) {
        int[] block = new int[BLOCK];
        int[] document = waiting.poll();
        int at = 0;
        ReadingState state = null;
        while (document != null) {
            List<Segment> segments = new ArrayList<>();
            int used = 0;
            while (document != null && used < BLOCK) {
                state = state == null ? new ReadingState(checkpoint.config()) : state;
                int count = Math.min(BLOCK - used, document.length - at);
                System.arraycopy(document, at, block, used, count);
                boolean last = at + count == document.length;
                segments.add(new Segment(used, count, state, last ? new int[] {count} : new int[0], last));
                used += count;
                at += count;
                if (last) {
                    document = waiting.poll();
                    at = 0;
                    state = null;
                }
            }
            engine.read(new TokenBlock(block, segments), Wanted.PIECES);
        }
    }
}
