package io.mambaspark.sql.batch;

import io.mambaspark.sql.Argument;
import io.mambaspark.sql.Call;
import io.mambaspark.sql.GroupSummarizer;
import io.mambaspark.sql.GroupTexts;
import io.mambaspark.sql.MambaSqlException;
import io.mambaspark.sql.SummarizeAggFunction;
import io.mambaspark.sql.SummarySettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ImplicitCastInputTypes;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection$;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.ImperativeAggregate;
import org.apache.spark.sql.catalyst.expressions.aggregate.SupportsOrderingWithinGroup;
import org.apache.spark.sql.catalyst.expressions.aggregate.TypedImperativeAggregate;
import org.apache.spark.sql.catalyst.util.TypeUtils$;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.AnyDataType$;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * A call of {@link SummarizeAggFunction} in a plan. {@link ExtractGroups} makes a {@link MambaReadGroups} of it; where that
 * cannot be, beside other aggregates for one, it holds the texts of a group until all are there.
 */
public final class MambaAggregate extends TypedImperativeAggregate<GroupTexts>
        implements SupportsOrderingWithinGroup, ImplicitCastInputTypes, Serializable {
    private static final long serialVersionUID = 1L;

    private final Call call;
    /** Where the settings are among the arguments; they are in this order between the text and the keys of the children. */
    private static final int[] SETTINGS = {
        SummarizeAggFunction.MAX_WORDS, SummarizeAggFunction.QUERY, SummarizeAggFunction.FORMAT
    };

    private static final int FIRST_KEY = 1 + SETTINGS.length;

    /** The text, the settings, the keys. */
    private final Seq<Expression> children;

    private final KeyOrder order;
    private final long maxBytes;
    private final int mutableAggBufferOffset;
    private final int inputAggBufferOffset;
    private transient UnsafeProjection keys;
    private transient GroupSummarizer summarizer;

    /** The constructor takes the product's elements: Catalyst copies nodes by it. */
    public MambaAggregate(
            Call call,
            Seq<Expression> children,
            KeyOrder order,
            long maxBytes,
            int mutableAggBufferOffset,
            int inputAggBufferOffset) {
        this.call = call;
        this.children = children;
        this.order = order;
        this.maxBytes = maxBytes;
        this.mutableAggBufferOffset = mutableAggBufferOffset;
        this.inputAggBufferOffset = inputAggBufferOffset;
    }

    /**
     * A call.
     *
     * @param arguments null, or fewer, where they are left out
     * @param otherwise the order without an order_key, until there is WITHIN GROUP
     */
    static MambaAggregate of(Call call, List<Expression> arguments, KeyOrder otherwise, long maxBytes) {
        List<Expression> children = new ArrayList<>();
        children.add(arguments.get(SummarizeAggFunction.TEXT));
        for (int setting : SETTINGS) {
            Argument argument = call.function().description().arguments().get(setting);
            Expression given = setting < arguments.size() ? arguments.get(setting) : null;
            children.add(given == null ? Standard.of(argument) : given);
        }
        boolean hasKey = arguments.size() > SummarizeAggFunction.ORDER_KEY
                && arguments.get(SummarizeAggFunction.ORDER_KEY) != null;
        if (hasKey) {
            children.add(arguments.get(SummarizeAggFunction.ORDER_KEY));
        }
        return new MambaAggregate(call, Scala.seq(children), hasKey ? KeyOrder.RISING : otherwise, maxBytes, 0, 0);
    }

    Call call() {
        return call;
    }

    /**
     * The order of the texts of a group.
     *
     * @throws MambaSqlException MAMBA_AGG_ORDER_REQUIRED
     */
    KeyOrder order() {
        if (order.isEmpty()) {
            throw SummarizeAggFunction.orderRequired(call.name());
        }
        return order;
    }

    Expression text() {
        return children.apply(SummarizeAggFunction.TEXT);
    }

    /** How each group is to be summarized. */
    SummarySettings settings() {
        Object[] given = new Object[call.function().description().arguments().size()];
        for (int i = 0; i < SETTINGS.length; i++) {
            Expression child = children.apply(i + 1);
            given[SETTINGS[i]] = Values.toJava(child.eval(null), child.dataType());
        }
        return SummarizeAggFunction.settings(call.function().description().complete(given));
    }

    List<Expression> keys() {
        return Scala.list(children).subList(FIRST_KEY, children.size());
    }

    @Override
    public Seq<Expression> children() {
        return children;
    }

    @Override
    public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
        return new MambaAggregate(call, newChildren, order, maxBytes, mutableAggBufferOffset, inputAggBufferOffset);
    }

    @Override
    public AggregateFunction withOrderingWithinGroup(Seq<SortOrder> ordering) {
        List<Expression> ordered = Scala.list(children);
        Scala.list(ordering).forEach(key -> ordered.add(key.child()));
        return new MambaAggregate(
                call,
                Scala.seq(ordered),
                KeyOrder.of(ordering),
                maxBytes,
                mutableAggBufferOffset,
                inputAggBufferOffset);
    }

    @Override
    public boolean orderingFilled() {
        return !order.isEmpty();
    }

    /** Not WITHIN GROUP: an {@code order_key} or an ordered window will do. */
    @Override
    public boolean isOrderingMandatory() {
        return false;
    }

    @Override
    public boolean isDistinctSupported() {
        return true;
    }

    /** As it was called: without settings that were left out. */
    @Override
    public String sql(boolean isDistinct) {
        return Scala.list(children).stream()
                .filter(child -> !Standard.isLeftOut(child))
                .map(Expression::sql)
                .collect(Collectors.joining(", ", prettyName() + (isDistinct ? "(DISTINCT " : "("), ")"));
    }

    @Override
    public String prettyName() {
        return call.name();
    }

    @Override
    public DataType dataType() {
        return call.function().resultType(List.of(text().dataType()));
    }

    @Override
    public boolean nullable() {
        return true;
    }

    @Override
    public Option<Literal> defaultResult() {
        return Option.apply(Literal$.MODULE$.create(null, dataType()));
    }

    @Override
    public Seq<AbstractDataType> inputTypes() {
        List<Argument> arguments = call.function().description().arguments();
        List<AbstractDataType> types = new ArrayList<>();
        types.add(InputTypes.of(arguments.get(SummarizeAggFunction.TEXT)));
        for (int setting : SETTINGS) {
            types.add(InputTypes.of(arguments.get(setting)));
        }
        keys().forEach(key -> types.add(AnyDataType$.MODULE$));
        return Scala.seq(types);
    }

    @Override
    public TypeCheckResult checkInputDataTypes() {
        TypeCheckResult types = ImplicitCastInputTypes.super.checkInputDataTypes();
        for (Expression key : keys()) {
            if (types.isSuccess()) {
                types = TypeUtils$.MODULE$.checkForOrderingExpr(key.dataType(), prettyName());
            }
        }
        if (types.isSuccess()) {
            checkArguments();
        }
        return types;
    }

    private void checkArguments() {
        try {
            if (!order.ofWindow()) {
                order();
            }
            for (int i = 0; i < SETTINGS.length; i++) {
                Expression setting = children.apply(i + 1);
                if (!setting.foldable()) {
                    String argument = call.function()
                            .description()
                            .arguments()
                            .get(SETTINGS[i])
                            .name();
                    throw MambaSqlException.of(
                            "MAMBA_ARGUMENT_NOT_CONSTANT",
                            Map.of("function", call.name(), "argument", argument, "expression", setting.sql()));
                }
            }
            settings().check(call.name());
        } catch (MambaSqlException e) {
            throw Unchecked.of(MambaAnalysisException.of(e));
        }
    }

    @Override
    public GroupTexts createAggregationBuffer() {
        return new GroupTexts(maxBytes);
    }

    @Override
    public GroupTexts update(GroupTexts group, InternalRow row) {
        UTF8String text = (UTF8String) text().eval(row);
        if (text != null) {
            if (keys == null) {
                keys = UnsafeProjection$.MODULE$.create(Scala.seq(keys()));
            }
            group.add(keys.apply(row).copy().getBytes(), text.makeValid().getBytes());
        }
        return group;
    }

    @Override
    public GroupTexts merge(GroupTexts group, GroupTexts other) {
        return group.addAll(other);
    }

    @Override
    public Object eval(GroupTexts group) {
        if (summarizer == null) {
            summarizer = new GroupSummarizer(call);
        }
        List<DataType> types = keys().stream().map(Expression::dataType).toList();
        return UTF8String.fromString(summarizer.summarize(group, settings(), order().comparator(types)));
    }

    @Override
    public byte[] serialize(GroupTexts group) {
        return group.toBytes();
    }

    @Override
    public GroupTexts deserialize(byte[] bytes) {
        return GroupTexts.of(bytes);
    }

    @Override
    public int mutableAggBufferOffset() {
        return mutableAggBufferOffset;
    }

    @Override
    public int inputAggBufferOffset() {
        return inputAggBufferOffset;
    }

    @Override
    public ImperativeAggregate withNewMutableAggBufferOffset(int offset) {
        return new MambaAggregate(call, children, order, maxBytes, offset, inputAggBufferOffset);
    }

    @Override
    public ImperativeAggregate withNewInputAggBufferOffset(int offset) {
        return new MambaAggregate(call, children, order, maxBytes, mutableAggBufferOffset, offset);
    }

    @Override
    public int productArity() {
        return 6;
    }

    @Override
    public Object productElement(int n) {
        return switch (n) {
            case 0 -> call;
            case 1 -> children;
            case 2 -> order;
            case 3 -> maxBytes;
            case 4 -> mutableAggBufferOffset;
            case 5 -> inputAggBufferOffset;
            default -> throw new IndexOutOfBoundsException(n);
        };
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof MambaAggregate;
    }

    @Override
    public boolean equals(Object other) {
        return Scala.equal(this, other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
