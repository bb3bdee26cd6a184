package program;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.index.BuildListener;
import io.mambaspark.index.BuildReport;
import io.mambaspark.index.IndexDescription;
import io.mambaspark.index.MambaIndex;
import io.mambaspark.index.Mode;
import io.mambaspark.index.SearchOptions;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.text.Sentence;
import io.mambaspark.text.SentenceSplitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * An index of made-up passages ({@link MadeUpRounds}): how fast it is made without the reading, how large it is, how fast and how
 * well it is searched, beside a scan of its Parquet vectors in Spark SQL. Queries are sentences of the books, and their vectors
 * are the centres of those of the passages.
 *
 * <pre>{@code spark-submit --master local[2] --driver-memory 4g --conf spark.ui.enabled=false --jars bundle.jar
 *     --class program.IndexScale test.jar BOOKS FOLDER PASSAGES}</pre>
 * with a folder of books, an empty folder and how many passages to make. On a folder that has the index the making is left out:
 * the first search is then the first of the JVM on files that it did not write.
 */
public final class IndexScale {
    private static final int QUERIES = 1_000;
    private static final int SINGLE = 100;
    private static final int COLD = 10;
    private static final int SCANS = 5;
    private static final int WARM_UP = 20;
    private static final SearchOptions OPTIONS = SearchOptions.defaults();

    private final SparkSession spark = SparkSession.builder().getOrCreate();
    private final Path folder;
    private final Path index;
    private final String[] queries;
    private final float[][] vectors = new float[QUERIES][];

    private IndexScale(Path folder, String[] sentences) {
        this.folder = folder;
        this.index = folder.resolve("index");
        int step = sentences.length / QUERIES;
        this.queries =
                IntStream.range(0, QUERIES).mapToObj(i -> sentences[i * step]).toArray(String[]::new);
    }

    public static void main(String[] arguments) throws IOException {
        String[] sentences = sentences(Path.of(arguments[0]));
        IndexScale scale = new IndexScale(Path.of(arguments[1]), sentences);
        scale.make(sentences, Integer.parseInt(arguments[2]) / MadeUpRounds.PASSAGES);
        scale.measure();
        scale.spark.stop();
    }

