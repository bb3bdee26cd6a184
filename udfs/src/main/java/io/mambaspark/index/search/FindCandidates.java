package io.mambaspark.index.search;

import io.mambaspark.index.SearchOptions;
import io.mambaspark.index.shard.Half;
import io.mambaspark.index.shard.Selection;
import io.mambaspark.index.shard.Shard;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.roaringbitmap.RoaringBitmap;

/** Second step: the best of the shard by either half, each scored by both. */
final class FindCandidates extends ShardStep<CountedQuery, Found> {
    private final SearchOptions options;
    private final RoaringBitmap passing;
    private Selection among;

    /**
     * A step.
     *
     * @param passing the passages that pass the filter; null if there is no filter
     */
    FindCandidates(ShardTasks tasks, int number, SearchOptions options, RoaringBitmap passing) {
        super(tasks, number);
        this.options = options;
        this.passing = passing;
    }

    @Override
    ReadQuery query(CountedQuery asked) {
        return asked.query();
    }

    @Override
    Found ask(Shard shard, CountedQuery asked) {
        if (among == null) {
            among = shard.select(passing, tasks.deleted(number));
        }
        ReadQuery query = asked.query();
        Half lexical = query.words() == null ? null : shard.lexical(query.words(), asked.counts());
        Half dense = query.vector() == null ? null : shard.dense(query.vector(), options.exact());
        int[] candidates = Stream.of(lexical, dense)
                .flatMapToInt(half -> half == null ? IntStream.empty() : best(half))
                .sorted()
                .distinct()
                .toArray();
        return new Found(
                number,
                carried(query),
                asked.missing(),
                idfSum(asked),
                candidates,
                shard.docIds(candidates),
                shard.passageNumbers(candidates),
                lexical == null ? null : finite(lexical.scores(candidates)),
                dense == null ? null : finite(dense.scores(candidates)));
    }

    private static double idfSum(CountedQuery asked) {
        return asked.counts() == null ? 0 : asked.counts().idfSum(asked.query().words());
    }

    /** Refuses scores of a shard that holds no numbers. */
    private static float[] finite(float[] scores) {
        for (float score : scores) {
            if (!Float.isFinite(score)) {
                throw new IllegalStateException("the score of a passage is " + score);
            }
        }
        return scores;
    }

    private IntStream best(Half half) {
        int depth = Fusion.depth(options);
        IntStream passages = IntStream.of(half.best(depth, among).ordinals());
        return options.groupByDocument()
                ? IntStream.concat(
                        passages,
                        IntStream.of(half.bestOfDocuments(depth, among).ordinals()))
                : passages;
    }

    @Override
    Found without(CountedQuery asked) {
        return new Found(
                number,
                carried(asked.query()),
                CountedQuery.union(asked.missing(), missing()),
                idfSum(asked),
                new int[0],
                new String[0],
                new int[0],
                null,
                null);
    }
}
