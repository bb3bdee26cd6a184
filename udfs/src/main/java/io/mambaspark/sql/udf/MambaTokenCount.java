package io.mambaspark.sql.udf;

import io.mambaspark.sql.TokenCountFunction;
import org.apache.spark.sql.api.java.UDF1;

/** {@code mamba_token_count(text)}: {@code int}. */
public final class MambaTokenCount extends RowFunction implements UDF1<String, Integer> {
    private static final long serialVersionUID = 1L;

    /** With the model of the active session. */
    public MambaTokenCount() {
        super(new TokenCountFunction());
    }

    @Override
    public Integer call(String text) {
        return evaluate(text);
    }
}
