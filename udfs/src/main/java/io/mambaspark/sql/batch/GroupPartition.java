package io.mambaspark.sql.batch;

import io.mambaspark.sql.TextReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection$;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.util.TaskCompletionListener;

/** What a task of a {@link MambaReadGroupsExec} does with a partition. Travels to the executors. */
final class GroupPartition implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
    private static final long serialVersionUID = 1L;

    private final ArrayList<Attribute> grouping;
    private final GroupCall call;
    private final Attribute text;
    private final ArrayList<Attribute> input;
    private final ReadMetrics metrics;

    GroupPartition(
            List<Attribute> grouping, GroupCall call, Attribute text, List<Attribute> input, ReadMetrics metrics) {
        this.grouping = new ArrayList<>(grouping);
        this.call = call;
        this.text = text;
        this.input = new ArrayList<>(input);
        this.metrics = metrics;
    }

    @Override
    public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
        if (!rows.hasNext()) {
            return grouping.isEmpty()
                    ? List.of(ofNoRows()).iterator()
                    : List.<InternalRow>of().iterator();
        }
        TaskContext context = TaskContext.get();
        TextReader reader = new TextReader(call.call().model(), tokens -> {});
        GroupReadings readings = new GroupReadings(rows, grouping, text, input, call, reader);
        ReadGroups read = new ReadGroups(readings, call, toUnsafe(), reader, context, metrics);
        context.addTaskCompletionListener((TaskCompletionListener) ended -> read.close());
        return read;
    }

    /** Without GROUP BY there is a row in any case. */
    private InternalRow ofNoRows() {
        return toUnsafe().apply(new GenericInternalRow(new Object[] {null}));
    }

    /** From what groups a row, and what was made of the group. */
    private UnsafeProjection toUnsafe() {
        List<DataType> types = new ArrayList<>();
        grouping.forEach(column -> types.add(column.dataType()));
        types.add(text.dataType());
        return UnsafeProjection$.MODULE$.create(types.toArray(DataType[]::new));
    }
}
