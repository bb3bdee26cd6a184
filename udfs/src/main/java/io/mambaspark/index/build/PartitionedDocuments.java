package io.mambaspark.index.build;

import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.PartitionPruningRDD;
import scala.Function1;
import scala.reflect.ClassTag;

/**
 * The documents of a build, spread over partitions of which some are taken at a time. What is in front of the partitions is a
 * shuffle: it is computed once.
 *
 * @param documents each partition from its longest document to its shortest
 * @param perRound  partitions of a round
 */
record PartitionedDocuments(JavaRDD<IndexDocument> documents, int perRound) {
    /** More partitions than cores, so that a core that is done early finds more to do. */
    private static final int PARTITIONS_PER_CORE = 4;

    /** A round takes some time beside its reading; and Spark keeps books about every partition. */
    private static final int MOST_ROUNDS = 1_000;

    /** Deals the documents of a plan out. */
    static PartitionedDocuments of(BuildPlan plan, long roundBytes, int cores) {
        BuildPlan.Counts counts = plan.counts();
        long rounds = Math.max(1, Math.min(MOST_ROUNDS, 1 + counts.bytes() / Math.max(1, roundBytes)));
        int perRound = PARTITIONS_PER_CORE * cores;
        int partitions = (int) Math.max(1, Math.min(rounds * perRound, counts.toRead()));
        return new PartitionedDocuments(plan.dealt(partitions), perRound);
    }

    int rounds() {
        return 1 + (documents.getNumPartitions() - 1) / perRound;
    }

    /** The documents of a round, from 0. */
    JavaRDD<IndexDocument> round(int round) {
        int from = round * perRound;
        int to = from + perRound;
        Function1<Object, Object> ofRound =
                (Function1<Object, Object> & Serializable) partition -> (int) partition >= from && (int) partition < to;
        ClassTag<IndexDocument> type = documents.classTag();
        return JavaRDD.fromRDD(PartitionPruningRDD.create(documents.rdd(), ofRound), type);
    }
}
