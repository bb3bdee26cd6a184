package io.mambaspark.sql;

import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Query;
import io.mambaspark.text.ReaderText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The model as the functions of one task see it: each query is read once. Thread-safe. */
public final class TextReader {
    /** Queries that are kept. */
    static final int QUERIES = 1024;

    private final MambaModel model;
    private final Listener listener;
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

    private TextReader(MambaModel model, Listener listener) {
        this.model = model;
        this.listener = listener;
    }

    /**
     * Opens the model of a query, which the first task of a JVM loads.
     *
     * @throws MambaException when the model cannot be loaded
     */
    public static TextReader open(ModelChoice choice, Listener listener) {
        try {
            return new TextReader(choice.load(), listener);
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw MambaException.ofRuntime(e.getMessage(), e);
        }
    }

    /** The model. */
    public MambaModel model() {
        return model;
    }

    /**
     * A query, read unless it is remembered.
     *
     * @param function whose query it is, for the error
     * @throws MambaException MAMBA_QUERY_EMPTY or MAMBA_QUERY_TOO_LONG
     */
    public Query query(String function, String text) {
        Query known = queries.get(text);
        if (known == null) {
            known = read(function, text);
            queries.put(text, known);
        }
        return known;
    }

    private Query read(String function, String text) {
        QueryLimit.check(function, text);
        QueryLimit.check(function, tokens(text));
        Query query = model.query(text);
        listener.query(query.tokens());
        return query;
    }

    /** The tokens of a text, counted without reading it. */
    public long tokens(String text) {
        return model.tokenizer().count(ReaderText.of(text, model.profile().normalisation()));
    }
}
