package io.mambaspark.index.build;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The rows of a shard's Parquet file: passages get the shard's number and their ordinals.
 *
 * @param keeps whether there are kept columns
 */
record PassageRows(boolean keeps) implements Function2<Integer, Iterator<Row>, Iterator<Row>> {
    @Override
    public Iterator<Row> call(Integer shard, Iterator<Row> rows) {
        AtomicInteger ordinal = new AtomicInteger();
        return ValidRows.of(rows)
                .map(row -> numbered(row, shard, ordinal.getAndIncrement()))
                .iterator();
    }

    private Row numbered(Row row, int shard, int ordinal) {
        List<Object> values = new ArrayList<>();
        for (String column : List.of(
                Columns.DOC_ID,
                Columns.PASSAGE,
                Columns.START,
                Columns.END,
                Columns.TEXT,
                Columns.VECTOR,
                Columns.CONTENT_HASH)) {
            values.add(row.getAs(column));
        }
        values.add(shard);
        values.add(ordinal);
        if (keeps) {
            values.add(row.getAs(Columns.KEPT));
        }
        return RowFactory.create(values.toArray());
    }
}
