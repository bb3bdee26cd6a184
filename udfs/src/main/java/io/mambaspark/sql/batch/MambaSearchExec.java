package io.mambaspark.sql.batch;

import java.util.List;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.execution.SparkPlan;
import scala.collection.immutable.Seq;

/** Runs a {@link MambaSearch}: hands the rows of its child to the index, and its rows on. */
public final class MambaSearchExec extends OneChildExec {
    private static final long serialVersionUID = 1L;

    private final transient Object search;
    private final Seq<Attribute> output;

    /** The constructor takes the product's elements: Catalyst copies nodes by it. */
    public MambaSearchExec(Object search, Seq<Attribute> output, SparkPlan child) {
        super(child);
        this.search = search;
        this.output = output;
    }

    @Override
    public RDD<InternalRow> doExecute() {
        Dataset<Row> queries = session().internalCreateDataFrame(child().execute(), child().schema(), false);
        Dataset<Row> found = ((PlannedSearch) search).of(queries);
        return ((org.apache.spark.sql.classic.Dataset<Row>) found)
                .queryExecution()
                .toRdd();
    }

    @Override
    public Seq<Attribute> output() {
        return output;
    }

    @Override
    List<Object> parts() {
        return List.of(search, output);
    }

    @Override
    MambaSearchExec over(SparkPlan newChild) {
        return new MambaSearchExec(search, output, newChild);
    }

    @Override
    Seq<Attribute> made() {
        return output;
    }
}
