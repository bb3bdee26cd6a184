package io.mambaspark.sql.batch;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.index.SearchOptions;
import io.mambaspark.sql.Call;
import io.mambaspark.sql.ModelChoice;
import io.mambaspark.sql.ModelHandle;
import io.mambaspark.sql.SummarizeAggFunction;
import io.mambaspark.sql.TokenCountFunction;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.execution.SparkPlan;
import scala.Option;

/** Finds out whether this Spark's Catalyst is as we know it, by doing with a small plan what we do with queries. */
final class CatalystProbe {
    private static final Call CALL = new Call(
            new TokenCountFunction(),
            false,
            new ModelChoice(new ModelHandle(ModelHandle.BUILT_IN, ""), EngineOptions.defaults()));

    private CatalystProbe() {}

    /** Throws what a query would fail with. */
    static void run() {
        Alias text = Columns.named("text", Literal$.MODULE$.apply("a text"));
        LogicalPlan rows = new Project(Scala.seq(text), new OneRowRelation());
        MambaExpression call = call(text.toAttribute());
        LogicalPlan filtered = new Filter(new IsNotNull(call), new Filter(new EqualTo(call, call), rows));
        LogicalPlan query =
                new LocalLimit(Literal$.MODULE$.apply(1), new Project(Scala.seq(Columns.named("n", call)), filtered));
        LogicalPlan lifted = new ExtractCalls().apply(query);
        List<LogicalPlan> reads = Scala.list(lifted.collect(Scala.when(MambaRead.class::isInstance, read -> read)));
        require(reads.size() == 1 && !lifted.exists(Calls::in), "calls are not lifted: " + lifted);
        List<SparkPlan> planned = Scala.list(new ReadStrategy().apply(reads.get(0)));
        require(
                planned.size() == 1
                        && planned.get(0).output().size()
                                == reads.get(0).output().size(),
                "reads are not planned: " + planned);
        new FunctionBuilder(CALL.function(), true, KeyOrder.NONE).info();
        runGroups(text.toAttribute(), rows);
        runSearch(text.toAttribute(), rows);
    }

    private static void runGroups(Attribute text, LogicalPlan rows) {
        Call summarize = new Call(new SummarizeAggFunction(), false, CALL.model());
        MambaAggregate summary =
                MambaAggregate.of(summarize, List.of(text, Literal$.MODULE$.apply(5), text), KeyOrder.NONE, 1);
        require(summary.checkInputDataTypes().isSuccess(), "aggregates are not resolved: " + summary);
        LogicalPlan query = new Aggregate(
                Scala.<Expression>seq(text),
                Scala.<NamedExpression>seq(Columns.named("s", summary.toAggregateExpression())),
                rows,
                Option.empty());
        List<LogicalPlan> groups = Scala.list(
                new ExtractGroups().apply(query).collect(Scala.when(MambaReadGroups.class::isInstance, read -> read)));
        require(groups.size() == 1, "aggregates are not lifted: " + query);
        List<SparkPlan> planned = Scala.list(new ReadStrategy().apply(groups.get(0)));
        require(
                planned.size() == 1
                        && planned.get(0).requiredChildDistribution().size() == 1
                        && planned.get(0).requiredChildOrdering().size() == 1,
                "aggregates are not planned: " + planned);
    }

    private static void runSearch(Attribute text, LogicalPlan queries) {
        new SearchBuilder().info();
        require(!TableArgument.isTable(text), "columns are tables");
        PlannedSearch search = new PlannedSearch(null, "an index", SearchOptions.defaults());
        MambaSearch found = new MambaSearch(search, Scala.seq(text.newInstance()), queries);
        require(new ReadStrategy().apply(found).size() == 1, "searches are not planned: " + found);
    }

    private static MambaExpression call(Attribute text) {
        MambaExpression call = new MambaExpression(CALL, Scala.<Expression>seq(text));
        require(call.resolved() && call.checkInputDataTypes().isSuccess(), "calls are not resolved: " + call);
        return call;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }
}
