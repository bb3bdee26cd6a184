package io.mambaspark.sql.batch;

import io.mambaspark.sql.rows.RowForm;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InterpretedProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;

/** The arguments of the calls of a node, computed from its rows. */
final class UnsafeRowForm implements RowForm<UnsafeRow> {
    /** Unlike an UnsafeProjection, this copies no text, and keeps no buffer of the size of the largest. */
    private final InterpretedProjection arguments;
    /** Of each call, where its arguments stand among those of all calls; one behind the last call too. */
    private final int[] firstArgument;

    private final DataType[] types;
    /** The first arguments, each once; and which of them each call has. */
    private final List<Expression> texts = new ArrayList<>();

    private final int[] textOf;
    private InternalRow values;

    UnsafeRowForm(List<MambaExpression> calls, List<Attribute> input) {
        this.firstArgument = new int[calls.size() + 1];
        this.textOf = new int[calls.size()];
        List<Expression> all = new ArrayList<>();
        for (int call = 0; call < calls.size(); call++) {
            List<Expression> children = Scala.list(calls.get(call).children());
            all.addAll(children);
            firstArgument[call + 1] = all.size();
            textOf[call] = children.isEmpty() ? -1 : number(children.get(0).canonicalized());
        }
        this.arguments = new InterpretedProjection(Scala.seq(all), Scala.seq(input));
        this.types = all.stream().map(Expression::dataType).toArray(DataType[]::new);
    }

    private int number(Expression text) {
        if (!texts.contains(text)) {
            texts.add(text);
        }
        return texts.indexOf(text);
    }

    @Override
    public int text(int call) {
        return textOf[call];
    }

    @Override
    public void turnTo(UnsafeRow row) {
        values = arguments.apply(row);
    }

    @Override
    public Object[] arguments(int call, String text) {
        int first = firstArgument[call];
        Object[] known = new Object[firstArgument[call + 1] - first];
        for (int i = known.length - 1; i >= 0; i--) { // the text last: it is dear to decode
            if (values.isNullAt(first + i)) {
                return null;
            }
            DataType type = types[first + i];
            known[i] = i == 0 && text != null ? text : Values.toJava(values.get(first + i, type), type);
            if (known[i] == null) {
                return null;
            }
        }
        return known;
    }

    @Override
    public long bytes(UnsafeRow row) {
        return row.getSizeInBytes();
    }
}
