package io.mambaspark.sql;

import io.mambaspark.index.CopyingFileSystem;
import io.mambaspark.index.MambaIndex;
import io.mambaspark.index.Mode;
import io.mambaspark.index.Passages;
import io.mambaspark.index.SearchOptions;
import io.mambaspark.index.shard.ShardCache;
import io.mambaspark.index.shard.ShardReader;
import io.mambaspark.index.shard.ShardWriter;
import io.mambaspark.index.store.Generation;
import io.mambaspark.index.store.IndexFailure;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.IndexModel;
import io.mambaspark.index.store.IndexTerms;
import io.mambaspark.index.store.Manifest;
import io.mambaspark.index.store.ManifestStore;
import io.mambaspark.index.store.ParquetFiles;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.index.store.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What brings about each error of an index. */
final class IndexCauses {
    private static final ShardEntry LOST =
            ShardEntry.of(0, "shards/lost", 1, 1, List.of(new StoredFile("_0.cfs", 1, "0")));

    private final Path folder;

    private IndexCauses(Path folder) {
        this.folder = folder;
    }

    /** By condition. */
    static Map<String, ThrowingCallable> in(Path folder) {
        return new IndexCauses(folder).causes();
    }

    private Map<String, ThrowingCallable> causes() {
        Map<String, ThrowingCallable> causes = new TreeMap<>();
        causes.put(
                "MAMBA_INDEX_COLUMN_RESERVED",
                () -> MambaIndex.build(LocalSpark.session(), path("reserved"))
                        .documents(documents("SELECT '1' AS id, 'a' AS text, 2 AS rank"))
                        .keepColumns("rank")
                        .create());
        causes.put(
                "MAMBA_INDEX_CONCURRENT_BUILD",
                () -> new ManifestStore(folder("concurrent")).commit(manifest(Manifest.FORMAT, 1), false));
        causes.put(
                "MAMBA_INDEX_EXISTS",
                () -> MambaIndex.build(LocalSpark.session(), committed("there", Manifest.FORMAT))
                        .documents(documents("SELECT '1' AS id, 'a' AS text"))
                        .create());
        causes.put(
                "MAMBA_INDEX_FORMAT_UNKNOWN",
                () -> MambaIndex.open(LocalSpark.session(), committed("future", Manifest.FORMAT + 1)));
        causes.put(
                "MAMBA_INDEX_ID_REPEATED",
                () -> MambaIndex.build(LocalSpark.session(), path("repeated"))
                        .documents(documents("SELECT '1' AS id, 'a' AS text FROM range(2)"))
                        .create());
        causes.put("MAMBA_INDEX_ID_TOO_LONG", () -> ShardWriter.checkId("1".repeat(1 << 15)));
        causes.put(
                "MAMBA_INDEX_MODEL_DIFFERS",
                () -> MambaIndex.open(LocalSpark.session(), committed("model", Manifest.FORMAT))
                        .search("a", SearchOptions.defaults()));
        causes.put("MAMBA_INDEX_NOT_FOUND", () -> MambaIndex.open(LocalSpark.session(), path("nothing")));
        causes.put("MAMBA_INDEX_NO_EXCLUSIVE_CREATE", () -> new ManifestStore(copying()).requireExclusiveCreate(false));
        causes.put(
                "MAMBA_INDEX_SETTINGS_DIFFER",
                () -> MambaIndex.build(LocalSpark.session(), committed("settings", Manifest.FORMAT))
                        .documents(documents("SELECT '1' AS id, 'a' AS text"))
                        .append());
        causes.put(
                "MAMBA_INDEX_SHARDS_INVALID",
                () -> MambaIndex.build(LocalSpark.session(), path("shards")).shards(0));
        causes.put(
                "MAMBA_INDEX_SHARD_BROKEN",
                () -> ShardCache.ofThisJvm().open(folder("broken"), LOST, ShardReader.opening(), Long.MAX_VALUE));
        causes.put("MAMBA_INDEX_CORRUPT", () -> MambaIndex.open(LocalSpark.session(), damaged()));
        causes.put("MAMBA_INDEX_DISK_FULL", () -> {
            throw IndexFailure.writing("/disk", new IOException("No space left on device"));
        });
        causes.put("MAMBA_INDEX_NOT_A_FOLDER", () -> MambaIndex.open(LocalSpark.session(), file()));
        causes.put("MAMBA_INDEX_NOT_WRITABLE", () -> {
            throw IndexFailure.writing("/disk", new ReadOnlyFileSystemException());
        });
        causes.put(
                "MAMBA_INDEX_NO_SHARD_LEFT",
                () -> MambaIndex.open(LocalSpark.session(), withoutShards())
                        .search("a", SearchOptions.defaults().withAllowPartial(true))
                        .collectAsList());
        causes.put("MAMBA_INDEX_PATH_INVALID", () -> MambaIndex.open(LocalSpark.session(), ""));
        causes.put("MAMBA_INDEX_SCHEME_UNKNOWN", () -> MambaIndex.open(LocalSpark.session(), "gopher://host/index"));
        causes.put(
                "MAMBA_INDEX_UNREADABLE",
                () -> ParquetFiles.verified(
                        LocalSpark.session(),
                        folder("unreadable"),
                        new StructType(),
                        List.of(new StoredFile("passages/lost", 1, "0".repeat(64)))));
        causes.put("MAMBA_MIN_RELEVANCE_INVALID", () -> SearchOptions.defaults().withMinRelevance(1.5));
        causes.put("MAMBA_NUM_RESULTS_INVALID", () -> SearchOptions.defaults().withNumResults(0));
        causes.put(
                "MAMBA_QUERY_ID_REPEATED",
                () -> MambaIndex.open(LocalSpark.session(), built("asked"))
                        .search(documents("SELECT 1 AS id, 'a' AS text FROM range(2)"), SearchOptions.defaults())
                        .collect());
        causes.put(
                "MAMBA_RELEVANCE_UNKNOWN",
                () -> MambaIndex.open(LocalSpark.session(), committed("by-words", Manifest.FORMAT))
                        .search(
                                "a",
                                SearchOptions.defaults().withMode(Mode.LEXICAL).withMinRelevance(0.5)));
        causes.put("MAMBA_SEARCH_MODE_INVALID", () -> Mode.of("sparse"));
        return causes;
    }

