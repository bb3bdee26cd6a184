package io.mambaspark.sql;

import io.mambaspark.passage.PassageField;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.DocumentEnd;
import io.mambaspark.reading.Sink;
import java.util.List;
import org.apache.spark.sql.types.DataType;

/** {@code mamba_embed(text)}: ARRAY of FLOAT. */
public record EmbedFunction() implements ReadingFunction<float[]> {
    static final DataType VECTOR = PassageField.VECTOR.type();

    private static final FunctionDescription DESCRIPTION = new FunctionDescription(
            "mamba_embed",
            "Makes a vector of a text of any length, so that texts of like meaning have vectors of like direction.",
            List.of(Argument.text("text", "What to read; all of it is read.")),
            VECTOR,
            "The vector, of unit length; the built-in model's has 384 numbers. NULL for NULL and for a blank text.",
            List.of(new FunctionDescription.Example("SELECT size(mamba_embed('The cat slept.'))", "384")),
            "0.1.0",
            List.of("MAMBA_DOCUMENT_TOO_LARGE", "MAMBA_NOT_A_NUMBER", "MAMBA_READING_FAILED"));

    @Override
    public FunctionDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Sink<float[]> sink(TextReader reader, Document document, Object[] arguments) {
        return DocumentEnd::vector;
    }

    @Override
    public Object value(TextReader reader, String text, float[] vector) {
        return vector;
    }

    @Override
    public Object blank(TextReader reader) {
        return null;
    }
}
