package io.mambaspark.sql.udf;

import io.mambaspark.sql.Call;
import io.mambaspark.sql.MambaConf;
import io.mambaspark.sql.MambaFunction;
import io.mambaspark.sql.ModelChoice;
import io.mambaspark.sql.RowEvaluator;
import java.io.Serializable;
import org.apache.spark.sql.SparkSession;

/** A function of all its arguments, made on the driver, where there is a session. */
abstract class RowFunction implements Serializable {
    private static final long serialVersionUID = 1L;

    private final RowEvaluator evaluator;

    RowFunction(MambaFunction function) {
        ModelChoice model = ModelChoice.of(MambaConf.of(SparkSession.active()));
        this.evaluator = new RowEvaluator(new Call(function, false, model));
    }

    /** The value of a row; null if an argument is. */
    @SuppressWarnings("unchecked") // the class knows what its function gives
    final <R> R evaluate(Object... arguments) {
        return (R) evaluator.evaluate(arguments);
    }
}
