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
import scala.Tuple2;

/**
 * Makes queries ready: each text of a task is read once, all of them together.
 *
 * @param model that reads
 * @param mode  which halves are asked
 */
record QueryReader(ModelChoice model, Mode mode) implements Serializable {
    /** Whose queries they are, for errors. */
    static final String FUNCTION = "mamba_search";

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
     * @throws io.mambaspark.sql.MambaException MAMBA_QUERY_EMPTY or MAMBA_QUERY_TOO_LONG
     */
    Iterator<Tuple2<Long, ReadQuery>> read(int task, Iterator<Tuple2<Asked, Integer>> asked) {
        // Sorted, so that a task that runs again gives the same numbers.
        List<Tuple2<Asked, Integer>> all = new ArrayList<>();
        asked.forEachRemaining(all::add);
        all.sort(ORDER);
        if (all.isEmpty()) {
            return List.<Tuple2<Long, ReadQuery>>of().iterator();
        }
        TextReader reader = new TextReader(model, tokens -> {});
        List<Query> vectors = mode == Mode.LEXICAL ? checked(reader, all) : vectors(reader, all);
        List<Tuple2<Long, ReadQuery>> read = new ArrayList<>(all.size());
        for (int i = 0; i < all.size(); i++) {
            long number = ((long) task << Integer.SIZE) + i;
            Asked query = all.get(i)._1;
            read.add(new Tuple2<>(
                    number,
                    new ReadQuery(
                            number,
                            query.id(),
                            query.text(),
                            all.get(i)._2,
                            mode == Mode.DENSE ? null : words(query.text()),
                            vectors.isEmpty() ? null : vectors.get(i).vector(),
                            vectors.isEmpty() ? 0 : reader.model().profile().denseWeight())));
        }
        return read.iterator();
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
