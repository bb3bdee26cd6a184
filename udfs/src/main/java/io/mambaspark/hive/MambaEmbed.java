package io.mambaspark.hive;

import io.mambaspark.sql.EmbedFunction;
import io.mambaspark.sql.MambaFunction;

/** {@code mamba_embed(text)}, see {@link EmbedFunction}. */
public final class MambaEmbed extends HiveFunction {
    @Override
    MambaFunction function() {
        return new EmbedFunction();
    }
}
