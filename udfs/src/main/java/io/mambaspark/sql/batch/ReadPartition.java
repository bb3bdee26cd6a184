package io.mambaspark.sql.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.util.TaskCompletionListener;

/** What a task of a {@link MambaReadExec} does with a partition. Travels to the executors. */
final class ReadPartition implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
    private static final long serialVersionUID = 1L;

    private final ArrayList<Expression> calls;
    private final ArrayList<Attribute> input;
    private final ArrayList<Attribute> results;
    private final long batchMaxBytes;
    private final long arrowMaxBytes;
    private final ReadMetrics metrics;

    ReadPartition(
            List<Expression> calls,
            List<Attribute> input,
            List<Attribute> results,
            long batchMaxBytes,
            long arrowMaxBytes,
            ReadMetrics metrics) {
        this.calls = new ArrayList<>(calls);
        this.input = new ArrayList<>(input);
        this.results = new ArrayList<>(results);
        this.batchMaxBytes = batchMaxBytes;
        this.arrowMaxBytes = arrowMaxBytes;
        this.metrics = metrics;
    }

    @Override
    public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
        if (!rows.hasNext()) {
            return Collections.emptyIterator();
        }
        List<MambaExpression> ours =
                calls.stream().map(MambaExpression.class::cast).toList();
        TaskContext context = TaskContext.get();
        ArrowResults arrow =
                ArrowResults.of(ours.stream().map(MambaExpression::dataType).toList(), arrowMaxBytes);
        context.addTaskCompletionListener((TaskCompletionListener) ended -> arrow.close());
        TaskCalls taskCalls = TaskCalls.open(ours, input, metrics);
        PendingRows pending = new PendingRows(rows, taskCalls, input, batchMaxBytes);
        ReadRows read = new ReadRows(pending, taskCalls, new JoinedRows(input, results, arrow), context, metrics);
        context.addTaskCompletionListener((TaskCompletionListener) ended -> read.close());
        return read;
    }
}
