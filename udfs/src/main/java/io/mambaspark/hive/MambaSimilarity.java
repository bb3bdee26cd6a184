package io.mambaspark.hive;

import io.mambaspark.sql.MambaFunction;
import io.mambaspark.sql.SimilarityFunction;

/** {@code mamba_similarity(a, b)}, see {@link SimilarityFunction}. */
public final class MambaSimilarity extends HiveFunction {
    @Override
    MambaFunction function() {
        return new SimilarityFunction();
    }
}
