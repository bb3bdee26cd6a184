package io.mambaspark.index;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.Manifest;
import io.mambaspark.index.store.ManifestStore;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.sql.LocalSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Paragraphs of four books, with the columns id, title, year, text. */
public final class Library {
    /** What an index of all of them holds. */
    private static List<String> whole;

    private Library() {}

    /** The session of the tests. */
    public static SparkSession spark() {
        return LocalSpark.session();
    }

    /** All of them. */
    public static Dataset<Row> documents() {
        try {
            String file =
                    Path.of(Library.class.getResource("library.jsonl").toURI()).toString();
            return spark().read()
                    .schema("id STRING, title STRING, year INT, text STRING")
                    .json(file);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Those whose id starts like this. */
    public static Dataset<Row> documents(String book) {
        return documents().filter(col("id").startsWith(book));
    }

    /** The same with another text in one of them. */
    public static Dataset<Row> withNewText(Dataset<Row> documents, String id) {
        return documents.withColumn(
                "text",
                when(col("id").equalTo(id), concat(col("text"), lit(" And so it ended.")))
                        .otherwise(col("text")));
    }

    /** What any tool reads of an index: the live rows of its Parquet files. */
    public static List<Row> passages(Path index) {
        return passages(index.toString());
    }

    /** The same of an index on any file system. */
    public static List<Row> passages(String index) {
        IndexFolder folder = IndexFolder.of(spark(), index);
        Manifest manifest = new ManifestStore(folder).open();
        return manifest.generations().stream()
                .flatMap(generation -> {
                    Dataset<Row> rows = spark().read()
                            .parquet(generation.passages().stream()
                                    .map(file -> folder.at(file.name()))
                                    .toArray(String[]::new));
                    return rows.orderBy("doc_id", "passage").collectAsList().stream()
                            .filter(row -> generation.shards().stream()
                                    .filter(shard -> shard.number() == row.<Integer>getAs("shard"))
                                    .noneMatch(shard -> isDeleted(folder, shard, row.getAs("ordinal"))));
                })
                .toList();
    }

    private static boolean isDeleted(IndexFolder folder, ShardEntry shard, int ordinal) {
        return folder.deleted(shard).contains(ordinal);
    }

    /** The passages without their places in the index, which depend on how it came about. */
    public static List<String> content(String index) {
        return passages(index).stream()
                .map(row -> row.<String>getAs("doc_id")
                        + ' '
                        + row.getAs("passage")
                        + ' '
                        + row.getAs("start")
                        + ' '
                        + row.getAs("end")
                        + ' '
                        + row.getAs("text")
                        + ' '
                        + row.getAs("content_hash")
                        + ' '
                        + row.getList(row.fieldIndex("vector")))
                .sorted()
                .toList();
    }

    /** What an index of all documents holds whose ids start like this: a passage depends on its own document alone. */
    public static synchronized List<String> contentOf(String... books) {
        if (whole == null) {
            whole = readWhole();
        }
        return whole.stream()
                .filter(passage -> Stream.of(books).anyMatch(passage::startsWith))
                .toList();
    }

    private static List<String> readWhole() {
        try {
            Path folder = Files.createTempDirectory("library");
            try {
                return contentOf(documents(), folder);
            } finally {
                FileUtils.deleteDirectory(folder.toFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What an index of these documents holds that was built at once. */
    public static List<String> contentOf(Dataset<Row> documents, Path folder) {
        MambaIndex.build(spark(), folder.toString()).documents(documents).create();
        return content(folder.toString());
    }

    /** The ids in an index, each once for each of its passages. */
    public static List<String> ids(Path index) {
        return passages(index).stream()
                .map(row -> row.<String>getAs("doc_id"))
                .sorted()
                .toList();
    }
}
