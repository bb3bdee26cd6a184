package io.mambaspark.hive;

import io.mambaspark.sql.MambaFunction;
import io.mambaspark.sql.PassagesFunction;

/** {@code mamba_passages(text)}, see {@link PassagesFunction}. */
public final class MambaPassages extends HiveFunction {
    @Override
    MambaFunction function() {
        return new PassagesFunction();
    }
}
