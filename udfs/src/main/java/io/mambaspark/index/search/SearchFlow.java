package io.mambaspark.index.search;

import io.mambaspark.index.Mode;
import io.mambaspark.index.SearchOptions;
import io.mambaspark.index.search.Fusion.Candidate;
import io.mambaspark.index.search.QueryReader.Asked;
import io.mambaspark.index.search.Winners.Winner;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.sql.ModelChoice;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.spark.HashPartitioner;
import org.apache.spark.Partitioner;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.roaringbitmap.RoaringBitmap;
import scala.Tuple2;

/**
 * The way of queries through an index: read, counted by every shard, found by every shard, ranked, fetched from the shards of
 * the winners. Every step sends on all that the next one needs, so that none runs twice.
 */
final class SearchFlow {
    private static final String[] NONE = {};

    private final SparkContext spark;
    private final SearchedIndex index;
    private final ModelChoice model;
    private final SearchOptions options;
    private final ScoreRules rules;
    private final long cacheBytes;
    private final Partitioner byQuery;
    private final Slots slots;

    /**
     * A way.
     *
     * @param cacheBytes what shards may take on an executor's disk
     * @param queryParts into how many parts queries are worth to be split: 1 for one query, else the tasks that run at a time
     */
    SearchFlow(
            SparkContext spark,
            SearchedIndex index,
            ModelChoice model,
            SearchOptions options,
            ScoreRules rules,
            long cacheBytes,
            int queryParts) {
        this.spark = spark;
        this.index = index;
        this.model = model;
        this.options = options;
        this.rules = rules;
        this.cacheBytes = cacheBytes;
        this.byQuery = new HashPartitioner(queryParts);
        int shards = index.shards().size();
        this.slots = new Slots(shards, Math.max(1, queryParts / Math.max(1, shards)));
    }

    /**
     * The results.
     *
     * @param queries id and text
     * @param passing bitmaps of the passages that pass the filter; null if there is no filter
     */
    JavaRDD<Row> rows(JavaRDD<Row> queries, JavaPairRDD<Integer, byte[]> passing) {
        if (index.shards().isEmpty()) {
            return new JavaSparkContext(spark).emptyRDD();
        }
        ShardHolders holders = new ShardHolders(spark);
        ShardTasks tasks = new ShardTasks(index, cacheBytes, options.allowPartial(), holders);
        JavaPairRDD<Long, ReadQuery> read = read(queries);
        JavaPairRDD<Long, CountedQuery> counted = options.mode() == Mode.DENSE ? uncounted(read) : counted(read, tasks);
        JavaRDD<Winners> winners = ranked(found(counted, passing, tasks));
        SearchedIndex searched = index;
        return answers(winners, tasks).groupByKey(byQuery).values().flatMap(parts -> AnswerRows.of(searched, parts));
    }

    private JavaPairRDD<Long, ReadQuery> read(JavaRDD<Row> queries) {
        QueryReader reader = new QueryReader(model, options.mode(), index.terms());
        JavaRDD<Tuple2<Long, ReadQuery>> read = queries.mapToPair(
                        row -> new Tuple2<>(row.getString(0), new Asked(row.getString(0), row.getString(1))))
                .reduceByKey(byQuery, QueryReader::refuseSecond)
                .values()
                .mapPartitionsWithIndex(reader::read, false);
        return JavaPairRDD.fromJavaRDD(read);
    }

    private static JavaPairRDD<Long, CountedQuery> uncounted(JavaPairRDD<Long, ReadQuery> read) {
        return read.mapValues(query -> new CountedQuery(query, null, NONE));
    }

    private JavaPairRDD<Long, CountedQuery> counted(JavaPairRDD<Long, ReadQuery> read, ShardTasks tasks) {
        Slots all = slots;
        return slots.all(spark, checksums())
                .zipPartitions(
                        slots.toAllShards(read),
                        (slot, queries) -> new CountTerms(tasks, all.shard(slot.next())).run(queries))
                .mapToPair(each -> each)
                .reduceByKey(byQuery, CountedQuery::plus);
    }

    private JavaPairRDD<Long, Found> found(
            JavaPairRDD<Long, CountedQuery> counted, JavaPairRDD<Integer, byte[]> passing, ShardTasks tasks) {
        Slots all = slots;
        SearchOptions asked = options;
        return filtered(passing)
                .zipPartitions(slots.toAllShards(counted), (slot, queries) -> {
                    Filtered at = slot.next();
                    return new FindCandidates(tasks, all.shard(at.slot()), asked, at.passing()).run(queries);
                })
                .mapToPair(each -> each);
    }

    /**
     * A slot and what of its shard passes the filter.
     *
     * @param passing null if there is no filter
     */
    private record Filtered(int slot, RoaringBitmap passing) {}

    private JavaRDD<Filtered> filtered(JavaPairRDD<Integer, byte[]> passing) {
        JavaRDD<Integer> unfiltered = slots.all(spark, checksums());
        if (passing == null) {
            return unfiltered.map(slot -> new Filtered(slot, null));
        }
        return unfiltered.zipPartitions(
                slots.toAllParts(passing),
                (slot, parts) -> List.of(new Filtered(slot.next(), PassageFilter.together(parts)))
                        .iterator());
    }

    private JavaRDD<Winners> ranked(JavaPairRDD<Long, Found> found) {
        SearchOptions asked = options;
        SearchedIndex searched = index;
        ScoreRules scored = rules;
        return found.groupByKey(byQuery).values().flatMap(ofQuery -> winners(searched, ofQuery, asked, scored));
    }

    private static Iterator<Winners> winners(
            SearchedIndex index, Iterable<Found> ofQuery, SearchOptions options, ScoreRules rules) {
        Found first = StreamSupport.stream(ofQuery.spliterator(), false)
                .filter(found -> found.query() != null)
                .findFirst()
                .orElseThrow();
        String[] missing = StreamSupport.stream(ofQuery.spliterator(), false)
                .map(Found::missing)
                .reduce(NONE, CountedQuery::union);
        index.requireSome(missing);
        List<Winners> winners = new ArrayList<>();
        new Fusion(options, rules, first.idfSum(), index.passages(missing))
                .rank(ofQuery)
                .forEach((shard, hits) -> winners.add(new Winners(
                        shard,
                        first.query(),
                        missing,
                        hits.stream().map(SearchFlow::winner).toArray(Winner[]::new))));
        return winners.iterator();
    }

    private static Winner winner(Candidate candidate) {
        return new Winner(
                candidate.ordinal,
                candidate.docId,
                candidate.passage,
                candidate.rank,
                candidate.score,
                candidate.relevance,
                candidate.lexicalRank,
                candidate.denseRank);
    }

    private JavaPairRDD<Long, Answer> answers(JavaRDD<Winners> winners, ShardTasks tasks) {
        Slots all = slots;
        return slots.all(spark, checksums())
                .zipPartitions(
                        slots.toTheirShards(winners),
                        (slot, ofShard) -> new FetchWinners(tasks, all.shard(slot.next())).run(ofShard))
                .mapToPair(each -> each);
    }

    private List<String> checksums() {
        return index.shards().stream().map(ShardEntry::checksum).toList();
    }
}
