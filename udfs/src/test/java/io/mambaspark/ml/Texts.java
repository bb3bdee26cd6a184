package io.mambaspark.ml;

import io.mambaspark.sql.LocalSpark;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows with texts of all kinds between other columns. */
final class Texts {
    private static final String TABLE = "SELECT id, CASE id % 5 WHEN 0 THEN NULL WHEN 1 THEN '  '"
            + " WHEN 2 THEN concat('The cat slept for ', id, ' hours. The fire of London burned for four days. It was 🐇.')"
            + " WHEN 3 THEN repeat(concat('Row ', id, ' is longer than a block of the model. '), 60)"
            + " ELSE concat('short ', id) END AS text, id % 5 AS kind, named_struct('a', id) AS other"
            + " FROM range(0, 40, 1, 3)";

    private Texts() {}

    static Dataset<Row> rows() {
        return LocalSpark.session().sql(TABLE);
    }

    /** What SQL makes of the same rows. */
    static Dataset<Row> sql(String columns) {
        return LocalSpark.session().sql("SELECT *, " + columns + " FROM (" + TABLE + ")");
    }
}
