package io.mambaspark.sql;

import io.mambaspark.sql.batch.BatchInstaller;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/**
 * Brings the SQL functions into a session that runs already, such as a notebook's:
 * <pre>{@code
 * MambaFunctions.register(spark);
 * spark.sql("SELECT mamba_summarize(text, 80) FROM books").show();
 * }</pre>
 */
public final class MambaFunctions {
    private static final Logger LOG = LoggerFactory.getLogger(MambaFunctions.class);

    private MambaFunctions() {}

    /**
     * Registers all functions: first as user-defined functions, by Spark's public interfaces, which always works; then, if
     * the session's internals are as we know them, in their batched form in the place of these. May be called again.
     *
     * @throws MambaException when {@code spark.mamba.model} names no model, or a key's value is none
     */
    public static Registration register(SparkSession spark) {
        List<String> names = PlainFunctions.register(spark, ModelChoice.of(conf(spark)));
        try {
            BatchInstaller.install(spark);
            return new Registration(names, true, "the session's internals are those of Spark 4");
        } catch (RuntimeException | LinkageError e) {
            String reason = "rows are read one at a time: the session's internals differ (" + e + ")";
            LOG.warn("mamba_ functions are registered, but {}", reason);
            return new Registration(names, false, reason);
        }
    }

    private static MambaConf conf(SparkSession spark) {
        return MambaConf.of(key -> {
            Option<String> value = spark.conf().getOption(key);
            return value.isDefined() ? Optional.of(value.get()) : Optional.empty();
        });
    }

    /** All names, {@code try_} forms included. */
    static List<String> names() {
        List<String> names = new ArrayList<>();
        for (MambaFunction function : Functions.ALL) {
            names.add(new Call(function, false, null).name());
            names.add(new Call(function, true, null).name());
        }
        return names;
    }
}
