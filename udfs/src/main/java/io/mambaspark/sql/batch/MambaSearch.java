package io.mambaspark.sql.batch;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeMap$;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Statistics;
import org.apache.spark.sql.catalyst.plans.logical.statsEstimation.EstimationUtils;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.math.BigInt;

/** What a search in an index finds for the queries of its child. */
public final class MambaSearch extends ReadNode {
    /** A passage of 128 tokens, twice, and the numbers beside it. */
    private static final int ROW_BYTES = 1_500;

    private final Object search;
    private final Seq<Attribute> output;

    /**
     * The constructor takes the product's elements: Catalyst copies nodes by it.
     *
     * @param search a {@link PlannedSearch}
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

    /** Spark would take the rows for no more than the queries are, and send them all to every executor for a join. */
    @Override
    public Statistics stats() {
        BigInt queries = rows(child());
        BigInt rows = queries.$times(BigInt.int2bigInt(search().options().numResults()));
        return new Statistics(
                rows.$times(BigInt.int2bigInt(ROW_BYTES)), Option.empty(), AttributeMap$.MODULE$.empty(), false);
    }

    private static BigInt rows(LogicalPlan plan) {
        Statistics stats = plan.stats();
        if (stats.rowCount().isDefined()) {
            return stats.rowCount().get();
        }
        BigInt rowBytes = EstimationUtils.getSizePerRow(plan.output(), stats.attributeStats());
        return stats.sizeInBytes().$div(rowBytes).max(BigInt.int2bigInt(1));
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
