package io.mambaspark.sql.batch;

import io.mambaspark.sql.MambaSqlException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry$;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.Dataset$;
import org.apache.spark.sql.classic.SparkSession;
import scala.Option;

/**
 * What the names of a filter mean: columns of the passages and Spark's own functions, whatever else the session calls so.
 * Temporary functions, session variables and hidden columns are out of reach.
 *
 * @param session that analyzes
 * @param check   that the filter has passed
 * @param plan    of the passages
 */
record FilterNames(SparkSession session, FilterCheck check, LogicalPlan plan) {
    /** By name alone: what else is in an identifier differs between Sparks. */
    private static final Map<String, FunctionIdentifier> FUNCTIONS =
            Scala.list(FunctionRegistry$.MODULE$.builtin().listFunction()).stream()
                    .collect(Collectors.toMap(
                            function -> function.funcName().toLowerCase(Locale.ROOT), function -> function));

    /**
     * A condition without unresolved names.
     *
     * @throws MambaSqlException MAMBA_FILTER_NOT_ALLOWED; or an AnalysisException of Spark's
     */
    Expression resolve(Expression condition) {
        Expression rest = replace(condition, node -> node instanceof UnresolvedAttribute name ? column(name) : node);
        // From the innermost outwards: functions ask for the types of their arguments, which Spark knows once these are
        // analyzed.
        for (List<UnresolvedFunction> calls = innermost(rest); !calls.isEmpty(); calls = innermost(rest)) {
            Map<Expression, Expression> functions = functions(calls);
            rest = replace(rest, node -> functions.getOrDefault(node, node));
        }
        return rest;
    }

    private static Expression replace(Expression condition, UnaryOperator<Expression> by) {
        return (Expression) condition.transformUp(Scala.when(node -> true, by));
    }

    private Expression column(UnresolvedAttribute name) {
        Option<NamedExpression> column =
                plan.resolve(name.nameParts(), session.sessionState().conf().resolver());
        if (column.isEmpty()) {
            // Fails with Spark's own error, which proposes columns, unless Spark finds something else of this name.
            analyzed(List.of(name));
            throw check.notAllowed(name, "it is no column of the passages");
        }
        return column.get() instanceof Alias field ? field.child() : (Expression) column.get();
    }

    private static List<UnresolvedFunction> innermost(Expression condition) {
        return Scala.list(condition.<UnresolvedFunction>collect(
                        Scala.when(UnresolvedFunction.class::isInstance, UnresolvedFunction.class::cast)))
                .stream()
                .filter(call -> Scala.list(call.children()).stream()
                        .noneMatch(argument -> argument.exists(UnresolvedFunction.class::isInstance)))
                .toList();
    }

    private Map<Expression, Expression> functions(List<UnresolvedFunction> calls) {
        List<Expression> arguments = analyzed(calls.stream()
                .flatMap(call -> Scala.list(call.children()).stream())
                .toList());
        Map<Expression, Expression> functions = new HashMap<>();
        int from = 0;
        for (UnresolvedFunction call : calls) {
            int to = from + call.children().size();
            FunctionIdentifier function = FUNCTIONS.get(call.nameParts().head().toLowerCase(Locale.ROOT));
            functions.put(call, (Expression) FunctionRegistry$.MODULE$
                    .builtin()
                    .lookupFunction(function, Scala.seq(arguments.subList(from, to))));
            from = to;
        }
        return functions;
    }

    private List<Expression> analyzed(List<Expression> values) {
        List<NamedExpression> columns = values.stream()
                .<NamedExpression>map(value -> Columns.named("value", value))
                .toList();
        Dataset<Row> rows = Dataset$.MODULE$.ofRows(session, new Project(Scala.seq(columns), plan));
        Project project = (Project) rows.queryExecution().analyzed();
        return Scala.list(project.projectList()).stream()
                .map(column -> ((Alias) column).child())
                .toList();
    }
}
