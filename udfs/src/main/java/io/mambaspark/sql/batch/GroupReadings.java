package io.mambaspark.sql.batch;

import io.mambaspark.reading.DocumentReading;
import io.mambaspark.sql.MambaSqlException;
import io.mambaspark.sql.SummarizeAggFunction;
import io.mambaspark.sql.TextReader;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BaseOrdering;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InterpretedOrdering;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection$;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * The groups of sorted rows as readings, one behind the other. The rows of a group are asked for as it is read, and no
 * further group is begun before: what is left of one that failed is passed over.
 */
final class GroupReadings implements Iterator<DocumentReading> {
    private final Iterator<InternalRow> rows;
    private final GroupCall call;
    private final TextReader reader;
    private final SummarizeAggFunction function;
    private final UnsafeProjection toKey;
    private final UnsafeProjection toText;
    private final BaseOrdering ofKeys;
    private final Attribute textColumn;

    private final Queue<ReadGroup> begun = new ArrayDeque<>();
    private ReadGroup group;
    /** The first row that is not taken yet; null if there is none. */
    private InternalRow row;

    private long nanosInRows;

    GroupReadings(
            Iterator<InternalRow> rows,
            List<Attribute> grouping,
            Attribute text,
            List<Attribute> input,
            GroupCall call,
            TextReader reader) {
        this.rows = rows;
        this.call = call;
        this.reader = reader;
        this.function = (SummarizeAggFunction) call.call().function();
        this.toKey = UnsafeProjection$.MODULE$.create(Scala.<Expression>seq(grouping), Scala.seq(input));
        this.toText = UnsafeProjection$.MODULE$.create(Scala.<Expression>seq(text), Scala.seq(input));
        this.ofKeys = InterpretedOrdering.forSchema(
                Scala.seq(grouping.stream().map(Attribute::dataType).toList()));
        this.textColumn = text;
        advance();
    }

    private void advance() {
        long start = System.nanoTime();
        row = rows.hasNext() ? rows.next() : null;
        nanosInRows += System.nanoTime() - start;
    }

    @Override
    public boolean hasNext() {
        while (isOf(group)) {
            advance();
        }
        return row != null;
    }

    /** Whether the row at hand is of this group. */
    private boolean isOf(ReadGroup some) {
        return some != null && row != null && ofKeys.compare(toKey.apply(row), some.key()) == 0;
    }

    @Override
    public DocumentReading next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        group = new ReadGroup(toKey.apply(row).copy());
        begun.add(group);
        return DocumentReading.ofTexts(
                reader.model(), "group", new Texts(group), List.of(function.sink(reader, call.settings())));
    }

    /** The next group in order, all of whose rows are taken. */
    ReadGroup poll() {
        return begun.remove();
    }

    long nanosInRows() {
        return nanosInRows;
    }

    /** The texts of a group, up to the first that cannot be read. */
    private final class Texts implements Iterator<String> {
        private final ReadGroup ofGroup;
        private String found;

        private Texts(ReadGroup ofGroup) {
            this.ofGroup = ofGroup;
        }

        @Override
        public boolean hasNext() {
            while (found == null && ofGroup == group && ofGroup.error() == null && isOf(ofGroup)) {
                take();
            }
            return found != null;
        }

        private void take() {
            try {
                UnsafeRow text = toText.apply(row);
                if (!text.isNullAt(0)) {
                    ofGroup.addText();
                    found = (String) Values.toJava(text.getUTF8String(0), textColumn.dataType());
                }
            } catch (MambaSqlException e) {
                ofGroup.fail(e);
            }
            advance();
        }

        @Override
        public String next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            String next = found;
            found = null;
            return next;
        }
    }
}
