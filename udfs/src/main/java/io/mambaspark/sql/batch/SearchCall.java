package io.mambaspark.sql.batch;

import io.mambaspark.index.Mode;
import io.mambaspark.index.SearchOptions;
import io.mambaspark.sql.Argument;
import io.mambaspark.sql.FunctionDescription;
import io.mambaspark.sql.MambaSqlException;
import io.mambaspark.sql.SearchFunction;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * What a call of {@code mamba_search} asks for.
 *
 * @param index       the index's path
 * @param hasOneQuery whether it is a text that is asked, not a table
 * @param query       this text; null for NULL
 * @param queries     what is asked, as a plan with the columns id and text either way
 * @param options     how to search
 */
record SearchCall(String index, boolean hasOneQuery, String query, LogicalPlan queries, SearchOptions options) {
    /** The id of a query that is a text, as {@link io.mambaspark.index.MambaIndex#search(String, SearchOptions)} has it. */
    private static final int ONE_QUERY = 0;

    private static final FunctionDescription FUNCTION = SearchFunction.description();

    /**
     * Understands the arguments of a call.
     *
     * @throws MambaSqlException for the first wrong one
     */
    static SearchCall of(SparkSession session, List<Expression> given) {
        Map<Argument, Expression> arguments = byArgument(given);
        Expression queries = arguments.remove(SearchFunction.QUERIES);
        Expression query = arguments.get(SearchFunction.QUERY);
        if ((query == null) == (queries == null)) {
            throw MambaSqlException.of(
                    "MAMBA_SEARCH_QUERY_AMBIGUOUS",
                    Map.of("function", FUNCTION.name(), "given", query == null ? "neither" : "both"));
        }
        Map<Argument, Object> values = new HashMap<>();
        FUNCTION.arguments().forEach(argument -> values.put(argument, argument.defaultValue()));
        values.putAll(new ConstantArguments(FUNCTION.name(), session).values(arguments));
        String text = (String) values.get(SearchFunction.QUERY);
        return new SearchCall(
                (String) values.get(SearchFunction.INDEX),
                query != null,
                text,
                query != null ? oneRow(text) : TableArgument.plan(FUNCTION.name(), SearchFunction.QUERIES, queries),
                options(values));
    }

    private static LogicalPlan oneRow(String text) {
        List<NamedExpression> columns = List.of(
                Columns.named("id", Literal$.MODULE$.create(ONE_QUERY, DataTypes.IntegerType)),
                Columns.named("text", Literal$.MODULE$.create(text, DataTypes.StringType)));
        return new Project(Scala.seq(columns), new OneRowRelation());
    }

    private static Map<Argument, Expression> byArgument(List<Expression> given) {
        Expression[] inOrder = new GivenArguments(FUNCTION.name(), FUNCTION).inOrder(given);
        Map<Argument, Expression> arguments = new LinkedHashMap<>();
        for (int i = 0; i < inOrder.length; i++) {
            if (inOrder[i] != null) {
                arguments.put(FUNCTION.arguments().get(i), inOrder[i]);
            }
        }
        return arguments;
    }

    private static SearchOptions options(Map<Argument, Object> values) {
        Double minRelevance = (Double) values.get(SearchFunction.MIN_RELEVANCE);
        return new SearchOptions(
                (Integer) values.get(SearchFunction.NUM_RESULTS),
                Mode.of((String) values.get(SearchFunction.MODE)),
                (String) values.get(SearchFunction.FILTER),
                (Boolean) values.get(SearchFunction.GROUP_BY_DOCUMENT),
                (Boolean) values.get(SearchFunction.EXACT),
                (Boolean) values.get(SearchFunction.ALLOW_PARTIAL),
                minRelevance == null ? 0 : minRelevance);
    }
}
