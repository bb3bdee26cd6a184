package io.mambaspark.sql;

import io.mambaspark.error.MambaException;
import io.mambaspark.passage.PassageField;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.Query;
import io.mambaspark.reading.Sink;
import io.mambaspark.task.Hit;
import io.mambaspark.task.Retrieved;
import io.mambaspark.task.Retriever;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;

/** {@code mamba_retrieve(text, query [, k [, min_relevance]])}: ARRAY of STRUCT, best first. */
public record RetrieveFunction() implements ReadingFunction<Retrieved> {
    /** More passages than that are a table, not a cell. */
    private static final int MOST = 10_000;

    private static final PassageField[] HIT = {
        PassageField.RANK,
        PassageField.SCORE,
        PassageField.PASSAGE,
        PassageField.START,
        PassageField.END,
        PassageField.TEXT,
        PassageField.RELEVANCE,
        PassageField.SECTION
    };

    private static final FunctionDescription DESCRIPTION = new FunctionDescription(
            "mamba_retrieve",
            "Finds the passages of a text that answer a query.",
            List.of(
                    Argument.text("text", "Where to look, of any length; all of it is read."),
                    Argument.text("query", "What to look for, at most 1,024 tokens."),
                    Argument.number("k", 5, "The most passages, 1 to 10,000."),
                    Argument.constant(
                            "min_relevance",
                            DataTypes.DoubleType,
                            Argument.Need.OPTIONAL,
                            0.0,
                            "The least relevance of a passage, 0 to 1. With the built-in model 0.5 separates texts that answer from"
                                    + " foreign ones; where all are on one subject, 0.9 does.")),
            DataTypes.createArrayType(PassageField.rows(HIT), false),
            "The passages, best first. " + PassageField.meanings(HIT)
                    + ". Scores are comparable within the text and query only. NULL if the text or the query is NULL, an"
                    + " empty array for a blank text.",
            List.of(new FunctionDescription.Example(
                    "SELECT mamba_retrieve('The cat slept. London burned in 1666.', 'Which city burned?', 1)[0].text",
                    "The cat slept. London burned in 1666.")),
            "0.1.0",
            List.of(
                    "MAMBA_ARGUMENT_NOT_CONSTANT",
                    "MAMBA_DOCUMENT_TOO_LARGE",
                    "MAMBA_K_INVALID",
                    "MAMBA_MIN_RELEVANCE_INVALID",
                    "MAMBA_QUERY_EMPTY",
                    "MAMBA_QUERY_TOO_LONG",
                    "MAMBA_NOT_A_NUMBER",
                    "MAMBA_RELEVANCE_NOT_IN_MODEL",
                    "MAMBA_READING_FAILED"));

    @Override
    public FunctionDescription description() {
        return DESCRIPTION;
    }

    @Override
    public boolean neverNull() {
        return true;
    }

    @Override
    public void check(Object[] known) {
        QueryLimit.check(DESCRIPTION.name(), known[1]);
        if (known[2] instanceof Integer k && (k < 1 || k > MOST)) {
            throw MambaSqlException.of(
                    "MAMBA_K_INVALID",
                    Map.of(
                            "function",
                            DESCRIPTION.name(),
                            "value",
                            Integer.toString(k),
                            "limit",
                            Integer.toString(MOST)));
        }
        if (known[3] instanceof Double minRelevance) {
            try {
                Retriever.check(minRelevance);
            } catch (MambaException e) {
                throw MambaSqlException.of(e);
            }
        }
    }

    @Override
    public Sink<Retrieved> sink(TextReader reader, Document document, Object[] arguments) {
        Query query = reader.query(DESCRIPTION.name(), (String) arguments[1]);
        try {
            return new Retriever(reader.model(), List.of(query), (Integer) arguments[2], (Double) arguments[3])
                    .sink(document);
        } catch (MambaException e) {
            throw MambaSqlException.of(e);
        }
    }

    @Override
    public Object value(TextReader reader, String text, Retrieved retrieved) {
        List<Hit> hits = retrieved.hits().get(0);
        Places places = new Places(text, hits.stream().map(Hit::span).toList());
        List<Row> rows = new ArrayList<>(hits.size());
        for (int i = 0; i < hits.size(); i++) {
            Hit hit = hits.get(i);
            rows.add(RowFactory.create(
                    hit.rank(),
                    hit.score(),
                    hit.passage(),
                    places.start(i),
                    places.end(i),
                    hit.text(),
                    hit.relevance(),
                    hit.section()));
        }
        return rows;
    }

    @Override
    public Object blank(TextReader reader) {
        return List.of();
    }
}
