package io.mambaspark.sql;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.reading.MambaModel;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import scala.Option;

/**
 * Loads the model when an executor starts, tests it, and shows what it does among Spark's metrics:
 * <pre>spark.plugins  io.mambaspark.sql.MambaPlugin</pre>
 * Without it the first task loads the model, and nothing is shown.
 *
 * <p>The model is that of the configuration with which the application starts. An executor on which it cannot be loaded,
 * or on which it reads wrongly, does not start.
 */
public final class MambaPlugin implements SparkPlugin {
    private static final String LOCATION = "location";
    private static final String FINGERPRINT = "fingerprint";

    @Override
    public DriverPlugin driverPlugin() {
        return new DriverPlugin() {
            /** Executors are told what the driver found, and refuse anything else. */
            @Override
            public Map<String, String> init(SparkContext context, PluginContext plugin) {
                ModelHandle handle = ModelChoice.of(conf(plugin.conf())).handle();
                return Map.of(LOCATION, handle.location(), FINGERPRINT, handle.fingerprint());
            }
        };
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new ExecutorPlugin() {
            @Override
            public void init(PluginContext plugin, Map<String, String> found) {
                ExecutorModels.listen(ExecutorMetrics.in(plugin.metricRegistry()));
                ModelHandle handle = new ModelHandle(found.get(LOCATION), found.get(FINGERPRINT));
                EngineOptions engine =
                        AssignedGpu.with(plugin.resources(), conf(plugin.conf()).engine());
                test(handle, new ModelChoice(handle, engine).load());
            }
        };
    }

    private static void test(ModelHandle handle, MambaModel model) {
        boolean builtIn = handle.location().equals(ModelHandle.BUILT_IN);
        check(model.engine().device(), builtIn ? SelfTest.of(model) : SelfTest.withoutReference(model));
    }

    static void check(String device, SelfTest.Verdict verdict) {
        if (!verdict.passed()) {
            throw MambaSqlException.of("MAMBA_SELF_TEST_FAILED", Map.of("device", device, "detail", verdict.detail()));
        }
    }

    private static MambaConf conf(SparkConf conf) {
        return MambaConf.of(key -> {
            Option<String> value = conf.getOption(key);
            return value.isDefined() ? Optional.of(value.get()) : Optional.empty();
        });
    }
}
