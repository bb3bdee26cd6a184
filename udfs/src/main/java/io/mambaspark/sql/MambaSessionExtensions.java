package io.mambaspark.sql;

import io.mambaspark.sql.batch.BatchInstaller;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.SparkSessionExtensionsProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.runtime.BoxedUnit;

/**
 * Gives every new session the SQL functions, evaluated in batches. Spark finds it by itself when the jar is there ({@code
 * --jars bundle.jar}); {@code spark.sql.extensions=io.mambaspark.sql.MambaSessionExtensions} does the same, and both
 * together no more.
 *
 * <p>Never stops a session from starting: on a Spark whose internals differ it says so in one line and does nothing.
 */
public final class MambaSessionExtensions implements SparkSessionExtensionsProvider {
    private static final Logger LOG = LoggerFactory.getLogger(MambaSessionExtensions.class);

    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
        try {
            BatchInstaller.inject(extensions);
        } catch (RuntimeException | LinkageError | AssertionError e) {
            LOG.warn(
                    "No mamba_ functions in this session: Spark's internals are not those that they were made for ({})."
                            + " MambaFunctions.register(spark) brings them without batches.",
                    e.toString());
        }
        return BoxedUnit.UNIT;
    }
}
