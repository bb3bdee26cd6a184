package io.mambaspark.index.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mambaspark.index.Mode;
import io.mambaspark.index.SearchOptions;
import io.mambaspark.index.shard.PlainLucene;
import io.mambaspark.index.shard.ShardPassage;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.reading.Vectors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** What a search must give: all passages are ranked by plain Lucene and by all cosines. */
final class BruteForce implements AutoCloseable {
    /** The rules as the model's file tells them to anybody. */
    private static final JsonNode RULES = rules();

    private final List<ShardPassage> all;
    private final Map<String, float[]> vectors;
    private final PlainLucene plain;
    private final long living;

    /** A result. */
    record Hit(
            int rank, float score, String docId, int passage, Integer lexicalRank, Integer denseRank, Float relevance) {
        static Hit of(Row row) {
            return new Hit(
                    row.getAs("rank"),
                    row.getAs("score"),
                    row.getAs("doc_id"),
                    row.getAs("passage"),
                    row.getAs("lexical_rank"),
                    row.getAs("dense_rank"),
                    row.getAs("relevance"));
        }

        static List<Hit> all(Dataset<Row> found) {
            return found.collectAsList().stream().map(Hit::of).toList();
        }
    }

    private record Scored(ShardPassage passage, float score) {}

    /**
     * Of an index.
     *
     * @param all     its passages in its order
     * @param vectors of the queries
     * @param living  how many of the passages are not deleted
     */
    BruteForce(List<ShardPassage> all, Map<String, float[]> vectors, long living) throws IOException {
        this.living = living;
        this.all = all;
        this.vectors = vectors;
        this.plain = new PlainLucene(all);
    }

    BruteForce(List<ShardPassage> all, Map<String, float[]> vectors) throws IOException {
        this(all, vectors, all.size());
    }

    private static JsonNode rules() {
        try (InputStream json = Checkpoint.class.getResourceAsStream("reader/reader.json")) {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A table of queries whose ids are their places. */
    static Dataset<Row> asked(SparkSession spark, List<String> queries) {
        List<Row> rows = IntStream.range(0, queries.size())
                .mapToObj(i -> RowFactory.create(i, queries.get(i)))
                .toList();
        return spark.createDataFrame(rows, StructType.fromDDL("id INT, text STRING"));
    }

    /**
     * Fails unless these are the answers to {@link #asked}.
     *
     * @param passes what the filter lets pass
     */
    void assertAnswers(
            Dataset<Row> found, List<String> queries, SearchOptions options, Predicate<ShardPassage> passes) {
        List<Row> rows = found.collectAsList();
        for (int i = 0; i < queries.size(); i++) {
            int id = i;
            assertThat(rows.stream()
                            .filter(row -> row.<Integer>getAs("query_id") == id)
                            .map(Hit::of))
                    .as("%s %s", queries.get(i), options)
                    .containsExactlyElementsOf(expected(queries.get(i), options, passes));
        }
    }

    private List<Scored> lexical(String query, Predicate<ShardPassage> passes) {
        try {
            return plain.search(query).entrySet().stream()
                    .filter(hit -> passes.test(hit.getKey()))
                    .map(hit -> new Scored(hit.getKey(), hit.getValue()))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<Scored> dense(String query, Predicate<ShardPassage> passes) {
        return ranked(all.stream()
                .filter(passes)
                .map(passage -> new Scored(passage, Vectors.dot(vectors.get(query), passage.vector(), 0))));
    }

    private List<Scored> ranked(Stream<Scored> scored) {
        return scored.sorted(Comparator.comparing(Scored::score)
                        .reversed()
                        .thenComparing(hit -> hit.passage().docId())
                        .thenComparing(hit -> hit.passage().passage()))
                .toList();
    }

    private List<Scored> fused(String query, List<Scored> lexical, List<Scored> dense, int depth, boolean group) {
        Set<ShardPassage> candidates = new LinkedHashSet<>();
        for (List<Scored> half : List.of(lexical, dense)) {
            half.stream().limit(depth).forEach(hit -> candidates.add(hit.passage()));
            if (group) {
                byDocument(half).stream().limit(depth).forEach(hit -> candidates.add(hit.passage()));
            }
        }
        double idf = idfSum(query);
        double weight = RULES.at("/corpus_hybrid/cosine_weight").doubleValue();
        return ranked(candidates.stream().map(passage -> {
            double ofWords = idf == 0 ? 0 : score(lexical, passage) / idf;
            return new Scored(passage, (float) (ofWords + weight * score(dense, passage)));
        }));
    }

    private double idfSum(String query) {
        try {
            return plain.idfSum(query);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Float relevance(float score, SearchOptions options) {
        if (options.mode() != Mode.HYBRID) {
            return null;
        }
        JsonNode rule = RULES.get("relevance");
        double logit = rule.get("slope").doubleValue() * score
                - rule.get("length").doubleValue() * Math.log(living)
                + rule.get("intercept").doubleValue();
        return (float) (1 / (1 + Math.exp(-logit)));
    }

    private List<Scored> byDocument(List<Scored> ranking) {
        Set<String> seen = new HashSet<>();
        return ranking.stream().filter(hit -> seen.add(hit.passage().docId())).toList();
    }

    private double score(List<Scored> half, ShardPassage passage) {
        return half.stream()
                .filter(hit -> hit.passage() == passage)
                .findFirst()
                .map(hit -> (double) hit.score())
                .orElse(0.0);
    }

    private Integer rank(List<Scored> half, ShardPassage passage, int depth) {
        return IntStream.range(0, Math.min(depth, half.size()))
                .filter(i -> half.get(i).passage() == passage)
                .mapToObj(i -> i + 1)
                .findFirst()
                .orElse(null);
    }

    /**
     * The results of a query.
     *
     * @param passes what its filter lets pass
     */
    List<Hit> expected(String query, SearchOptions options, Predicate<ShardPassage> passes) {
        int depth = Math.max(200, 10 * options.numResults());
        List<Scored> lexical = options.mode() == Mode.DENSE ? List.of() : lexical(query, passes);
        List<Scored> dense = options.mode() == Mode.LEXICAL ? List.of() : dense(query, passes);
        List<Scored> ranking = switch (options.mode()) {
            case LEXICAL -> lexical;
            case DENSE -> dense;
            case HYBRID -> fused(query, lexical, dense, depth, options.groupByDocument());
        };
        List<Scored> best = options.groupByDocument() ? byDocument(ranking) : ranking;
        return IntStream.range(0, Math.min(options.numResults(), best.size()))
                .mapToObj(i -> new Hit(
                        i + 1,
                        best.get(i).score(),
                        best.get(i).passage().docId(),
                        best.get(i).passage().passage(),
                        rank(lexical, best.get(i).passage(), depth),
                        rank(dense, best.get(i).passage(), depth),
                        relevance(best.get(i).score(), options)))
                .filter(hit -> options.minRelevance() == 0 || hit.relevance() >= options.minRelevance())
                .toList();
    }

    @Override
    public void close() throws IOException {
        plain.close();
    }
}
