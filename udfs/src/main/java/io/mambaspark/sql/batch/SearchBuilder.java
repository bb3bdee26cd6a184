package io.mambaspark.sql.batch;

import io.mambaspark.index.MambaIndex;
import io.mambaspark.sql.MambaSqlException;
import io.mambaspark.sql.SearchFunction;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.types.DataTypeUtils;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Seq;
import scala.runtime.AbstractFunction1;

/** Makes a plan of a call of {@code mamba_search} in SQL: a {@link MambaSearch} over its queries. */
final class SearchBuilder extends AbstractFunction1<Seq<Expression>, LogicalPlan> {
    String name() {
        return SearchFunction.description().name();
    }

    ExpressionInfo info() {
        return FunctionInfo.of(SearchFunction.class, SearchFunction.description());
    }

    @Override
    public LogicalPlan apply(Seq<Expression> given) {
        SparkSession session = (SparkSession) org.apache.spark.sql.SparkSession.active();
        try {
            SearchCall call = SearchCall.of(session, Scala.list(given));
            MambaIndex index = MambaIndex.open(session, call.index());
            Seq<Attribute> found = Scala.seq(Scala.list(DataTypeUtils.toAttributes(schema(session, index, call))));
            PlannedSearch search = new PlannedSearch(index, call.index(), call.options());
            return renamed(new MambaSearch(search, found, call.queries()));
        } catch (MambaSqlException e) {
            throw Unchecked.of(MambaAnalysisException.of(e));
        }
    }

    /** The columns of what will be found. Asking for a search runs nothing, but tells all that is wrong with it already. */
    private static StructType schema(SparkSession session, MambaIndex index, SearchCall call) {
        Dataset<Row> found = call.hasOneQuery()
                ? index.search(call.query(), call.options())
                : index.search(session.createDataFrame(List.of(), call.queries().schema()), call.options());
        return found.schema();
    }

    /** With an alias for each column: these are what Catalyst makes anew where one plan stands on both sides of a join. */
    private static LogicalPlan renamed(LogicalPlan plan) {
        List<NamedExpression> columns = Scala.list(plan.output()).stream()
                .<NamedExpression>map(column -> Columns.named(column.name(), column))
                .toList();
        return new Project(Scala.seq(columns), plan);
    }
}
