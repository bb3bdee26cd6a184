package io.mambaspark.ml;

import io.mambaspark.sql.TextLimit;
import io.mambaspark.sql.rows.RowForm;
import java.util.List;
import org.apache.spark.sql.Row;

/** Rows of which a column is the text of all calls; their other arguments are the same for all rows. */
final class TextRows implements RowForm<Row> {
    private final int textIndex;
    private final List<TextColumn> columns;
    private Row row;

    TextRows(int textIndex, List<TextColumn> columns) {
        this.textIndex = textIndex;
        this.columns = columns;
    }

    @Override
    public int text(int call) {
        return 0;
    }

    @Override
    public void turnTo(Row next) {
        row = next;
    }

    @Override
    public Object[] arguments(int call, String known) {
        String text = row.getString(textIndex);
        if (text == null) {
            return null;
        }
        TextLimit.check(text.length());
        return columns.get(call).call(text);
    }

    @Override
    public long bytes(Row given) {
        String text = given.getString(textIndex);
        return text == null ? 0 : (long) text.length() * Character.BYTES;
    }
}
