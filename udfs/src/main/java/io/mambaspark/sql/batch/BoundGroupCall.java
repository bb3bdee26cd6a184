package io.mambaspark.sql.batch;

import io.mambaspark.sql.Call;
import io.mambaspark.sql.GroupSummarizer;
import io.mambaspark.sql.HeldGroup;
import io.mambaspark.sql.SummarizeAggFunction;
import io.mambaspark.sql.SummarySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection$;
import org.apache.spark.sql.connector.catalog.functions.AggregateFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.types.UTF8String;

/** The catalog's {@code summarize_agg}. {@link CatalogCalls} makes a {@link MambaAggregate} of it, which may stream. */
public final class BoundGroupCall implements AggregateFunction<HeldGroup, Object> {
    private static final long serialVersionUID = 1L;

    private final Call call;
    private final ArrayList<DataType> types;
    private final long maxBytes;
    private transient UnsafeProjection key;
    private transient GroupSummarizer summarizer;

    /**
     * A call with arguments of these types.
     *
     * @throws org.apache.spark.sql.AnalysisException MAMBA_AGG_ORDER_REQUIRED without an {@code order_key}: Spark has no
     *     WITHIN GROUP for functions of catalogs
     */
    public BoundGroupCall(Call call, List<DataType> types, long maxBytes) {
        if (types.size() <= SummarizeAggFunction.ORDER_KEY) {
            throw Unchecked.of(MambaAnalysisException.of(SummarizeAggFunction.orderRequired(call.name())));
        }
        this.call = call;
        this.types = new ArrayList<>(types);
        this.maxBytes = maxBytes;
    }

    Call call() {
        return call;
    }

    long maxBytes() {
        return maxBytes;
    }

    private List<DataType> keyTypes() {
        return types.subList(SummarizeAggFunction.ORDER_KEY, SummarizeAggFunction.ORDER_KEY + 1);
    }

    @Override
    public DataType[] inputTypes() {
        return types.toArray(DataType[]::new);
    }

    @Override
    public DataType resultType() {
        return call.function().resultType(types);
    }

    @Override
    public String name() {
        return call.name();
    }

    @Override
    public String canonicalName() {
        return types.stream().map(DataType::sql).collect(Collectors.joining(", ", call.name() + "(", ")"));
    }

    @Override
    public HeldGroup newAggregationState() {
        return new HeldGroup(maxBytes);
    }

    @Override
    public HeldGroup update(HeldGroup group, InternalRow row) {
        if (!row.isNullAt(SummarizeAggFunction.TEXT)) {
            byte[] text =
                    row.getUTF8String(SummarizeAggFunction.TEXT).makeValid().getBytes();
            group.add(key().apply(row).copy().getBytes(), text, settings(row));
        }
        return group;
    }

    private UnsafeProjection key() {
        if (key == null) {
            List<Expression> keys = new ArrayList<>();
            for (DataType type : keyTypes()) {
                keys.add(new BoundReference(SummarizeAggFunction.ORDER_KEY, type, true));
            }
            key = UnsafeProjection$.MODULE$.create(Scala.seq(keys));
        }
        return key;
    }

    private SummarySettings settings(InternalRow row) {
        Object[] given = new Object[types.size()];
        for (int i = SummarizeAggFunction.MAX_WORDS; i < given.length; i++) {
            if (i != SummarizeAggFunction.ORDER_KEY && !row.isNullAt(i)) {
                given[i] = Values.toJava(row.get(i, types.get(i)), types.get(i));
            }
        }
        return SummarizeAggFunction.settings(call.function().description().complete(given));
    }

    @Override
    public HeldGroup merge(HeldGroup group, HeldGroup other) {
        return group.addAll(other);
    }

    @Override
    public Object produceResult(HeldGroup group) {
        if (summarizer == null) {
            summarizer = new GroupSummarizer(call);
        }
        return UTF8String.fromString(
                summarizer.summarize(group.texts(), group.settings(), KeyOrder.RISING.comparator(keyTypes())));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BoundGroupCall bound && bound.call.equals(call) && bound.types.equals(types);
    }

    @Override
    public int hashCode() {
        return 31 * call.hashCode() + types.hashCode();
    }
}
