package io.mambaspark.index;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.Manifest;
import io.mambaspark.index.store.ManifestStore;
import io.mambaspark.sql.ModelEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be done to an index that is there. */
class MambaIndexTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path other;

    private IndexBuild build(Dataset<Row> documents) {
        return MambaIndex.build(Library.spark(), folder.toString()).documents(documents);
    }

    private MambaIndex index() {
        return MambaIndex.open(Library.spark(), folder.toString());
    }

    private List<String> content() {
        return Library.content(folder.toString());
    }

    @Test
    void appendReadsOnlyWhatIsNew() {
        Dataset<Row> all = Library.documents("m").union(Library.documents("f"));
        build(Library.documents("f")).create();
        try (ModelEvents events = ModelEvents.count()) {
            BuildReport report = build(all).append();
            assertThat(report.version()).isEqualTo(2);
            assertThat(report.read()).isEqualTo(5).isEqualTo(events.documents());
            assertThat(report.skipped()).isEqualTo(5);
        }
        assertThat(content()).isEqualTo(Library.contentOf("m", "f"));
        try (ModelEvents events = ModelEvents.count()) {
            BuildReport again = build(all).append();
            assertThat(again.version()).isEqualTo(2);
            assertThat(again.skipped()).isEqualTo(10);
            assertThat(again.read()).isZero();
            assertThat(events.tokens()).isZero();
        }
        assertThat(index().describe().version()).isEqualTo(2);
    }

    @Test
    void appendReplacesWhatHasChanged() {
        build(Library.documents("alice")).create();
        Dataset<Row> changed = Library.withNewText(Library.documents("alice"), "alice-long");
        BuildReport report = build(changed).append();
        assertThat(report.replaced()).isEqualTo(1);
        assertThat(report.read()).isEqualTo(1);
        assertThat(content()).isEqualTo(Library.contentOf(changed, other));
        // Back again: the dead passages of the first text stay dead.
        assertThat(build(Library.documents("alice")).append().replaced()).isEqualTo(1);
        IndexDescription description = index().describe();
        assertThat(description.documents()).isEqualTo(6);
        assertThat(description.passages()).isEqualTo(Library.passages(folder).size());
        assertThat(description.generations()).isEqualTo(3);
    }

    @Tag("thorough")
    @Test
    void aKeptColumnThatChangedIsNewContentToo() {
        build(Library.documents("alice")).keepColumns("year").create();
        BuildReport report = build(Library.documents("alice")
                        .withColumn("year", col("year").plus(1)))
                .keepColumns("year")
                .append();
        assertThat(report.replaced()).isEqualTo(6);
        assertThat(Library.passages(folder))
                .allSatisfy(row -> assertThat(row.<Integer>getAs("year")).isEqualTo(1866));
    }

    @Tag("thorough")
    @Test
    void aDocumentWhoseNewTextFailsStaysAsItWas() {
        build(Library.documents("machine")).create();
        List<String> before = content();
        BuildReport report = build(Library.documents("machine")
                        .withColumn("text", lit(null).cast("string")))
                .append();
        assertThat(report.failed()).isEqualTo(5);
        assertThat(report.version()).isEqualTo(1);
        assertThat(content()).isEqualTo(before);
    }

    @Tag("thorough")
    @Test
    void aDocumentWhoseNewTextIsBlankIsGone() {
        build(Library.documents("machine")).create();
        BuildReport report = build(Library.documents("machine-1").withColumn("text", lit("  ")))
                .append();
        assertThat(report.replaced()).isEqualTo(1);
        assertThat(Library.ids(folder)).doesNotContain("machine-1").contains("machine-2");
    }

    @Test
    void replaceLeavesNothingOfTheOldIndex() {
        build(Library.documents("alice")).create();
        BuildReport report = build(Library.documents("machine"))
                .keepColumns("year")
                .passages(Passages.WHOLE)
                .replace();
        assertThat(report.version()).isEqualTo(2);
        assertThat(Library.ids(folder))
                .containsExactly("machine-1", "machine-2", "machine-3", "machine-4", "machine-5");
        build(Library.documents("nobody")).replace();
        assertThat(Library.ids(folder)).isEmpty();
    }

    @Test
    void deletedDocumentsAreGone() {
        build(Library.documents("alice")).shards(2).create();
        BuildReport report = index().delete(List.of("alice-long", "alice-2", "nobody"));
        assertThat(report.deleted()).isEqualTo(2);
        assertThat(Set.copyOf(Library.ids(folder)))
                .containsExactlyInAnyOrder("alice-1", "alice-3", "alice-4", "alice-5");
        assertThat(index().delete(List.of("alice-2")).version()).isEqualTo(report.version());
        assertThat(index().delete(List.of("alice-1")).deleted()).isEqualTo(1);
        assertThat(index().describe().documents()).isEqualTo(3);
        assertThat(build(Library.documents("alice")).append().read()).isEqualTo(3);
    }

    @Test
    void compactionReadsNothingAndChangesNothingThatCanBeFound() throws IOException {
        build(Library.documents("alice")).keepColumns("title").shards(3).create();
        build(Library.withNewText(Library.documents("a"), "alice-1"))
                .keepColumns("title")
                .append();
        build(Library.documents("machine")).keepColumns("title").append();
        index().delete(List.of("machine-2"));
        List<String> before = content();
        try (ModelEvents events = ModelEvents.count()) {
            index().compact();
            assertThat(events.tokens()).isZero();
        }
        assertThat(content()).isEqualTo(before);
        IndexDescription description = index().describe();
        assertThat(description.generations()).isEqualTo(1);
        assertThat(description.shards()).isEqualTo(1);
        assertThat(description.dead()).isZero();
        assertThat(description.documents()).isEqualTo(10);
        assertThat(Library.passages(folder))
                .allSatisfy(row -> assertThat(row.<String>getAs("title")).isNotBlank());
        assertThat(index().compact().version()).isEqualTo(description.version());
        assertThat(index().verify()).isEmpty();
    }

    @Tag("thorough")
    @Test
    void filesStayForOneChangeAndGoWithTheNext() throws IOException {
        build(Library.documents("machine")).create();
        Set<String> first = files();
        build(Library.documents("alice")).replace();
        assertThat(files()).as("who opened version 1 can read").containsAll(first);
        index().delete(List.of("alice-1"));
        assertThat(files()).doesNotContainAnyElementsOf(first);
        assertThat(files()).containsExactlyInAnyOrderElementsOf(named(2, 3));
    }

    private Set<String> named(long... versions) throws IOException {
        Set<String> named = new TreeSet<>();
        ManifestStore store = new ManifestStore(IndexFolder.of(Library.spark(), folder.toString()));
        Manifest current = store.open();
        for (long version : versions) {
            named.add(ManifestStore.name(version));
        }
        // The current version names all that the one before does, which differs by what is deleted.
        current.generations().forEach(generation -> {
            generation.passages().forEach(file -> named.add(file.name()));
            generation.shards().forEach(shard -> {
                shard.files().forEach(file -> named.add(shard.path() + '/' + file.name()));
                if (shard.deleted() != null) {
                    named.add(shard.deleted().file().name());
                }
            });
        });
        return named;
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return new TreeSet<>(files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(file -> !file.endsWith(".crc") && !file.endsWith("_SUCCESS"))
                    .toList());
        }
    }

    @Test
    void aFlippedByteIsFoundAndNamed() throws IOException {
        build(Library.documents("alice")).shards(2).create();
        index().delete(List.of("alice-2"));
        assertThat(index().verify()).isEmpty();
        for (String kind : List.of("shards", "passages", "deleted")) {
            Path victim = largest(kind);
            byte[] bytes = Files.readAllBytes(victim);
            bytes[bytes.length / 2] ^= 1;
            Files.write(victim, bytes);
            // Hadoop's own check beside local files would notice too: it is not there on other file systems.
            Files.deleteIfExists(victim.resolveSibling("." + victim.getFileName() + ".crc"));
        }
        assertThat(index().verify())
                .extracting(Damage::file)
                .containsExactly(
                        relative(largest("deleted")), relative(largest("passages")), relative(largest("shards")));
        Files.delete(largest("shards"));
        assertThat(index().verify())
                .filteredOn(damage -> damage.file().startsWith("shards"))
                .singleElement()
                .satisfies(damage -> assertThat(damage.problem()).startsWith("it cannot be read"));
    }

    private Path largest(String kind) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(kind))) {
            return files.filter(file ->
                            Files.isRegularFile(file) && !file.toString().endsWith(".crc"))
                    .max(Comparator.comparing(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    private String relative(Path file) {
        return folder.relativize(file).toString();
    }

    @Tag("thorough")
    @Test
    void whatIsAddedMustBeOfTheSameKind() {
        build(Library.documents("machine")).keepColumns("title", "year").create();
        assertThatThrownBy(() -> build(Library.documents("alice")).append())
                .hasMessageStartingWith("[MAMBA_INDEX_SETTINGS_DIFFER]")
                .hasMessageContaining("title STRING,year INT")
                .hasMessageContaining("none");
        assertThatThrownBy(() -> build(Library.documents("alice"))
                        .keepColumns("title", "year")
                        .passages(Passages.WHOLE)
                        .append())
                .hasMessageStartingWith("[MAMBA_INDEX_SETTINGS_DIFFER]")
                .hasMessageContaining("RULE")
                .hasMessageContaining("WHOLE");
        build(Library.documents("alice")).keepColumns("year", "title").append();
        assertThat(index().describe().keptColumns()).isEqualTo("title STRING,year INT");
    }
}
