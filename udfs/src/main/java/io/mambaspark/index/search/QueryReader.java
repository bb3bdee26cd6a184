package io.mambaspark.index.search;

import io.mambaspark.index.Mode;
import io.mambaspark.index.shard.LexicalQuery;
import io.mambaspark.reading.Query;
import io.mambaspark.sql.ModelChoice;
import io.mambaspark.sql.QueryLimit;
import io.mambaspark.sql.TextReader;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import scala.Tuple2;

/**
 * Makes queries ready: each of a task is read once, some of them together.
 *
 * @param model that reads
 * @param mode  which halves are asked
 */
record QueryReader(ModelChoice model, Mode mode) implements Serializable {
    /** Whose queries they are, for errors. */
    static final String FUNCTION = "mamba_search";

    /** Enough to fill the model's blocks; the vectors of a task's queries, which may be many, are never all in memory. */
    private static final int TOGETHER = 256;

    private static final Comparator<Tuple2<Asked, Integer>> ORDER = Comparator.comparing(
                    (Tuple2<Asked, Integer> each) -> each._1.id(), Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(each -> each._1.text());

    /** What a row asks. */
    record Asked(String id, String text) implements Serializable {}

    /**
     * Reads the queries of a task.
     *
     * @param task  the number of the task
     * @param asked different ones, with the number of rows that ask each
     * @throws io.mambaspark.sql.MambaSqlException MAMBA_QUERY_EMPTY or MAMBA_QUERY_TOO_LONG
     */
    Iterator<Tuple2<Long, ReadQuery>> read(int task, Iterator<Tuple2<Asked, Integer>> asked) {
        // Sorted, so that a task that runs again gives the same numbers.
        List<Tuple2<Asked, Integer>> all = new ArrayList<>();
        asked.forEachRemaining(all::add);
        all.sort(ORDER);
        TextReader reader = new TextReader(model, tokens -> {});
        return IntStream.iterate(0, from -> from < all.size(), from -> from + TOGETHER)
                .boxed()
                .flatMap(from ->
                        read(reader, numbered(task, from), all.subList(from, Math.min(all.size(), from + TOGETHER))))
                .iterator();
    }

    private static long numbered(int task, int place) {
        return ((long) task << Integer.SIZE) + place;
    }

    /** @param first the number of the first of {@code some} */
    private Stream<Tuple2<Long, ReadQuery>> read(TextReader reader, long first, List<Tuple2<Asked, Integer>> some) {
        List<Query> vectors = mode == Mode.LEXICAL ? checked(reader, some) : vectors(reader, some);
        return IntStream.range(0, some.size()).mapToObj(i -> {
            Asked query = some.get(i)._1;
            ReadQuery read = new ReadQuery(
                    first + i,
                    query.id(),
                    query.text(),
                    some.get(i)._2,
                    mode == Mode.DENSE ? null : words(query.text()),
                    vectors.isEmpty() ? null : vectors.get(i).vector(),
                    vectors.isEmpty() ? 0 : reader.model().profile().denseWeight());
            return new Tuple2<>(read.number(), read);
        });
    }

    private static List<Query> checked(TextReader reader, List<Tuple2<Asked, Integer>> all) {
        all.forEach(query -> reader.check(FUNCTION, query._1.text()));
        return List.of();
    }

    private static List<Query> vectors(TextReader reader, List<Tuple2<Asked, Integer>> all) {
        return reader.queries(
                FUNCTION, all.stream().map(query -> query._1.text()).toList());
    }

    private static LexicalQuery words(String text) {
        LexicalQuery words = LexicalQuery.of(text);
        QueryLimit.check(FUNCTION, words.size()); // more than one a token in some scripts: Lucene has the same limit
        return words;
    }
}
