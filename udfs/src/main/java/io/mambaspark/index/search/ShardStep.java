package io.mambaspark.index.search;

import io.mambaspark.index.shard.Shard;
import java.util.Collections;
import java.util.Iterator;
import scala.Tuple2;

/**
 * What a task does with each query at its shard.
 *
 * @param <Q> a query, as it comes
 * @param <A> what the shard says to it
 */
abstract class ShardStep<Q, A> {
    final ShardTasks tasks;
    /** Of the shard in the search. */
    final int number;

    ShardStep(ShardTasks tasks, int number) {
        this.tasks = tasks;
        this.number = number;
    }

    /** The query that comes with {@code asked}. */
    abstract ReadQuery query(Q asked);

    abstract A ask(Shard shard, Q asked);

    /** What is said instead where the shard is broken and may be left out. */
    abstract A without(Q asked);

    /** The answers by the numbers of their queries, as they are asked for. Without queries the shard is not opened. */
    Iterator<Tuple2<Long, A>> run(Iterator<Q> queries) {
        if (!queries.hasNext()) {
            return Collections.emptyIterator();
        }
        Shard shard = tasks.open(number);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return queries.hasNext();
            }

            @Override
            public Tuple2<Long, A> next() {
                Q asked = queries.next();
                A answer = shard == null ? null : tasks.ask(number, () -> ask(shard, asked));
                return new Tuple2<>(query(asked).number(), answer == null ? without(asked) : answer);
            }
        };
    }

    /** The first shard carries a query back, the others only what they found. */
    ReadQuery carried(ReadQuery query) {
        return number == 0 ? query : null;
    }

    /** This shard among those that could not be read. */
    String[] missing() {
        return new String[] {tasks.name(number)};
    }
}
