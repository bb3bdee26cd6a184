package io.mambaspark.index.search;

import io.mambaspark.index.shard.Shard;
import io.mambaspark.index.shard.TermCounts;

/** First step: what the shard adds to the counts of a query's terms. */
final class CountTerms extends ShardStep<ReadQuery, CountedQuery> {
    private static final String[] NONE = {};

    CountTerms(ShardTasks tasks, int number) {
        super(tasks, number);
    }

    @Override
    ReadQuery query(ReadQuery asked) {
        return asked;
    }

    @Override
    CountedQuery ask(Shard shard, ReadQuery asked) {
        return new CountedQuery(carried(asked), shard.counts(asked.words()), NONE);
    }

    @Override
    CountedQuery without(ReadQuery asked) {
        return new CountedQuery(carried(asked), TermCounts.none(asked.words()), missing());
    }
}
