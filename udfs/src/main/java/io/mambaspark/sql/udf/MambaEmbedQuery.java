package io.mambaspark.sql.udf;

import io.mambaspark.sql.EmbedQueryFunction;
import org.apache.spark.sql.api.java.UDF1;

/** {@code mamba_embed_query(text)}: {@code array<float>}. */
public final class MambaEmbedQuery extends RowFunction implements UDF1<String, float[]> {
    private static final long serialVersionUID = 1L;

    /** With the model of the active session. */
    public MambaEmbedQuery() {
        super(new EmbedQueryFunction());
    }

    @Override
    public float[] call(String text) {
        return evaluate(text);
    }
}
