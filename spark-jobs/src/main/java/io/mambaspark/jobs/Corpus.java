package io.mambaspark.jobs;

import org.apache.spark.api.java.JavaRDD;

/**
 * The documents of a job, spread over partitions so that long ones do not queue behind each other.
 *
 * @param sources   longest first in each partition
 * @param documents how many there are
 * @param bytes     their sizes added up
 */
record Corpus(JavaRDD<DocumentSource> sources, long documents, long bytes) {
    /** More partitions than cores, so that a core that is done early finds more to do. */
    private static final int PARTITIONS_PER_CORE = 4;

    /** How many partitions to make of {@code documents} documents; {@code asked} decides unless it is 0. */
    static int partitions(int asked, long documents, int cores) {
        long wanted = asked > 0 ? asked : (long) PARTITIONS_PER_CORE * cores;
        return (int) Math.max(1, Math.min(wanted, documents));
    }
}
