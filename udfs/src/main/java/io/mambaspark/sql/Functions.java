package io.mambaspark.sql;

import java.util.List;

/** All SQL functions: those of a value, and those that are a table. */
public final class Functions {
    private Functions() {}

    /** In the order of the documentation, without their {@code try_} forms. */
    public static List<MambaFunction> all(Evaluation evaluation) {
        return List.of(
                new SummarizeFunction(),
                new SummarizeDetailFunction(),
                new SummarizeAggFunction(),
                new RetrieveFunction(),
                new PassagesFunction(),
                new EmbedFunction(),
                new EmbedQueryFunction(),
                new SimilarityFunction(),
                new TokenCountFunction(),
                new PerplexityFunction(),
                new InfoFunction(evaluation));
    }

    /** What is said about the functions that stand where a table stands. They have no {@code try_} form. */
    public static List<FunctionDescription> ofTables() {
        return List.of(SearchFunction.description());
    }
}
