package io.mambaspark.sql;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import io.mambaspark.engine.Engines;
import io.mambaspark.reading.ModelListener;

/**
 * What the models of this JVM do, among Spark's metrics.
 *
 * @param tokens    read, markers and queries included; its rates are tokens per second
 * @param documents that were read to their end
 * @param errors    documents and queries that could not be read
 * @param queue     blocks that are being read or wait for the device
 */
record ExecutorMetrics(Meter tokens, Meter documents, Counter errors, Counter queue) implements ModelListener {
    static final String TOKENS = "tokens";
    static final String DOCUMENTS = "documents";
    static final String ERRORS = "errors";
    static final String QUEUE = "queue";
    static final String DEVICE_BYTES = "deviceBytes";
    static final String DEVICE_FAILURES = "deviceFailures";

    /** Adds them to a registry. */
    static ExecutorMetrics in(MetricRegistry registry) {
        registry.register(DEVICE_BYTES, (Gauge<Long>) ExecutorModels::deviceBytes);
        registry.register(DEVICE_FAILURES, (Gauge<Integer>) Engines::failures);
        return new ExecutorMetrics(
                registry.meter(TOKENS), registry.meter(DOCUMENTS), registry.counter(ERRORS), registry.counter(QUEUE));
    }

    @Override
    public void blockBegins() {
        queue.inc();
    }

    @Override
    public void blockEnds(int length) {
        queue.dec();
        tokens.mark(length);
    }

    @Override
    public void documentRead() {
        documents.mark();
    }

    @Override
    public void readingFailed() {
        errors.inc();
    }
}
