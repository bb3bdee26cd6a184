package io.mambaspark.sql.udf;

import io.mambaspark.sql.SummarizeFunction;
import org.apache.spark.sql.api.java.UDF2;

/** {@code mamba_summarize(text, max_words)}: {@code string}. */
public final class MambaSummarize extends RowFunction implements UDF2<String, Integer, String> {
    private static final long serialVersionUID = 1L;

    /** With the model of the active session. */
    public MambaSummarize() {
        super(new SummarizeFunction());
    }

    @Override
    public String call(String text, Integer maxWords) {
        return evaluate(text, maxWords);
    }
}
