package io.mambaspark.index.build;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.mambaspark.passage.PassageField;
import io.mambaspark.sql.MambaSqlException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Which documents are to be read, which are known, and which were read by a build that died: decided from their ids and the
 * hashes of their content, which are kept while the plan is open. Texts are looked at, and not kept.
 */
final class BuildPlan implements AutoCloseable {
    private static final String[] CONTENT = {Columns.DOC_ID, Columns.CONTENT_HASH};

    private final SparkSession spark;
    private final Documents documents;
    private final Dataset<Row> all;
    private final Optional<Dataset<Row>> adopted;
    private final Dataset<Row> toRead;
    private final Counts counts;
    private final Set<String> usedUp;

    /**
     * How many documents.
     *
     * @param toRead  to be read
     * @param bytes   of their texts
     * @param adopted that were read by builds that died
     * @param skipped that the index has as they are
     * @param withoutId rows whose id is NULL
     */
    record Counts(long toRead, long bytes, long adopted, long skipped, long withoutId) {}

    /** How many rows of the table have an id, and how many have none. */
    private record Rows(long withId, long withoutId) {}

    /**
     * Plans.
     *
     * @param known doc_id and content_hash of the documents in the index
     * @param left  rows of rounds that builds left that died, with the column build; empty if there was none
     * @throws MambaSqlException MAMBA_INDEX_ID_REPEATED
     */
    BuildPlan(SparkSession spark, Documents documents, Dataset<Row> known, Optional<Dataset<Row>> left) {
        this.spark = spark;
        this.documents = documents;
        this.all = kept(documents.rows().select(Columns.DOC_ID, Columns.CONTENT_HASH, Columns.BYTES));
        Rows rows = rows();
        Dataset<Row> named = all.filter(col(Columns.DOC_ID).isNotNull());
        Dataset<Row> unknown = named.join(known, CONTENT, "left_anti");
        Optional<Dataset<Row>> readBefore = left.map(rounds -> rounds.filter(
                col(Columns.PASSAGE).isNull().and(col(Columns.ERROR).isNull())));
        this.adopted = readBefore.map(read -> kept(read.join(unknown, CONTENT, "left_semi")
                .groupBy(Columns.DOC_ID, Columns.CONTENT_HASH)
                .agg(min(Columns.BUILD).as(Columns.BUILD))));
        this.toRead = kept(
                adopted.map(done -> unknown.join(done, CONTENT, "left_anti")).orElse(unknown));
        Map<String, Long> adoptedOf = adopted.map(BuildPlan::byBuild).orElse(Map.of());
        this.counts = counted(
                rows, adoptedOf.values().stream().mapToLong(Long::longValue).sum());
        this.usedUp = usedUp(adoptedOf, readBefore);
    }

    private static Dataset<Row> kept(Dataset<Row> rows) {
        return rows.persist(StorageLevel.MEMORY_AND_DISK());
    }

    /** @throws MambaSqlException MAMBA_INDEX_ID_REPEATED */
    private Rows rows() {
        Column times = col("times");
        Column named = col(Columns.DOC_ID).isNotNull();
        Dataset<Row> ids = all.groupBy(Columns.DOC_ID).agg(count(lit(1)).as("times"));
        Row sums = ids.agg(
                        coalesce(sum(when(named, times)), lit(0L)),
                        coalesce(sum(when(not(named), times)), lit(0L)),
                        coalesce(max(when(named, times)), lit(0L)))
                .first();
        if (sums.getLong(2) > 1) {
            Row repeated =
                    ids.filter(named.and(times.gt(1))).orderBy(Columns.DOC_ID).first();
            throw MambaSqlException.of(
                    "MAMBA_INDEX_ID_REPEATED",
                    Map.of("id", repeated.getString(0), "times", Long.toString(repeated.getLong(1))));
        }
        return new Rows(sums.getLong(0), sums.getLong(1));
    }

    private static Map<String, Long> byBuild(Dataset<Row> documents) {
        Map<String, Long> counts = new HashMap<>();
        documents
                .groupBy(Columns.BUILD)
                .count()
                .collectAsList()
                .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
        return counts;
    }

    private static Set<String> usedUp(Map<String, Long> adoptedOf, Optional<Dataset<Row>> readBefore) {
        if (adoptedOf.isEmpty()) {
            return Set.of();
        }
        Set<String> usedUp = new HashSet<>(adoptedOf.keySet());
        Map<String, Long> readOf = byBuild(readBefore.orElseThrow());
        usedUp.removeIf(build -> !adoptedOf.get(build).equals(readOf.get(build)));
        return usedUp;
    }

    private Counts counted(Rows rows, long ofDeadBuilds) {
        Row read =
                toRead.agg(count(lit(1)), coalesce(sum(Columns.BYTES), lit(0L))).first();
        return new Counts(
                read.getLong(0),
                read.getLong(1),
                ofDeadBuilds,
                rows.withId - ofDeadBuilds - read.getLong(0),
                rows.withoutId);
    }

    Counts counts() {
        return counts;
    }

    /** The documents whose reading was found: doc_id, content_hash, build; empty if no build had died. */
    Optional<Dataset<Row>> adopted() {
        return adopted;
    }

    /** The builds that died of which everything is adopted. */
    Set<String> usedUp() {
        return usedUp;
    }

    /** The documents to be read, dealt out from the longest to the shortest like cards. */
    JavaRDD<IndexDocument> dealt(int partitions) {
        StructType placed = PassageField.nullableRows(PassageField.DOC_ID).add(Columns.PLACE, DataTypes.LongType);
        JavaRDD<Row> places = toRead.select(Columns.DOC_ID, Columns.BYTES)
                .orderBy(col(Columns.BYTES).desc(), col(Columns.DOC_ID))
                .toJavaRDD()
                .zipWithIndex()
                .map(row -> RowFactory.create(row._1().getString(0), row._2()));
        return Deal.of(documents.rows().join(spark.createDataFrame(places, placed), Columns.DOC_ID), partitions);
    }

    @Override
    public void close() {
        toRead.unpersist();
        adopted.ifPresent(Dataset::unpersist);
        all.unpersist();
    }
}
