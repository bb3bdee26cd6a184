package io.mambaspark.sql.batch;

import io.mambaspark.sql.MambaSqlException;
import org.apache.spark.QueryContext;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.trees.Origin;
import scala.Option;

/** An argument that no row could be right with, told before anything runs. */
public final class MambaAnalysisException extends AnalysisException {
    private static final long serialVersionUID = 1L;

    private final String sqlState;

    private MambaAnalysisException(MambaSqlException error) {
        super(
                error.getMessage(),
                Option.empty(),
                Option.empty(),
                Option.apply(error),
                Option.apply(error.getCondition()),
                Scala.map(error.getMessageParameters()),
                new QueryContext[0]);
        this.sqlState = error.getSqlState();
    }

    /** What a row would have failed with. */
    static MambaAnalysisException of(MambaSqlException error) {
        return new MambaAnalysisException(error);
    }

    /** Spark's own table of conditions does not know ours. */
    @Override
    public String getSqlState() {
        return sqlState;
    }

    /** Spark would copy the error to add its place in the text, and lose the SQLSTATE. */
    @Override
    public AnalysisException withPosition(Origin origin) {
        return this;
    }
}
