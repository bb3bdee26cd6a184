package io.mambaspark.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.Manifest;
import io.mambaspark.index.store.ManifestStore;
import io.mambaspark.index.store.ParquetFiles;
import io.mambaspark.index.store.SealedJson;
import io.mambaspark.index.store.StoredFile;
import io.mambaspark.storm.Storm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests and Parquet files of an index, damaged by the thousand. */
@Tag("storm")
class IndexStormTest {
    private static final StructType PASSAGES = StructType.fromDDL("doc_id STRING, passage INT, start INT, end INT,"
            + " text STRING, vector ARRAY<FLOAT>, content_hash STRING, shard INT, ordinal INT");

    /** Of two versions: five documents, then one more. */
    @TempDir
    private static Path built;

    @TempDir
    private Path around;

    private Path library;
    private IndexFolder folder;
    private Manifest original;
    private Path manifest;
    private byte[] bytes;

    @BeforeAll
    static void build() {
        MambaIndex.build(Library.spark(), built.toString())
                .documents(Library.documents("machine").limit(5))
                .create();
        MambaIndex.build(Library.spark(), built.toString())
                .documents(Library.documents("alice-1"))
                .append();
    }

    @BeforeEach
    void copy() throws IOException {
        library = around.resolve("library");
        FileUtils.copyDirectory(built.toFile(), library.toFile());
        Files.writeString(around.resolve("beside.txt"), "nobody's");
        folder = IndexFolder.of(Library.spark(), library.toString());
        original = new ManifestStore(folder).open();
        manifest = library.resolve(ManifestStore.name(2));
        bytes = Files.readAllBytes(manifest);
        Files.deleteIfExists(library.resolve("." + ManifestStore.name(2) + ".crc"));
    }

    /** A write that was not finished may be passed over; nothing else is ever taken for it, or for the original. */
    @Test
    void aDamagedManifestIsNeverAnotherIndex() throws IOException {
        assertThat(new Storm("manifest", around, library).rage(random -> {
                    byte[] damaged = Storm.damaged(bytes, random);
                    Files.write(manifest, damaged);
                    ManifestStore.State state = new ManifestStore(folder).state();
                    if (state.version() == 2) {
                        assertThat(state.current().orElseThrow()).isEqualTo(original);
                        assertThat(damaged).isEqualTo(bytes);
                        return "nothing damaged";
                    }
                    assertThat(state.version()).isEqualTo(1);
                    assertThat(state.uncommitted()).containsExactly(2L);
                    assertThat(damaged).doesNotContain((byte) '\n').hasSizeLessThan(bytes.length);
                    return "not finished";
                }))
                .isEmpty();
    }

    @Test
    void aForgedManifestIsRefusedOrSearchedAsItSays() throws IOException {
        SealedJson form = new SealedJson("manifest");
        String text = new String(bytes, StandardCharsets.UTF_8);
        byte[] body = text.substring(text.indexOf("\"manifest\":") + 11, text.lastIndexOf('}'))
                .getBytes(StandardCharsets.UTF_8);
        assertThat(new Storm("manifest-forged", around, library).rage(random -> {
                    Files.write(manifest, form.seal(Storm.damagedJson(body, random)));
                    MambaIndex index = MambaIndex.open(Library.spark(), library.toString());
                    index.describe();
                    for (Row row : index.search(
                                    "the time traveller",
                                    SearchOptions.defaults().withMode(Mode.LEXICAL))
                            .collectAsList()) {
                        assertThat(row.<Float>getAs("score")).isFinite();
                    }
                    return "answered";
                }))
                .isEmpty();
    }

    @Test
    void damagedPassagesAreNeverRead() throws IOException {
        StoredFile file = original.generations().get(0).passages().get(0);
        Path parquet = library.resolve(file.name());
        Files.deleteIfExists(parquet.resolveSibling("." + parquet.getFileName() + ".crc"));
        byte[] whole = Files.readAllBytes(parquet);
        List<Row> rows = rows(file);
        assertThat(new Storm("passages", around, library).rage(random -> {
                    Files.write(parquet, Storm.damaged(whole, random));
                    List<Row> read = rows(file);
                    assertThat(Files.readAllBytes(parquet)).isEqualTo(whole);
                    assertThat(read).isEqualTo(rows);
                    return "nothing damaged";
                }))
                .isEmpty();
    }

    /** Spark's own conditions are declared errors too: nobody but Spark reads these files. */
    @Test
    void passagesWithAForgedChecksumAreRowsOrADeclaredError() throws IOException {
        StoredFile file = original.generations().get(0).passages().get(0);
        Path parquet = library.resolve(file.name());
        Files.deleteIfExists(parquet.resolveSibling("." + parquet.getFileName() + ".crc"));
        byte[] whole = Files.readAllBytes(parquet);
        assertThat(new Storm("passages-forged", around, library).rage(random -> {
                    byte[] damaged = Storm.damaged(whole, random);
                    Files.write(parquet, damaged);
                    try {
                        rows(StoredFile.read(file.name(), new ByteArrayInputStream(damaged)));
                    } catch (Exception e) { // Spark throws checked ones too, undeclared
                        if (e instanceof SparkThrowable declared && declared.getCondition() != null) {
                            return declared.getCondition();
                        }
                        throw e;
                    }
                    return Arrays.equals(damaged, whole) ? "nothing damaged" : "read";
                }))
                .isEmpty();
    }

    private List<Row> rows(StoredFile file) {
        return ParquetFiles.verified(Library.spark(), folder, PASSAGES, List.of(file))
                .collectAsList();
    }
}
