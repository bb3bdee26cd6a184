package io.mambaspark.sql.batch;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InterpretedOrdering;
import org.apache.spark.sql.catalyst.expressions.NullOrdering;
import org.apache.spark.sql.catalyst.expressions.SortDirection;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;
import scala.collection.immutable.Seq;

/**
 * The directions of an order by several keys.
 *
 * @param directions one per key
 * @param ofWindow   whether {@link WindowOrder} is to put in the order of the window around the call
 */
record KeyOrder(List<Direction> directions, boolean ofWindow) implements Serializable {
    /** What is not ordered. */
    static final KeyOrder NONE = new KeyOrder(List.of(), false);

    /** What is not ordered, unless it is in a window that is. */
    static final KeyOrder OF_WINDOW = new KeyOrder(List.of(), true);

    /** One key, ascending, NULL first. */
    static final KeyOrder RISING =
            new KeyOrder(List.of(new Direction(Ascending$.MODULE$, Ascending$.MODULE$.defaultNullOrdering())), false);

    /** Of one key. */
    record Direction(SortDirection direction, NullOrdering nulls) implements Serializable {}

    KeyOrder {
        directions = List.copyOf(directions);
    }

    static KeyOrder of(Seq<SortOrder> orders) {
        return new KeyOrder(
                Scala.list(orders).stream()
                        .map(order -> new Direction(order.direction(), order.nullOrdering()))
                        .toList(),
                false);
    }

    boolean isEmpty() {
        return directions.isEmpty();
    }

    /** The order by these keys. */
    List<SortOrder> by(List<? extends Expression> keys) {
        List<SortOrder> orders = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            Direction of = directions.get(i);
            orders.add(new SortOrder(keys.get(i), of.direction(), of.nulls(), Scala.seq()));
        }
        return orders;
    }

    /** Compares rows of keys of these types, given as bytes. Not thread-safe. */
    Comparator<byte[]> comparator(List<DataType> types) {
        List<BoundReference> keys = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            keys.add(new BoundReference(i, types.get(i), true));
        }
        InterpretedOrdering ordering = new InterpretedOrdering(Scala.seq(by(keys)));
        UnsafeRow left = new UnsafeRow(types.size());
        UnsafeRow right = new UnsafeRow(types.size());
        return (one, other) -> {
            left.pointTo(one, one.length);
            right.pointTo(other, other.length);
            return ordering.compare(left, right);
        };
    }
}
