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
 * @param directions one for each key
 */
record KeyOrder(List<Direction> directions) implements Serializable {
    /** What is not ordered. */
    static final KeyOrder NONE = new KeyOrder(List.of());

    /** One key, rising, NULL first. */
    static final KeyOrder RISING =
            new KeyOrder(List.of(new Direction(Ascending$.MODULE$, Ascending$.MODULE$.defaultNullOrdering())));

    /** Of one key. */
    record Direction(SortDirection direction, NullOrdering nulls) implements Serializable {}

    KeyOrder {
        directions = List.copyOf(directions);
    }

    static KeyOrder of(Seq<SortOrder> orders) {
        return new KeyOrder(Scala.list(orders).stream()
                .map(order -> new Direction(order.direction(), order.nullOrdering()))
                .toList());
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

    /** Compares rows of keys of these types, given as bytes; null if nothing is ordered. For one thread. */
    Comparator<byte[]> comparator(List<DataType> types) {
        if (isEmpty()) {
            return null;
        }
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
