package io.mambaspark.index.build;

import static org.apache.spark.sql.functions.lit;

import io.mambaspark.index.BuildListener;
import io.mambaspark.index.store.ChangeName;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.ParquetFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What builds have read and not yet made part of the index: {@code rounds/<build>/round-<n>}, each Parquet of {@link
 * Columns#ofRounds}, which counts when Spark has put its {@code _SUCCESS} there.
 */
final class Rounds {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final String SETTINGS = "build.json";
    private static final String COMPLETE = "_SUCCESS";

    private final SparkSession spark;
    private final IndexFolder folder;
    private final RoundSettings settings;
    private final StructType schema;

    /** The rounds of builds with these settings. */
    Rounds(SparkSession spark, IndexFolder folder, RoundSettings settings, StructType kept) {
        this.spark = spark;
        this.folder = folder;
        this.settings = settings;
        this.schema = Columns.ofRounds(kept);
    }

    /** Reads the documents, some partitions at a time, and puts each round down before the next. */
    void read(String build, PartitionedDocuments documents, ReadDocuments task, BuildListener listener) {
        begin(build);
        for (int round = 0; round < documents.rounds(); round++) {
            JavaRDD<Row> rows = documents.round(round).mapPartitions(task);
            SparkFiles.write(spark.createDataFrame(rows, schema), folder.at(name(build, round)));
            listener.roundRead(round + 1);
        }
    }

    private void begin(String build) {
        try (OutputStream out = folder.create(path(build) + '/' + SETTINGS)) {
            settings.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(folder.at(path(build)) + " cannot be written", e);
        }
    }

    /** What a build has read, with the column build. */
    Dataset<Row> of(String build) {
        return rows(build)
                .orElseGet(() -> spark.createDataFrame(List.of(), schema).withColumn(Columns.BUILD, lit(build)));
    }

    /** The same of all builds that left rounds of these settings; empty if none did. */
    Optional<Dataset<Row>> left() {
        try {
            return folder.names(IndexFolder.ROUNDS).stream()
                    .filter(this::sameSettings)
                    .flatMap(build -> rows(build).stream())
                    .reduce(Dataset::unionByName);
        } catch (IOException e) {
            throw new UncheckedIOException(folder.at(IndexFolder.ROUNDS) + " cannot be listed", e);
        }
    }

    /** Empty if it came to the end of no round. */
    private Optional<Dataset<Row>> rows(String build) {
        List<String> rounds = complete(build);
        return rounds.isEmpty()
                ? Optional.empty()
                : Optional.of(ParquetFiles.read(spark, schema, rounds.toArray(new String[0]))
                        .withColumn(Columns.BUILD, lit(build)));
    }

    /**
     * Forgets what builds have read. What goes wrong is told in the log: the index is as good without it.
     *
     * @param used    builds
     * @param version those of this one and older ones are forgotten too: if they are alive they can make no index any more
     */
    void forget(Set<String> used, long version) {
        try {
            for (String build : folder.names(IndexFolder.ROUNDS)) {
                if (used.contains(build) || ChangeName.version(build).orElse(Long.MAX_VALUE) <= version) {
                    folder.delete(path(build));
                }
            }
        } catch (IOException e) {
            LOG.warn("{} could not be cleaned up; the next build will try again", folder.at(IndexFolder.ROUNDS), e);
        }
    }

    private boolean sameSettings(String build) {
        try (InputStream in = folder.open(path(build) + '/' + SETTINGS)) {
            return RoundSettings.read(in).equals(settings);
        } catch (IOException e) {
            LOG.info("{} is passed over: {}", folder.at(path(build)), e.getMessage());
            return false;
        }
    }

    private List<String> complete(String build) {
        try {
            List<String> rounds = new ArrayList<>();
            for (String name : folder.names(path(build))) {
                String round = path(build) + '/' + name;
                if (folder.exists(round + '/' + COMPLETE)) {
                    rounds.add(folder.at(round));
                }
            }
            return rounds;
        } catch (IOException e) {
            throw new UncheckedIOException(folder.at(path(build)) + " cannot be listed", e);
        }
    }

    private static String path(String build) {
        return IndexFolder.ROUNDS + '/' + build;
    }

    private static String name(String build, int round) {
        return path(build) + "/round-" + round;
    }
}
