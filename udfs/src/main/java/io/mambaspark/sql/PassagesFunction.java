package io.mambaspark.sql;

import io.mambaspark.passage.PassageField;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.Sink;
import io.mambaspark.task.Embedder;
import io.mambaspark.task.Embedding;
import io.mambaspark.task.PassageSections;
import io.mambaspark.task.Unit;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;

/** {@code mamba_passages(text)}: ARRAY of STRUCT. */
public record PassagesFunction() implements ReadingFunction<List<Embedding>> {
    private static final PassageField[] PASSAGE = {
        PassageField.PASSAGE,
        PassageField.START,
        PassageField.END,
        PassageField.TEXT,
        PassageField.VECTOR,
        PassageField.SECTION
    };

    private static final FunctionDescription DESCRIPTION = new FunctionDescription(
            "mamba_passages",
            "Cuts a text into passages of whole sentences and makes a vector of each, in one reading of the text: a passage's"
                    + " vector knows what came before it.",
            List.of(Argument.text("text", "What to read, of any length.")),
            DataTypes.createArrayType(PassageField.rows(PASSAGE), false),
            "The passages in order. " + PassageField.meanings(PASSAGE)
                    + ". NULL for NULL, an empty array for a blank text.",
            List.of(new FunctionDescription.Example(
                    "SELECT mamba_passages('The cat slept.')[0].text", "The cat slept.")),
            "0.1.0",
            List.of(
                    "MAMBA_DOCUMENT_TOO_LARGE",
                    "MAMBA_NOT_A_NUMBER",
                    "MAMBA_READING_FAILED",
                    "MAMBA_RESULT_TOO_LARGE"));

    @Override
    public FunctionDescription description() {
        return DESCRIPTION;
    }

    @Override
    public boolean neverNull() {
        return true;
    }

    @Override
    public Sink<List<Embedding>> sink(TextReader reader, Document document, Object[] arguments) {
        return new Embedder(reader.model(), Unit.PASSAGE).sink(document);
    }

    @Override
    public Object value(TextReader reader, String text, List<Embedding> passages) {
        Places places = new Places(text, passages.stream().map(Embedding::span).toList());
        PassageSections sections = new PassageSections(text, reader.model().profile());
        List<Row> rows = new ArrayList<>(passages.size());
        for (int i = 0; i < passages.size(); i++) {
            Embedding passage = passages.get(i);
            rows.add(RowFactory.create(
                    passage.passage(),
                    places.start(i),
                    places.end(i),
                    passage.text(),
                    passage.vector(),
                    sections.of(passage.span())));
        }
        return rows;
    }

    @Override
    public Object blank(TextReader reader) {
        return List.of();
    }
}
