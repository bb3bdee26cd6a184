package io.mambaspark.sql.batch;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLMetrics;

/** What a {@link MambaReadExec} shows of itself. */
record ReadMetrics(
        SQLMetric rows,
        SQLMetric tokens,
        SQLMetric queryTokens,
        SQLMetric blocks,
        SQLMetric readingTime,
        SQLMetric tokenizingTime,
        SQLMetric fallbacks)
        implements Serializable {
    static final String ROWS = "numOutputRows";
    static final String TOKENS = "tokens";
    static final String QUERY_TOKENS = "queryTokens";
    static final String BLOCKS = "blocks";
    static final String READING_TIME = "readingTime";
    static final String TOKENIZING_TIME = "tokenizingTime";
    static final String FALLBACKS = "fallbacks";

    static ReadMetrics in(SparkContext context) {
        return new ReadMetrics(
                SQLMetrics.createMetric(context, "number of output rows"),
                SQLMetrics.createMetric(context, "tokens of texts"),
                SQLMetrics.createMetric(context, "tokens of queries"),
                SQLMetrics.createMetric(context, "blocks"),
                SQLMetrics.createNanoTimingMetric(context, "time in reading", -1L),
                SQLMetrics.createNanoTimingMetric(context, "time in tokenizing", -1L),
                SQLMetrics.createMetric(context, "tasks on the CPU because a GPU failed"));
    }

    scala.collection.immutable.Map<String, SQLMetric> byName() {
        Map<String, SQLMetric> byName = new LinkedHashMap<>();
        byName.put(ROWS, rows);
        byName.put(TOKENS, tokens);
        byName.put(QUERY_TOKENS, queryTokens);
        byName.put(BLOCKS, blocks);
        byName.put(READING_TIME, readingTime);
        byName.put(TOKENIZING_TIME, tokenizingTime);
        byName.put(FALLBACKS, fallbacks);
        return Scala.map(byName);
    }
}
