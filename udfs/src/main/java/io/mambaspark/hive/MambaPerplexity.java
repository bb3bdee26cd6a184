package io.mambaspark.hive;

import io.mambaspark.sql.MambaFunction;
import io.mambaspark.sql.PerplexityFunction;

/** {@code mamba_perplexity(text)}, see {@link PerplexityFunction}. */
public final class MambaPerplexity extends HiveFunction {
    @Override
    MambaFunction function() {
        return new PerplexityFunction();
    }
}
