package io.mambaspark.sql.batch;

import io.mambaspark.sql.MambaSqlException;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset$;
import org.apache.spark.sql.classic.SparkSession;
import scala.runtime.AbstractFunction0;

/**
 * A filter, which comes from strangers: a condition in the closed language of {@link FilterPart}.
 *
 * <p>Parsed by Spark's parser of expressions: unlike the one of a session, it leaves {@code ${env:HOME}} alone.
 */
public final class FilterCondition {
    private static final String TOO_COMPLEX = "FAILED_TO_PARSE_TOO_COMPLEX";

    private final SparkSession session;
    private final String text;
    private final Expression parsed;

    private FilterCondition(SparkSession session, String text) {
        this.session = session;
        this.text = text;
        this.parsed = checked(text);
    }

    /**
     * Parses and checks a filter. Nothing of it is resolved.
     *
     * @throws MambaSqlException MAMBA_FILTER_NOT_ALLOWED; or an AnalysisException of Spark's if it is no SQL
     */
    public static FilterCondition of(org.apache.spark.sql.SparkSession spark, String text) {
        SparkSession session = (SparkSession) spark;
        return in(session, () -> new FilterCondition(session, text));
    }

    /**
     * Refuses what is not of the language; does not look at columns.
     *
     * @throws MambaSqlException MAMBA_FILTER_NOT_ALLOWED; or an AnalysisException of Spark's if it is no SQL
     */
    public static void check(String text) {
        checked(text);
    }

    private static Expression checked(String text) {
        FilterText.check(text);
        Expression parsed = parsed(text);
        new FilterCheck(text).check(parsed);
        return parsed;
    }

    private static Expression parsed(String text) {
        try {
            return CatalystSqlParser$.MODULE$.parseExpression(text);
        } catch (StackOverflowError e) {
            throw FilterText.tooDeep(text);
        } catch (Exception e) { // Scala declares nothing
            if (e instanceof ParseException syntax && TOO_COMPLEX.equals(syntax.getCondition())) {
                throw FilterText.tooDeep(text);
            }
            throw Unchecked.of(e);
        }
    }

    /**
     * The rows for which the condition is true. Lazy.
     *
     * @throws MambaSqlException MAMBA_FILTER_NOT_ALLOWED for a name that Spark knows and that is no column; or an
     *                           AnalysisException of Spark's for one that it does not know, or types that do not fit
     */
    public Dataset<Row> on(Dataset<Row> rows) {
        return in(session, () -> {
            LogicalPlan plan = ((org.apache.spark.sql.classic.Dataset<Row>) rows).logicalPlan();
            Expression condition = new FilterNames(session, new FilterCheck(text), plan).resolve(parsed);
            return Dataset$.MODULE$.ofRows(session, new Filter(condition, plan));
        });
    }

    /** With the configuration of this session, on which parsing depends too. */
    private static <T> T in(SparkSession session, Supplier<T> work) {
        return session.withActive(new AbstractFunction0<>() {
            @Override
            public T apply() {
                return work.get();
            }
        });
    }
}
