package io.mambaspark.sql;

import java.util.List;

/** All SQL functions. */
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
}
