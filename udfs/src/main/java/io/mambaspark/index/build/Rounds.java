package io.mambaspark.index.build;

import static org.apache.spark.sql.functions.lit;

import io.mambaspark.index.BuildListener;
import io.mambaspark.index.Damage;
import io.mambaspark.index.store.ChangeName;
import io.mambaspark.index.store.FileComparison;
import io.mambaspark.index.store.IndexFailure;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.ParquetFiles;
import io.mambaspark.index.store.StoredFile;
import io.mambaspark.sql.MambaSqlException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What builds have read and not yet made part of the index: {@code rounds/<build>/round-<n>}, each Parquet of {@link
 * Columns#ofRounds}, which counts when its {@link RoundRecord} is beside it.
 */
final class Rounds {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final String RECORD = ".json";
    private static final Pattern ROUND = Pattern.compile("round-[0-9]{1,9}" + Pattern.quote(RECORD));

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
        for (int round = 0; round < documents.rounds(); round++) {
            Dataset<Row> rows = spark.createDataFrame(documents.round(round).mapPartitions(task), schema);
            String path = path(build) + "/round-" + round;
            List<StoredFile> files = SparkFiles.write(spark, rows, folder, path).stream()
                    .map(file -> file.named(file.name().substring(path.length() + 1)))
                    .toList();
            new RoundRecord(settings, files).write(folder, path + RECORD);
            listener.roundRead(round + 1);
        }
    }

    /** What a build of this process has read, with the column build. */
    Dataset<Row> of(String build) {
        List<String> rounds = names(path(build)).stream()
                .filter(name -> ROUND.matcher(name).matches())
                .map(name -> folder(path(build) + '/' + name))
                .toList();
        return rounds.isEmpty()
                ? spark.createDataFrame(List.of(), schema).withColumn(Columns.BUILD, lit(build))
                : rows(build, rounds);
    }

    /**
     * The same of all builds that left rounds of these settings; empty if none did. A round that is damaged is none: it is reported,
     * and its documents are read again.
     */
    Optional<Dataset<Row>> left(BuildListener listener) {
        TreeMap<String, List<String>> rounds = new TreeMap<>();
        TreeMap<String, List<StoredFile>> files = new TreeMap<>();
        for (String build : names(IndexFolder.ROUNDS)) {
            for (String name : names(path(build))) {
                if (ROUND.matcher(name).matches()) {
                    String round = folder(path(build) + '/' + name);
                    filesOf(round, listener).ifPresent(ofRound -> files.put(round, ofRound));
                    rounds.computeIfAbsent(build, ignored -> new ArrayList<>()).add(round);
                }
            }
        }
        for (String damaged : damaged(files, listener)) {
            files.remove(damaged);
        }
        rounds.values().forEach(ofBuild -> ofBuild.retainAll(files.keySet()));
        rounds.values().removeIf(List::isEmpty);
        return rounds.entrySet().stream()
                .map(build -> rows(build.getKey(), build.getValue()))
                .reduce(Dataset::unionByName);
    }

    /** The files of a round with their paths; empty if it was read with other settings, or is damaged. */
    private Optional<List<StoredFile>> filesOf(String round, BuildListener listener) {
        try {
            RoundRecord known = RoundRecord.read(folder, round + RECORD);
            if (!settings.equals(known.settings())) {
                LOG.info("{} is passed over: it was read with {}", folder.at(round), known.settings());
                return Optional.empty();
            }
            List<String> names = known.files().stream().map(StoredFile::name).toList();
            List<String> there = SparkFiles.names(folder, round);
            if (names.size() != there.size() || !new HashSet<>(names).equals(new HashSet<>(there))) {
                throw new IOException("its folder has the files " + there + ", not " + names);
            }
            return Optional.of(known.files().stream()
                    .map(file -> file.named(round + '/' + file.name()))
                    .toList());
        } catch (IOException e) {
            report(round, e.getMessage(), listener);
            return Optional.empty();
        }
    }

    private Set<String> damaged(TreeMap<String, List<StoredFile>> files, BuildListener listener) {
        List<StoredFile> all = files.values().stream().flatMap(List::stream).toList();
        Set<String> damaged = new HashSet<>();
        for (Damage damage : FileComparison.of(spark, folder, all)) {
            String round = damage.file().substring(0, damage.file().lastIndexOf('/'));
            if (damaged.add(round)) {
                report(round, damage.file() + ": " + damage.problem(), listener);
            }
        }
        return damaged;
    }

    private void report(String round, String problem, BuildListener listener) {
        LOG.warn("{} is damaged ({}): its documents are read again", folder.at(round), problem);
        listener.roundDamaged(round, problem);
    }

    private Dataset<Row> rows(String build, List<String> rounds) {
        return ParquetFiles.read(spark, schema, rounds.stream().map(folder::at).toArray(String[]::new))
                .withColumn(Columns.BUILD, lit(build));
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
        } catch (IOException | MambaSqlException e) {
            LOG.warn("{} could not be cleaned up; the next build will try again", folder.at(IndexFolder.ROUNDS), e);
        }
    }

    private List<String> names(String path) {
        try {
            return folder.names(path);
        } catch (IOException e) {
            throw IndexFailure.reading(folder.at(path), e);
        }
    }

    /** The folder of a round whose record is {@code path}. */
    private static String folder(String path) {
        return path.substring(0, path.length() - RECORD.length());
    }

    private static String path(String build) {
        return IndexFolder.ROUNDS + '/' + build;
    }
}
