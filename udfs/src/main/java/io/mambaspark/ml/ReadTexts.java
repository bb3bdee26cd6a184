package io.mambaspark.ml;

import io.mambaspark.sql.ModelChoice;
import io.mambaspark.sql.TextReader;
import io.mambaspark.sql.rows.PackedRows;
import io.mambaspark.sql.rows.RowFiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/** What a task does with a partition. Travels to the executors. */
final class ReadTexts implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    private final int textIndex;
    private final ArrayList<TextColumn> columns;
    private final ModelChoice model;
    private final long maxBytes;

    /**
     * Reads the texts of a column.
     *
     * @param textIndex of the column
     * @param maxBytes  of texts that a task takes in before it gives rows out
     */
    ReadTexts(int textIndex, List<TextColumn> columns, ModelChoice model, long maxBytes) {
        this.textIndex = textIndex;
        this.columns = new ArrayList<>(columns);
        this.model = model;
        this.maxBytes = maxBytes;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        if (!rows.hasNext()) {
            return Collections.emptyIterator();
        }
        TextReader reader = new TextReader(model, tokens -> {});
        TaskContext task = TaskContext.get();
        RowFiles<Row> files = new RowFiles<>(rows);
        PackedRows<Row> packed = new PackedRows<>(
                files,
                new TextRows(textIndex, columns),
                columns.stream().map(column -> column.of(model)).toList(),
                reader,
                maxBytes,
                loaded -> (id, tokens) -> {
                    if (task.isInterrupted()) {
                        throw new TaskKilledException("killed while reading");
                    }
                });
        task.addTaskCompletionListener((TaskCompletionListener) ended -> packed.close());
        return new ReadRows(packed, files);
    }
}
