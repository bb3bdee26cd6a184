package io.mambaspark.index.search;

import io.mambaspark.index.search.Answer.Hit;
import io.mambaspark.index.search.Winners.Winner;
import io.mambaspark.index.shard.Shard;
import io.mambaspark.index.shard.StoredPassage;
import java.util.stream.Stream;

/** Last step: the texts of the shard's passages among the results. */
final class FetchWinners extends ShardStep<Winners, Answer> {
    FetchWinners(ShardTasks tasks, int number) {
        super(tasks, number);
    }

    @Override
    ReadQuery query(Winners asked) {
        return asked.query();
    }

    @Override
    Answer ask(Shard shard, Winners asked) {
        Highlight highlight =
                new Highlight(asked.query().text(), tasks.index().terms().rules());
        Hit[] hits = Stream.of(asked.hits())
                .map(winner -> hit(shard, winner, highlight))
                .toArray(Hit[]::new);
        return new Answer(asked.query().id(), asked.missing(), hits);
    }

    private static Hit hit(Shard shard, Winner winner, Highlight highlight) {
        StoredPassage stored = shard.stored(winner.ordinal());
        return new Hit(winner, stored, highlight.mark(stored.text()));
    }

    @Override
    Answer without(Winners asked) {
        String[] missing = CountedQuery.union(asked.missing(), missing());
        return new Answer(asked.query().id(), missing, new Hit[0]);
    }
}
