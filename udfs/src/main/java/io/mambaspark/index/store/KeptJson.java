package io.mambaspark.index.store;

import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.to_json;

import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StructType;

/**
 * The kept columns of a passage as JSON, the same in every session. Spark's own form would depend on the session's time zone, and
 * leaves out what is shorter than a millisecond.
 */
public final class KeptJson {
    private static final Map<String, String> FORM = Map.of(
            "timeZone", "UTC",
            "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX",
            "timestampNTZFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSS");

    private KeptJson() {}

    /** JSON of a struct of the kept columns. */
    public static Column write(Column kept) {
        return to_json(kept, FORM);
    }

    /** The struct of a JSON. */
    public static Column read(Column json, StructType kept) {
        return from_json(json, kept, FORM);
    }
}
