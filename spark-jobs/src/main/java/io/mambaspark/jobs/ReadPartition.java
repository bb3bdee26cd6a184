package io.mambaspark.jobs;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.sql.ExecutorModels;
import io.mambaspark.sql.ModelHandle;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * What a Spark task does: reads its documents with the model of its executor. Ships a handle, never weights.
 *
 * @param task     what is made of the documents
 * @param model    the model to read with
 * @param engine   how to run it
 * @param hadoop   for the file systems of the documents
 * @param counters what is done so far
 */
record ReadPartition<T>(
        DocumentTask<T> task,
        ModelHandle model,
        EngineOptions engine,
        SerializableConfiguration hadoop,
        JobCounters counters)
        implements FlatMapFunction<Iterator<DocumentSource>, Row> {
    @Override
    public Iterator<Row> call(Iterator<DocumentSource> sources) {
        if (!sources.hasNext()) {
            return Collections.emptyIterator();
        }
        MambaModel loaded =
                ExecutorModels.get(model, engine, () -> counters.models().add(1));
        PartitionRows<T> rows = new PartitionRows<>(task, loaded, sources, hadoop.value(), counters);
        // Also when the task is killed, or nobody asks for the last row.
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> {
            counters.fallbacks().add(loaded.engine().fellBack() ? 1 : 0);
            rows.close();
        });
        return rows;
    }
}
