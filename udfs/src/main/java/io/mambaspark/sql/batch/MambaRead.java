package io.mambaspark.sql.batch;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.collection.immutable.Seq;

/** The rows of a plan, and behind their columns one for each call: one row in, one row out. */
public final class MambaRead extends ReadNode {
    private final Seq<Expression> calls;
    private final Seq<Attribute> results;

    /** The constructor takes the product's elements: Catalyst copies nodes by it. */
    public MambaRead(Seq<Expression> calls, Seq<Attribute> results, LogicalPlan child) {
        super(child);
        this.calls = calls;
        this.results = results;
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
        MambaRead copy = over(newChild);
        copy.copyTagsFrom(this);
        return copy;
    }

    @Override
    public Seq<Attribute> output() {
        return Scala.concat(child().output(), results);
    }

    @Override
    List<Object> parts() {
        return List.of(calls, results);
    }

    @Override
    MambaRead over(LogicalPlan newChild) {
        return new MambaRead(calls, results, newChild);
    }

    @Override
    Seq<Attribute> made() {
        return results;
    }
}
