package io.mambaspark.sql.udf;

import io.mambaspark.sql.RetrieveFunction;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF3;

/**
 * {@code mamba_retrieve(text, query, k)}: {@code array<struct<rank int, score float, passage int, start int, end int, text
 * string, relevance float, section string>>}.
 */
public final class MambaRetrieve extends RowFunction implements UDF3<String, String, Integer, List<Row>> {
    private static final long serialVersionUID = 1L;

    /** With the model of the active session. */
    public MambaRetrieve() {
        super(new RetrieveFunction());
    }

    @Override
    public List<Row> call(String text, String query, Integer k) {
        return evaluate(text, query, k);
    }
}
