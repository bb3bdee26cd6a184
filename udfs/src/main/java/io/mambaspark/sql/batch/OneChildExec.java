package io.mambaspark.sql.batch;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.UnaryExecNode;
import scala.Function1;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * What our physical nodes have in common: what Scala writes for a case class with one child.
 *
 * <p>A class that extends it is public, with a public constructor of exactly {@link #parts} and the child: Catalyst copies
 * nodes by it.
 */
abstract class OneChildExec extends SparkPlan implements UnaryExecNode {
    private static final long serialVersionUID = 1L;

    private final SparkPlan child;

    OneChildExec(SparkPlan child) {
        this.child = child;
    }

    /** The elements of the product before the child. */
    abstract List<Object> parts();

    /** The same node over another child. */
    abstract OneChildExec over(SparkPlan newChild);

    /** The columns that this node adds to those of its child. */
    abstract Seq<Attribute> made();

    @Override
    public String verboseStringWithOperatorId() {
        return UnaryExecNode.super.verboseStringWithOperatorId();
    }

    @Override
    public SparkPlan child() {
        return child;
    }

    @Override
    public Seq<SparkPlan> children() {
        return Scala.seq(child);
    }

    @Override
    public SparkPlan withNewChildInternal(SparkPlan newChild) {
        return over(newChild);
    }

    @Override
    public SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> newChildren) {
        return over(newChildren.apply(0));
    }

    @Override
    public SparkPlan mapChildren(Function1<SparkPlan, SparkPlan> function) {
        SparkPlan mapped = function.apply(child);
        if (mapped.fastEquals(child)) {
            return this;
        }
        OneChildExec copy = over(mapped);
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
