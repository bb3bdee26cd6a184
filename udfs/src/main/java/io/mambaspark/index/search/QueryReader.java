package io.mambaspark.index.search;

import io.mambaspark.index.Mode;
import io.mambaspark.index.shard.LexicalQuery;
import io.mambaspark.index.store.IndexTerms;
import io.mambaspark.reading.Query;
import io.mambaspark.sql.MambaSqlException;
import io.mambaspark.sql.ModelChoice;
import io.mambaspark.sql.QueryLimit;
import io.mambaspark.sql.TextReader;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Makes queries ready: each of a task is read once, some of them together.
 *
 * @param model that reads
 * @param mode  which halves are asked
 * @param terms how words become terms in the index
 */
record QueryReader(ModelChoice model, Mode mode, IndexTerms terms) implements Serializable {
    /** Whose queries they are, for errors. */
    static final String FUNCTION = "mamba_search";

    /** Enough to fill the model's blocks; the vectors of a task's queries, which may be many, are never all in memory. */
    private static final int TOGETHER = 256;

    /** In a line of the log. */
    private static final int SHOWN = 20;

    private static final Logger LOG = LoggerFactory.getLogger(QueryReader.class);

    private static final Comparator<Asked> ORDER =
            Comparator.comparing(Asked::id, Comparator.nullsFirst(Comparator.naturalOrder()));

    /** What a row asks; either may be null. */
    record Asked(String id, String text) implements Serializable {}

    /**
     * Refuses two rows with one id, NULL included: their results could not be told apart.
     *
     * @throws MambaSqlException MAMBA_QUERY_ID_REPEATED
     */
    static Asked refuseSecond(Asked one, Asked other) {
        throw MambaSqlException.of(
                "MAMBA_QUERY_ID_REPEATED", Map.of("id", String.valueOf(other.id()), "function", FUNCTION));
    }

    /**
     * Reads the queries of a task. Those that are NULL or blank are left out; the log names the blank ones.
     *
     * @param task  the number of the task
     * @param asked each with another id
     * @throws MambaSqlException MAMBA_QUERY_TOO_LONG
     */
    Iterator<Tuple2<Long, ReadQuery>> read(int task, Iterator<Asked> asked) {
        // Sorted, so that a task that runs again gives the same numbers.
        List<Asked> all = new ArrayList<>();
        List<Asked> blank = new ArrayList<>();
        asked.forEachRemaining(query -> {
            if (query.text() != null) {
                (query.text().isBlank() ? blank : all).add(query);
            }
        });
        all.sort(ORDER);
        blank.sort(ORDER);
        if (!blank.isEmpty()) {
            LOG.warn(
                    "{} queries of {} are blank and have no results. Their ids: {}{}",
                    blank.size(),
                    FUNCTION,
                    blank.stream().limit(SHOWN).map(Asked::id).toList(),
                    blank.size() > SHOWN ? " and more" : "");
        }
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
    private Stream<Tuple2<Long, ReadQuery>> read(TextReader reader, long first, List<Asked> some) {
        List<Query> vectors = mode == Mode.LEXICAL ? checked(reader, some) : vectors(reader, some);
        return IntStream.range(0, some.size()).mapToObj(i -> {
            Asked query = some.get(i);
            ReadQuery read = new ReadQuery(
                    first + i,
                    query.id(),
                    query.text(),
                    mode == Mode.DENSE ? null : words(query.text()),
                    vectors.isEmpty() ? null : vectors.get(i).vector());
            return new Tuple2<>(read.number(), read);
        });
    }

    private static List<Query> checked(TextReader reader, List<Asked> all) {
        all.forEach(query -> reader.check(FUNCTION, query.text()));
        return List.of();
    }

    private static List<Query> vectors(TextReader reader, List<Asked> all) {
        return reader.queries(FUNCTION, all.stream().map(Asked::text).toList());
    }

    private LexicalQuery words(String text) {
        LexicalQuery words = LexicalQuery.of(text, terms);
        QueryLimit.check(FUNCTION, words.size()); // more than one a token in some scripts: Lucene has the same limit
        return words;
    }
}
