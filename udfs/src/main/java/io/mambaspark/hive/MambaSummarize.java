package io.mambaspark.hive;

import io.mambaspark.sql.MambaFunction;
import io.mambaspark.sql.SummarizeFunction;

/** {@code mamba_summarize(text [, max_words [, query [, format]]])}, see {@link SummarizeFunction}. */
public final class MambaSummarize extends HiveFunction {
    @Override
    MambaFunction function() {
        return new SummarizeFunction();
    }
}
