package io.mambaspark.sql.batch;

import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnaryNode;
import scala.Function1;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/** The rows of a plan, and behind their columns one for each call: one row in, one row out. */
public final class MambaRead extends LogicalPlan implements UnaryNode {
    private final Seq<Expression> calls;
    private final Seq<Attribute> results;
    private final LogicalPlan child;

    /** The constructor takes the product's elements: Catalyst copies nodes by it. */
    public MambaRead(Seq<Expression> calls, Seq<Attribute> results, LogicalPlan child) {
        this.calls = calls;
        this.results = results;
        this.child = child;
    }

    /** Each a {@link MambaExpression}; all of one model. */
    public Seq<Expression> calls() {
        return calls;
    }

    /** The columns of the calls' results. */
    public Seq<Attribute> results() {
        return results;
    }

    MambaRead with(LogicalPlan newChild) {
        MambaRead copy = new MambaRead(calls, results, newChild);
        copy.copyTagsFrom(this);
        return copy;
    }

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
        return new MambaRead(calls, results, newChild);
    }

    @Override
    public LogicalPlan withNewChildrenInternal(IndexedSeq<LogicalPlan> newChildren) {
        return new MambaRead(calls, results, newChildren.apply(0));
    }

    @Override
    public LogicalPlan mapChildren(Function1<LogicalPlan, LogicalPlan> function) {
        LogicalPlan mapped = function.apply(child);
        return mapped.fastEquals(child) ? this : with(mapped);
    }

    @Override
    public Seq<Attribute> output() {
        return Scala.concat(child.output(), results);
    }

    /** They are among the product's elements: without this they would count as references. */
    @Override
    public AttributeSet producedAttributes() {
        return Scala.attributes(results);
    }

    @Override
    public int productArity() {
        return 3;
    }

    @Override
    public Object productElement(int n) {
        return switch (n) {
            case 0 -> calls;
            case 1 -> results;
            case 2 -> child;
            default -> throw new IndexOutOfBoundsException(n);
        };
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof MambaRead;
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
