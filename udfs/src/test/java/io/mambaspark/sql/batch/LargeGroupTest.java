package io.mambaspark.sql.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.mambaspark.sql.LocalSpark;
import io.mambaspark.sql.StubEngineProvider;
import io.mambaspark.text.Words;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One group of more text than memory is summarized as one document: sorted, cut into tokens and sentences, scored, selected;
 * all but the model itself, for which {@link StubEngineProvider} stands in.
 *
 * <p>4 GB, which take some 30 GB of disk in {@code java.io.tmpdir}:
 * <pre>{@code mvn -Pslow -pl udfs -am -Dtest=LargeGroupTest -Dsurefire.failIfNoSpecifiedTests=false
 *     -Dtest.jvm.flags=-Xmx2g -Dmamba.group.bytes=4g test}</pre>
 * {@code -Dmamba.group.device=cpu} reads with the model, at its speed.
 */
@Tag("slow")
class LargeGroupTest {
    private static final int PAGE = 64 << 10;
    private static final int MAX_WORDS = 100;
    private static SparkSession spark;
    private static List<String> pages;

    @BeforeAll
    static void start() throws IOException {
        spark = LocalSpark.session();
        spark.conf().set("spark.mamba.device", System.getProperty("mamba.group.device", StubEngineProvider.STUB));
        pages = pages();
        spark.udf().register("page", (UDF1<Long, String>) LargeGroupTest::page, DataTypes.StringType);
    }

    @AfterAll
    static void reset() {
        spark.conf().set("spark.mamba.device", "cpu");
    }

    private static List<String> pages() throws IOException {
        List<String> pages = new ArrayList<>();
        try (Stream<Path> books = Files.list(Path.of("../examples/books"))) {
            for (Path book : books.filter(path -> path.toString().endsWith(".txt"))
                    .sorted()
                    .toList()) {
                String text = Files.readString(book);
                for (int at = 0; at + PAGE <= text.length(); at += PAGE) {
                    pages.add(text.substring(at, at + PAGE));
                }
            }
        }
        return pages;
    }

    /** No two are the same. */
    private static String page(long number) {
        return "This is page number " + number + " of the group. " + pages.get((int) (number % pages.size()));
    }

    @Test
    void aGroupLargerThanMemoryIsOneDocument() {
        long rounds =
                JavaUtils.byteStringAsBytes(System.getProperty("mamba.group.bytes", "128m")) / PAGE / pages.size();
        long rows = rounds * pages.size();
        long start = System.nanoTime();
        Dataset<Row> query = spark.sql("SELECT mamba_summarize_agg(page(id), " + MAX_WORDS
                + ") WITHIN GROUP (ORDER BY id DESC) FROM range(" + rows + ")");
        String summary = query.collectAsList().get(0).getString(0);
        System.out.printf(
                "GROUP of %,d rows, %,d tokens in %,d s; heap %,d MB at most, %,d MB behind a collection: %s%n",
                rows,
                new ExecutedPlan(query).metric(ReadMetrics.TOKENS),
                (System.nanoTime() - start) / 1_000_000_000,
                Runtime.getRuntime().maxMemory() >> 20,
                liveBytes() >> 20,
                summary);
        assertThat(Words.DEFAULT.count(summary, 0, summary.length())).isBetween(MAX_WORDS / 2, MAX_WORDS);
        assertThat(new ExecutedPlan(query).metric(ReadMetrics.TOKENS))
                .as("all is read")
                .isCloseTo(rounds * tokensOfARound(), withinPercentage(1));
    }

    private static long tokensOfARound() {
        return spark.sql("SELECT sum(mamba_token_count(page(id))) FROM range(" + pages.size() + ")")
                .first()
                .getLong(0);
    }

    private static long liveBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
                .max(Comparator.comparingLong(pool -> pool.getCollectionUsage().getUsed()))
                .map(MemoryPoolMXBean::getCollectionUsage)
                .orElseThrow()
                .getUsed();
    }
}
