package io.mambaspark.sql;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;

/** {@code mamba_token_count(text)}: INT, without running the model. */
public record TokenCountFunction() implements ComputedFunction {
    private static final FunctionDescription DESCRIPTION = new FunctionDescription(
            "mamba_token_count",
            "Counts the tokens that the model reads a text as, without running it.",
            List.of(Argument.text("text", "What to count, of any length.")),
            DataTypes.IntegerType,
            "The number of tokens; NULL for NULL, 0 for a blank text.",
            List.of(new FunctionDescription.Example("SELECT mamba_token_count('The cat slept.')", "4")),
            "0.1.0",
            List.of("MAMBA_DOCUMENT_TOO_LARGE"));

    @Override
    public FunctionDescription description() {
        return DESCRIPTION;
    }

    @Override
    public boolean neverNull() {
        return true;
    }

    @Override
    public Object compute(TextReader reader, Object[] arguments) {
        String text = (String) arguments[0];
        TextLimit.check(text);
        // A text has no more tokens than bytes, and those are within an int.
        return text.isBlank() ? 0 : (int) reader.tokens(text);
    }
}
