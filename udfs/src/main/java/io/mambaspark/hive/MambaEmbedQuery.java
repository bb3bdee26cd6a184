package io.mambaspark.hive;

import io.mambaspark.sql.EmbedQueryFunction;
import io.mambaspark.sql.MambaFunction;

/** {@code mamba_embed_query(text)}, see {@link EmbedQueryFunction}. */
public final class MambaEmbedQuery extends HiveFunction {
    @Override
    MambaFunction function() {
        return new EmbedQueryFunction();
    }
}
