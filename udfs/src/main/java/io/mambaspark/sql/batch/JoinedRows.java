package io.mambaspark.sql.batch;

import io.mambaspark.sql.rows.HeldRow;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection$;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** A batch of rows: the columns that were held, joined to results in Arrow vectors. */
final class JoinedRows {
    private final ArrowResults arrow;
    private final UnsafeProjection toUnsafe;
    private final JoinedRow joined = new JoinedRow();
    private final List<UnsafeRow> columns = new ArrayList<>();
    private ColumnarBatch results;
    private int given;

    JoinedRows(List<Attribute> input, List<Attribute> results, ArrowResults arrow) {
        List<Attribute> output = new ArrayList<>(input);
        output.addAll(results);
        this.toUnsafe = UnsafeProjection$.MODULE$.create(Scala.<Expression>seq(output), Scala.seq(output));
        this.arrow = arrow;
    }

    /** Takes a row; false if the batch is full with it. Not after {@link #next}. */
    boolean add(HeldRow<UnsafeRow> row) {
        arrow.write(columns.size(), row.values());
        columns.add(row.given());
        return !arrow.full(columns.size());
    }

    boolean hasNext() {
        return given < columns.size();
    }

    /** The next row; valid until the one after it is asked for. */
    InternalRow next() {
        if (results == null) {
            results = arrow.batch(columns.size());
        }
        UnsafeRow row = toUnsafe.apply(joined.apply(columns.get(given), results.getRow(given)));
        columns.set(given++, null);
        return row;
    }

    void clear() {
        arrow.clear();
        columns.clear();
        results = null;
        given = 0;
    }
}
