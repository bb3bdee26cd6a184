package io.mambaspark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.mambaspark.reading.ModelListener;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The plugin beside a session that runs in the same JVM, whose model it therefore watches. */
class MambaPluginTest {
    private final MetricRegistry registry = new MetricRegistry();
    private final MambaPlugin plugin = new MambaPlugin();

    @AfterEach
    void stopListening() {
        ExecutorModels.listen(ModelListener.NONE);
    }

    @Test
    void showsWhatIsRead() {
        Map<String, String> found = plugin.driverPlugin().init(null, context("cpu"));
        plugin.executorPlugin().init(context("cpu"), found);
        assertThat((Long) ((Gauge<?>) registry.getMetrics().get("deviceBytes")).getValue())
                .isGreaterThan(80_000_000L);
        assertThat(((Gauge<?>) registry.getMetrics().get("deviceFailures")).getValue())
                .isEqualTo(0);
        long tokensBefore = registry.meter("tokens").getCount();
        long documentsBefore = registry.meter("documents").getCount();
        assertThat(tokensBefore).as("of the self-test").isPositive();

        LocalSpark.rows("SELECT mamba_embed(concat('The cat slept ', id)) FROM range(10)");
        assertThat(registry.meter("documents").getCount()).isEqualTo(documentsBefore + 10);
        assertThat(registry.meter("tokens").getCount())
                .isGreaterThanOrEqualTo(tokensBefore
                        + LocalSpark.<Long>value(
                                "SELECT sum(mamba_token_count(concat('The cat slept ', id))) FROM range(10)"));
        assertThat(registry.meter("tokens").getMeanRate()).isPositive();
        assertThat(registry.counter("queue").getCount()).isZero();
        assertThat(registry.counter("errors").getCount()).isZero();
    }

    @Test
    void anApplicationWithoutItsModelDoesNotStart() {
        PluginContext context = context("cpu");
        context.conf().set("spark.mamba.model", "/no/such/folder");
        assertThatThrownBy(() -> plugin.driverPlugin().init(null, context))
                .hasMessageStartingWith("[MAMBA_CHECKPOINT_NOT_FOUND]");
    }

    @Test
    void anExecutorThatCannotReadDoesNotStart() {
        Map<String, String> found = plugin.driverPlugin().init(null, context("cpu"));
        assertThatThrownBy(() -> plugin.executorPlugin().init(context("abacus"), found))
                .hasMessageStartingWith("[MAMBA_DEVICE_UNAVAILABLE]");
    }

    private PluginContext context(String device) {
        SparkConf conf = new SparkConf(false).set("spark.mamba.device", device);
        return new PluginContext() {
            @Override
            public MetricRegistry metricRegistry() {
                return registry;
            }

            @Override
            public SparkConf conf() {
                return conf;
            }

            @Override
            public String executorID() {
                return "0";
            }

            @Override
            public String hostname() {
                return "localhost";
            }

            @Override
            public Map<String, ResourceInformation> resources() {
                return Map.of();
            }

            @Override
            public void send(Object message) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Object ask(Object message) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
