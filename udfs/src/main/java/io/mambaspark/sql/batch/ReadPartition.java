package io.mambaspark.sql.batch;

import io.mambaspark.sql.TextReader;
import io.mambaspark.sql.rows.PackedRows;
import io.mambaspark.sql.rows.RowFiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
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
        TextReader reader = new TextReader(
                ours.get(0).call().model(), tokens -> metrics.queryTokens().add(tokens));
        UnsafeRows copies = new UnsafeRows(rows, input);
        RowFiles<UnsafeRow> files = new RowFiles<>(copies);
        PackedRows<UnsafeRow> packed = new PackedRows<>(
                files,
                new UnsafeRowForm(ours, input),
                ours.stream().map(MambaExpression::call).toList(),
                reader,
                batchMaxBytes,
                model -> new ReadWatch(
                        context, metrics, copies::nanos, () -> model.engine().fellBack()));
        context.addTaskCompletionListener((TaskCompletionListener) ended -> packed.close());
        return new ReadRows(packed, files, new JoinedRows(input, results, arrow), metrics);
    }
}
