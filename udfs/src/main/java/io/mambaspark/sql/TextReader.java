package io.mambaspark.sql;

import io.mambaspark.reading.Document;
import io.mambaspark.reading.DocumentEnd;
import io.mambaspark.reading.DocumentReading;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcome;
import io.mambaspark.reading.Outcomes;
import io.mambaspark.reading.Query;
import io.mambaspark.reading.Sink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The model as the functions of one task see it: each query is read once. Thread-safe. */
public final class TextReader {
    /** Queries that are kept. */
    static final int QUERIES = 1024;

    private final ModelChoice choice;
    private final Listener listener;
    private MambaModel model;
    private final Map<String, Query> queries = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Query> eldest) {
            return size() > QUERIES;
        }
    });

    /** Hears what is read beside documents. */
    @FunctionalInterface
    public interface Listener {
        /** A query of this many tokens was read. */
        void query(int tokens);
    }

    /** A reader with a model that is loaded when it is needed. */
    public TextReader(ModelChoice choice, Listener listener) {
        this.choice = choice;
        this.listener = listener;
    }

    /**
     * The model, which the first task of a JVM loads.
     *
     * @throws MambaSqlException when it cannot be loaded
     */
    public synchronized MambaModel model() {
        if (model == null) {
            try {
                model = choice.load();
            } catch (RuntimeException e) {
                throw MambaSqlException.of(e);
            }
        }
        return model;
    }

    /**
     * A query, read unless it is remembered.
     *
     * @param function whose query it is, for the error
     * @throws MambaSqlException MAMBA_QUERY_EMPTY or MAMBA_QUERY_TOO_LONG
     */
    public Query query(String function, String text) {
        Query known = known(text);
        if (known == null) {
            check(function, text);
            try {
                known = model().query(text);
            } catch (RuntimeException e) {
                throw MambaSqlException.of(e);
            }
            remember(known);
        }
        return known;
    }

    /** A query that is remembered, or null. */
    public Query known(String text) {
        return queries.get(text);
    }

    /** Remembers a query that was read. */
    public void remember(Query query) {
        queries.put(query.text(), query);
        listener.query(query.tokens());
    }

    /**
     * Queries, read together; none is remembered.
     *
     * @throws MambaSqlException MAMBA_QUERY_EMPTY or MAMBA_QUERY_TOO_LONG
     */
    public List<Query> queries(String function, List<String> texts) {
        texts.forEach(text -> check(function, text));
        List<Query> read = new ArrayList<>(texts.size());
        try (Outcomes<Query> outcomes = model().queries(
                        texts.stream().map(text -> Document.of("query", text)).iterator())) {
            while (outcomes.hasNext()) {
                Query query = value(outcomes.next());
                listener.query(query.tokens());
                read.add(query);
            }
        }
        return read;
    }

    /**
     * Refuses what is no query.
     *
     * @param function whose query it is, for the error
     * @throws MambaSqlException MAMBA_QUERY_EMPTY or MAMBA_QUERY_TOO_LONG
     */
    public void check(String function, String text) {
        QueryLimit.check(function, text);
        QueryLimit.check(function, tokens(text));
    }

    /** The vector of a text, read for it alone; null for a blank one. */
    float[] vector(String text) {
        return text.isBlank() ? null : read(text, document -> DocumentEnd::vector);
    }

    /**
     * What a sink draws from a text, read for it alone.
     *
     * @throws MambaSqlException when it cannot be read
     */
    <R> R read(String text, Function<Document, Sink<R>> sink) {
        try (Outcomes<R> outcomes =
                model().read(List.of(Document.of("text", text)).iterator(), sink)) {
            return value(outcomes.next());
        }
    }

    /**
     * What a sink draws from a document that comes as several texts.
     *
     * @throws MambaSqlException when it cannot be read
     */
    @SuppressWarnings("unchecked") // of its only sink
    <R> R read(Iterator<String> texts, Sink<R> sink) {
        DocumentReading reading = DocumentReading.ofTexts(model(), "texts", texts, List.of(sink));
        try (Outcomes<List<Outcome<?>>> outcomes = model().read(List.of(reading).iterator())) {
            return (R) value(value(outcomes.next()).get(0));
        }
    }

    private static <R> R value(Outcome<R> outcome) {
        if (outcome.error() != null) {
            throw MambaSqlException.of(outcome.error(), null);
        }
        return outcome.value();
    }

    /** The tokens of a text, counted without the model's weights. */
    public long tokens(String text) {
        return TokenCounter.of(choice.handle()).count(text);
    }
}
