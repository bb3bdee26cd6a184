package io.mambaspark.jobs;

import io.mambaspark.index.DocumentFailure;
import java.io.Serializable;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.SparkContext;
import org.apache.spark.util.CollectionAccumulator;

/**
 * What tasks found wrong with text files. A file may be opened several times, and is told once.
 *
 * @param failures  of files that could not be read
 * @param malformed the ids of files with bytes that are not text in their encoding
 */
record UnreadFiles(CollectionAccumulator<DocumentFailure> failures, CollectionAccumulator<String> malformed)
        implements Serializable {
    static UnreadFiles in(SparkContext spark) {
        CollectionAccumulator<DocumentFailure> failures = new CollectionAccumulator<>();
        CollectionAccumulator<String> malformed = new CollectionAccumulator<>();
        spark.register(failures, "mamba unread files");
        spark.register(malformed, "mamba malformed files");
        return new UnreadFiles(failures, malformed);
    }

    /** The files that could not be read, by their ids. */
    List<DocumentFailure> list() {
        TreeMap<String, DocumentFailure> byId = new TreeMap<>();
        failures.value().forEach(failure -> byId.putIfAbsent(failure.id(), failure));
        return List.copyOf(byId.values());
    }

    /** The ids of files that were read with U+FFFD in the place of malformed bytes, in order. */
    List<String> malformedIds() {
        return malformed.value().stream().distinct().sorted().toList();
    }
}
