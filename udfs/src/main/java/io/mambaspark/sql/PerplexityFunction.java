package io.mambaspark.sql;

import io.mambaspark.reading.Document;
import io.mambaspark.reading.Sink;
import io.mambaspark.task.Perplexity;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;

/** {@code mamba_perplexity(text)}: DOUBLE. */
public record PerplexityFunction() implements ReadingFunction<Double> {
    private static final FunctionDescription DESCRIPTION = new FunctionDescription(
            "mamba_perplexity",
            "Says how unexpected a text of any length is to the model: the exponential of the mean, over all its tokens, of"
                    + " the negative logarithm of their probability. The built-in model's values compare texts with each"
                    + " other, not models.",
            List.of(Argument.text("text", "What to read; all of it is read.")),
            DataTypes.DoubleType,
            "The perplexity, at least 1. NULL for NULL and for a blank text.",
            List.of(new FunctionDescription.Example(
                    "SELECT mamba_perplexity('The cat slept in the house.') < mamba_perplexity('House slept cat the in the.')",
                    "true")),
            "0.1.0",
            List.of("MAMBA_DOCUMENT_TOO_LARGE", "MAMBA_NOT_A_NUMBER", "MAMBA_READING_FAILED"));

    @Override
    public FunctionDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Sink<Double> sink(TextReader reader, Document document, Object[] arguments) {
        return new Perplexity(reader.model()).sink(document);
    }

    @Override
    public Object value(TextReader reader, String text, Double perplexity) {
        // A text of one token that follows nothing has no probability.
        return perplexity.isNaN() ? null : perplexity;
    }

    @Override
    public Object blank(TextReader reader) {
        return null;
    }
}
