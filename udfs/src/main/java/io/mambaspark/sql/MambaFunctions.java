package io.mambaspark.sql;

import io.mambaspark.sql.batch.BatchInstaller;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
     * the session's internals are as we know them, in their batched form in the place of these, and {@code mamba_search},
     * which has no other. May be called again.
     *
     * @throws MambaSqlException when {@code spark.mamba.model} names no model, or a key's value is none
     */
    public static Registration register(SparkSession spark) {
        MambaConf conf = MambaConf.of(spark);
        List<String> names = PlainFunctions.register(spark, conf, new Evaluation(false, "registration did not end"));
        try {
            BatchInstaller.install(spark);
            Stream<String> tables = Functions.ofTables().stream().map(FunctionDescription::name);
            return new Registration(Stream.concat(names.stream(), tables).toList(), Evaluation.BATCHED);
        } catch (RuntimeException | LinkageError | AssertionError e) {
            Evaluation plain = new Evaluation(false, "this session's internals are not those that we know: " + e);
            LOG.warn("mamba_ functions read rows one at a time: {}", plain.reason());
            return new Registration(PlainFunctions.register(spark, conf, plain), plain);
        }
    }
}
