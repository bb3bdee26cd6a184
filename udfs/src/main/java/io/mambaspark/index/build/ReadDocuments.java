package io.mambaspark.index.build;

import io.mambaspark.index.Passages;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.sql.ExecutorModels;
import io.mambaspark.sql.ModelChoice;
import io.mambaspark.task.Embedder;
import io.mambaspark.task.Unit;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Reads the documents of a partition with the model of the executor.
 *
 * @param model    names it
 * @param passages what of a document becomes a passage
 * @param keeps    whether there are kept columns
 */
record ReadDocuments(ModelChoice model, Passages passages, boolean keeps)
        implements FlatMapFunction<Iterator<IndexDocument>, Row> {
    @Override
    public Iterator<Row> call(Iterator<IndexDocument> documents) {
        if (!documents.hasNext()) {
            return Collections.emptyIterator();
        }
        MambaModel loaded = ExecutorModels.get(model.handle(), model.engine(), () -> {});
        DocumentRows rows = new DocumentRows(new Embedder(loaded, unit()), documents, keeps);
        // Also when the task is killed, or nobody asks for the last row.
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> rows.close());
        return rows;
    }

    private Unit unit() {
        return switch (passages) {
            case RULE -> Unit.PASSAGE;
            case WHOLE -> Unit.DOCUMENT;
        };
    }
}
