package io.mambaspark.sql.batch;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnaryNode;
import scala.Function1;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * What our logical nodes have in common: what Scala writes for a case class with one child.
 *
 * <p>A class that extends it is public, with a public constructor of exactly {@link #parts} and the child: Catalyst copies
 * nodes by it.
 */
abstract class ReadNode extends LogicalPlan implements UnaryNode {
    private final LogicalPlan child;

    ReadNode(LogicalPlan child) {
        this.child = child;
    }

    /** The elements of the product before the child. */
    abstract List<Object> parts();

    /** The same node over another child. */
    abstract ReadNode over(LogicalPlan newChild);

    /** The columns that this node adds to those of its child. */
    abstract Seq<Attribute> made();

    @Override
    public LogicalPlan child() {
        return child;
    }

    @Override
    public Seq<LogicalPlan> children() {
        return Scala.seq(child);
    }

    @Override
    public LogicalPlan withNewChildInternal(LogicalPlan newChild) {
        return over(newChild);
    }

    @Override
    public LogicalPlan withNewChildrenInternal(IndexedSeq<LogicalPlan> newChildren) {
        return over(newChildren.apply(0));
    }

    @Override
    public LogicalPlan mapChildren(Function1<LogicalPlan, LogicalPlan> function) {
        LogicalPlan mapped = function.apply(child);
        if (mapped.fastEquals(child)) {
            return this;
        }
        ReadNode copy = over(mapped);
        copy.copyTagsFrom(this);
        return copy;
    }

    /** They are among the product's elements: without this they would count as references. */
    @Override
    public AttributeSet producedAttributes() {
        return Scala.attributes(made());
    }

    @Override
    public int productArity() {
        return parts().size() + 1;
    }

    @Override
    public Object productElement(int n) {
        return n == parts().size() ? child : parts().get(n);
    }

    @Override
    public boolean canEqual(Object other) {
        return getClass().isInstance(other);
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
