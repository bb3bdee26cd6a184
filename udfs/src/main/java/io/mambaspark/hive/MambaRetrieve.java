package io.mambaspark.hive;

import io.mambaspark.sql.MambaFunction;
import io.mambaspark.sql.RetrieveFunction;

/** {@code mamba_retrieve(text, query [, k])}, see {@link RetrieveFunction}. */
public final class MambaRetrieve extends HiveFunction {
    @Override
    MambaFunction function() {
        return new RetrieveFunction();
    }
}
