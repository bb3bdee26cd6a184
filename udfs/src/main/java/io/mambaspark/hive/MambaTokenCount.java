package io.mambaspark.hive;

import io.mambaspark.sql.MambaFunction;
import io.mambaspark.sql.TokenCountFunction;

/** {@code mamba_token_count(text)}, see {@link TokenCountFunction}. */
public final class MambaTokenCount extends HiveFunction {
    @Override
    MambaFunction function() {
        return new TokenCountFunction();
    }
}
