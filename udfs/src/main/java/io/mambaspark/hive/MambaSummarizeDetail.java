package io.mambaspark.hive;

import io.mambaspark.sql.MambaFunction;
import io.mambaspark.sql.SummarizeDetailFunction;

/** {@code mamba_summarize_detail(text [, max_words [, query [, format]]])}, see {@link SummarizeDetailFunction}. */
public final class MambaSummarizeDetail extends HiveFunction {
    @Override
    MambaFunction function() {
        return new SummarizeDetailFunction();
    }
}
