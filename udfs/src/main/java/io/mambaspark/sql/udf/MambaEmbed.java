package io.mambaspark.sql.udf;

import io.mambaspark.sql.EmbedFunction;
import org.apache.spark.sql.api.java.UDF1;

/** {@code mamba_embed(text)}: {@code array<float>}. */
public final class MambaEmbed extends RowFunction implements UDF1<String, float[]> {
    private static final long serialVersionUID = 1L;

    /** With the model of the active session. */
    public MambaEmbed() {
        super(new EmbedFunction());
    }

    @Override
    public float[] call(String text) {
        return evaluate(text);
    }
}