    private String damaged() throws IOException {
        String path = committed("damaged", Manifest.FORMAT);
        Files.writeString(Path.of(path).resolve("manifest-1.json"), "damage", StandardOpenOption.APPEND);
        return path;
    }

    private String file() throws IOException {
        return Files.writeString(folder.resolve("file"), "no folder").toString();
    }

    private String withoutShards() throws IOException {
        String path = path("no-shard");
        MambaIndex.build(LocalSpark.session(), path)
                .documents(documents("SELECT '1' AS id, 'a cat' AS text"))
                .create();
        FileUtils.cleanDirectory(Path.of(path).resolve("shards").toFile());
        return path;
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private String built(String name) {
        MambaIndex.build(LocalSpark.session(), path(name))
                .documents(documents("SELECT '1' AS id, 'a text' AS text"))
                .create();
        return path(name);
    }

    private IndexFolder folder(String name) {
        return IndexFolder.of(LocalSpark.session(), path(name));
    }

    private String committed(String name, int format) {
        new ManifestStore(folder(name)).commit(manifest(format, 0), false);
        return path(name);
    }

    /** Of a model that nobody has. */
    private static Manifest manifest(int format, long previous) {
        IndexModel model = new IndexModel("lost", "0".repeat(64), 2);
        return new Manifest(
                format, previous + 1, previous, model, Passages.RULE, "", IndexTerms.PLAIN, List.<Generation>of());
    }

    private static Dataset<Row> documents(String sql) {
        return LocalSpark.session().sql(sql);
    }

    private static IndexFolder copying() {
        Configuration hadoop = new Configuration();
        hadoop.set("fs.copying.impl", CopyingFileSystem.class.getName());
        return new IndexFolder("copying:///index", new SerializableConfiguration(hadoop));
    }
}
