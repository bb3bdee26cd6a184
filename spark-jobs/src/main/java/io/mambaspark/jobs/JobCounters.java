package io.mambaspark.jobs;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * What the tasks of a job have done so far, as accumulators: executors report them with each heartbeat and at the end.
 *
 * @param documents documents read, well or not
 * @param bytes     their sizes as stored
 * @param theirs    their tokens
 * @param tokens    tokens read, also of documents that are still being read
 * @param failed    documents whose row tells an error
 * @param malformed documents with bytes that are not text in their encoding
 * @param malformedIds the first of these documents
 * @param replaced  the malformed byte sequences in them
 * @param models    models loaded: one in each executor JVM that had work
 * @param fallbacks tasks that ended on the CPU because a device had failed
 */
record JobCounters(
        LongAccumulator documents,
        LongAccumulator bytes,
        LongAccumulator theirs,
        LongAccumulator tokens,
        LongAccumulator failed,
        LongAccumulator malformed,
        FirstIds malformedIds,
        LongAccumulator replaced,
        LongAccumulator models,
        LongAccumulator fallbacks)
        implements Serializable {
    static JobCounters in(SparkContext spark) {
        FirstIds malformedIds = new FirstIds();
        spark.register(malformedIds, "mamba ids of malformed documents");
        return new JobCounters(
                spark.longAccumulator("mamba documents"),
                spark.longAccumulator("mamba bytes"),
                spark.longAccumulator("mamba tokens of documents"),
                spark.longAccumulator("mamba tokens"),
                spark.longAccumulator("mamba failed documents"),
                spark.longAccumulator("mamba malformed documents"),
                malformedIds,
                spark.longAccumulator("mamba replaced sequences"),
                spark.longAccumulator("mamba models loaded"),
                spark.longAccumulator("mamba tasks after a device failed"));
    }

    /** Counts a document that is done. */
    void add(long documentBytes, long documentTokens) {
        documents.add(1);
        bytes.add(documentBytes);
        theirs.add(documentTokens);
    }
}
