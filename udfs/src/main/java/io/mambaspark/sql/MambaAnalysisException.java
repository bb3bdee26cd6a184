package io.mambaspark.sql;

import java.util.Map;
import org.apache.spark.QueryContext;
import org.apache.spark.sql.AnalysisException;
import scala.Option;
import scala.collection.immutable.Map$;
import scala.jdk.javaapi.CollectionConverters;

/** An argument that no row could be right with, told before anything runs. */
public final class MambaAnalysisException extends AnalysisException {
    private static final long serialVersionUID = 1L;

    private final String condition;

    private MambaAnalysisException(String condition, String message, Map<String, String> parameters, Throwable cause) {
        super(
                message,
                Option.empty(),
                Option.empty(),
                Option.apply(cause),
                Option.apply(condition),
                Map$.MODULE$.from(CollectionConverters.asScala(parameters)),
                new QueryContext[0]);
        this.condition = condition;
    }

    /** An error of {@code mamba-error-conditions.json}. */
    public static MambaAnalysisException of(String condition, Map<String, String> parameters) {
        return new MambaAnalysisException(condition, ErrorConditions.message(condition, parameters), parameters, null);
    }

    /** What a row would have failed with. */
    public static MambaAnalysisException of(MambaException error) {
        return new MambaAnalysisException(
                error.getCondition(), error.getMessage(), error.getMessageParameters(), error);
    }

    // Spark's own table of conditions does not know ours.
    @Override
    public String getSqlState() {
        return ErrorConditions.sqlState(condition);
    }
}