    private static String[] sentences(Path books) throws IOException {
        List<String> sentences = new ArrayList<>();
        try (Stream<Path> files = Files.list(books)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".txt"))
                    .sorted()
                    .toList()) {
                String book = Files.readString(file);
                for (Iterator<Sentence> each = SentenceSplitter.english().split(book); each.hasNext(); ) {
                    String sentence =
                            each.next().span().of(book).replaceAll("\\s+", " ").strip();
                    if (sentence.length() > 30 && sentence.length() < 400) {
                        sentences.add(sentence);
                    }
                }
            }
        }
        return sentences.toArray(String[]::new);
    }

    private void make(String[] sentences, int documents) throws IOException {
        try (MambaModel model =
                MambaModel.load(Checkpoint.builtIn(), EngineOptions.defaults().withDevice("cpu"))) {
            for (int i = 0; i < QUERIES; i++) {
                vectors[i] = model.queryVector(queries[i]);
            }
            if (!Files.exists(index)) {
                new MadeUpRounds(sentences, vectors).write(spark, model, index, folder.resolve("documents"), documents);
                build();
            }
        }
        IndexDescription made = open().describe();
        say("%,d passages of %,d documents in %d shards", made.passages(), made.documents(), made.shards());
        say("bytes a passage: shards %,d, Parquet %,d", made.bytes() / made.passages(), parquet() / made.passages());
    }

    /** Without reading: it is told when planning ends and indexing begins. */
    private void build() {
        long start = System.nanoTime();
        double[] planned = new double[1];
        BuildReport report = MambaIndex.build(spark, index.toString())
                .documents(spark.read().parquet(folder.resolve("documents").toString()))
                .listener(new BuildListener() {
                    @Override
                    public void indexing(long passages, int shards) {
                        planned[0] = secondsSince(start);
                    }
                })
                .create();
        double all = secondsSince(start);
        if (report.read() > 0 || report.passages() == 0) {
            throw new IllegalStateException("the made-up reading was not taken: " + report);
        }
        say(
                "built in %.1f s, of which planning %.1f; passages/s of shards and Parquet: %,.0f",
                all, planned[0], report.passages() / (all - planned[0]));
    }

    private long parquet() throws IOException {
        try (Stream<Path> files = Files.walk(index.resolve("passages"))) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private MambaIndex open() {
        return MambaIndex.open(spark, index.toString());
    }

    private void measure() {
        say("first search of this JVM: %.0f ms", 1e3 * search(0, OPTIONS));
        IntStream.range(0, WARM_UP).forEach(i -> search(i, OPTIONS));
        double dense = 0;
        for (Mode mode : Mode.values()) {
            double median = percentiles("warm, " + mode, SINGLE, OPTIONS.withMode(mode));
            dense = mode == Mode.DENSE ? median : dense;
        }
        percentiles("warm, dense, exact", COLD, OPTIONS.withMode(Mode.DENSE).withExact(true));
        // So few that no shard stays.
        spark.conf().set("spark.mamba.index.cacheBytes", "1");
        percentiles("cold (shards copied and checked each time), hybrid", COLD, OPTIONS);
        spark.conf().unset("spark.mamba.index.cacheBytes");
        batch();
        recall();
        scan(dense);
    }

    /** By words alone nothing may be found: in an index of other texts than the books. */
    private double search(int query, SearchOptions options) {
        long start = System.nanoTime();
        List<Row> hits = open().search(queries[query], options).collectAsList();
        if (hits.isEmpty() && options.mode() != Mode.LEXICAL) {
            throw new IllegalStateException("nothing found for: " + queries[query]);
        }
        return secondsSince(start);
    }

    /** The median. */
    private double percentiles(String what, int count, SearchOptions options) {
        double[] seconds = IntStream.range(0, count)
                .mapToDouble(i -> search(i, options))
                .sorted()
                .toArray();
        double median = seconds[count / 2];
        say("%s: p50 %.0f ms, p95 %.0f ms", what, 1e3 * median, 1e3 * seconds[count * 95 / 100]);
        return median;
    }

    private Dataset<Row> table() {
        List<Row> rows = IntStream.range(0, QUERIES)
                .mapToObj(i -> RowFactory.create(i, queries[i]))
                .toList();
        return spark.createDataFrame(rows, StructType.fromDDL("id INT, text STRING"));
    }

    private void batch() {
        long start = System.nanoTime();
        open().search(table(), OPTIONS).write().format("noop").mode("overwrite").save();
        say("a batch of %,d, hybrid: %.1f queries/s", QUERIES, QUERIES / secondsSince(start));
    }

    private void recall() {
        Dataset<Row> some = table().limit(SINGLE);
        SearchOptions dense = OPTIONS.withMode(Mode.DENSE);
        Set<List<Object>> exact = places(open().search(some, dense.withExact(true)));
        Set<List<Object>> found = places(open().search(some, dense));
        found.retainAll(exact);
        say("recall@10 of the graph: %.4f", found.size() / (double) exact.size());
    }

    private static Set<List<Object>> places(Dataset<Row> hits) {
        Set<List<Object>> places = new HashSet<>();
        for (Row hit : hits.select("query_id", "doc_id", "passage").collectAsList()) {
            places.add(Arrays.asList(hit.get(0), hit.get(1), hit.get(2)));
        }
        return places;
    }

    private void scan(double dense) {
        double[] seconds =
                IntStream.range(0, SCANS).mapToDouble(this::scan).sorted().toArray();
        double median = seconds[SCANS / 2];
        say(
                "Spark SQL scans the Parquet vectors: p50 %.0f ms, %.0f times a dense search",
                1e3 * median, median / dense);
    }

    /** Must find what an exact search finds. */
    private double scan(int query) {
        long start = System.nanoTime();
        Dataset<Row> passages = spark.read()
                .option("recursiveFileLookup", true)
                .parquet(index.resolve("passages").toString());
        List<Row> best = passages.withColumn("query", lit(vectors[query]))
                .selectExpr(
                        "doc_id",
                        "passage",
                        "aggregate(zip_with(vector, query, (a, b) -> a * b), CAST(0 AS FLOAT), (s, x) -> s + x) AS cosine")
                .orderBy(col("cosine").desc())
                .limit(OPTIONS.numResults())
                .collectAsList();
        double seconds = secondsSince(start);
        List<Row> exact = open().search(
                        queries[query], OPTIONS.withMode(Mode.DENSE).withExact(true))
                .select("doc_id", "passage")
                .collectAsList();
        if (!best.get(0).getString(0).equals(exact.get(0).getString(0))) {
            throw new IllegalStateException("the scan finds " + best + ", the search " + exact);
        }
        return seconds;
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void say(String format, Object... values) {
        System.out.println("SCALE " + String.format(format, values));
    }
}
