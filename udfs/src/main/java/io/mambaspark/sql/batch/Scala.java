package io.mambaspark.sql.batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.AttributeSet$;
import scala.Function1;
import scala.PartialFunction;
import scala.Product;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractPartialFunction;

/** Scala's collections and products, from Java. */
final class Scala {
    private Scala() {}

    static <T> Seq<T> seq(Collection<? extends T> elements) {
        // A copy: what asScala gives is a view of its argument.
        return CollectionConverters.<T>asScala(new ArrayList<T>(elements)).toSeq();
    }

    static <T> Seq<T> seq(T element) {
        return seq(List.of(element));
    }

    static <T> Seq<T> seq() {
        return seq(List.<T>of());
    }

    static <T> List<T> list(scala.collection.Iterable<T> elements) {
        return new ArrayList<>(CollectionConverters.asJavaCollection(elements));
    }

    static <T> Seq<T> concat(Seq<T> first, Seq<? extends T> second) {
        List<T> all = list(first);
        all.addAll(list(second));
        return seq(all);
    }

    static <K, V> scala.collection.immutable.Map<K, V> map(Map<K, V> entries) {
        return Map$.MODULE$.from(CollectionConverters.asScala(entries));
    }

    @SuppressWarnings({"unchecked", "rawtypes"
    }) // AttributeSet.apply has two overloads that differ by element type only
    static AttributeSet attributes(Seq<Attribute> attributes) {
        return AttributeSet$.MODULE$.apply((scala.collection.Iterable) attributes);
    }

    /** {@code case x if where(x) => to(x)}. */
    static <A, B> PartialFunction<A, B> when(Predicate<A> where, Function<A, B> to) {
        return new AbstractPartialFunction<>() {
            @Override
            public boolean isDefinedAt(A value) {
                return where.test(value);
            }

            @Override
            @SuppressWarnings("unchecked") // as the Scala compiler does
            public <A1 extends A, B1> B1 applyOrElse(A1 value, Function1<A1, B1> otherwise) {
                return where.test(value) ? (B1) to.apply(value) : otherwise.apply(value);
            }
        };
    }

    /** What case classes do: TreeNode has hashCode, but no equals. */
    static boolean equal(Product one, Object other) {
        if (one == other) {
            return true;
        }
        if (other == null || other.getClass() != one.getClass()) {
            return false;
        }
        Product product = (Product) other;
        for (int i = 0; i < one.productArity(); i++) {
            if (!Objects.equals(one.productElement(i), product.productElement(i))) {
                return false;
            }
        }
        return true;
    }
}
