package io.mambaspark.sql.batch;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.collection.immutable.Seq;

/** What a search in an index finds for the queries of its child. */
public final class MambaSearch extends ReadNode {
    private final Object search;
    private final Seq<Attribute> output;

    /**
     * The constructor takes the product's elements: Catalyst copies nodes by it.
     *
     * @param search an {@link PlannedSearch}
     */
    public MambaSearch(Object search, Seq<Attribute> output, LogicalPlan child) {
        super(child);
        this.search = search;
        this.output = output;
    }

    PlannedSearch search() {
        return (PlannedSearch) search;
    }

    @Override
    public Seq<Attribute> output() {
        return output;
    }

    /** All that the queries have: nothing says which columns the search takes, so that none may be pruned. */
    @Override
    public AttributeSet references() {
        return child().outputSet();
    }

    @Override
    List<Object> parts() {
        return List.of(search, output);
    }

    @Override
    MambaSearch over(LogicalPlan newChild) {
        return new MambaSearch(search, output, newChild);
    }

    @Override
    Seq<Attribute> made() {
        return output;
    }
}
