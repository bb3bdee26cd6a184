package io.mambaspark.index.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.index.Passages;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** A manifest's file is the manifest, or is known for something else. */
class ManifestFileTest {
    @Property(tries = 200)
    void whatIsWrittenIsRead(@ForAll("manifests") Manifest manifest) throws Exception {
        assertThat(ManifestFile.decode(ManifestFile.encode(manifest))).isEqualTo(manifest);
    }

    @Property(tries = 200)
    void aCutFileIsRefused(@ForAll("manifests") Manifest manifest, @ForAll @IntRange(max = 1_000_000) int at) {
        byte[] file = ManifestFile.encode(manifest);
        byte[] cut = Arrays.copyOf(file, at % file.length);
        assertThatThrownBy(() -> ManifestFile.decode(cut)).isInstanceOf(ManifestFile.Unreadable.class);
    }

    @Property(tries = 200)
    void aChangedByteIsRefused(
            @ForAll("manifests") Manifest manifest,
            @ForAll @IntRange(max = 1_000_000) int at,
            @ForAll @IntRange(min = 1, max = 255) int flip) {
        byte[] file = ManifestFile.encode(manifest);
        file[at % file.length] ^= (byte) flip;
        assertThatThrownBy(() -> ManifestFile.decode(file)).isInstanceOf(ManifestFile.Unreadable.class);
    }

    @Property(tries = 50)
    void whatComesBehindIsRefused(@ForAll("manifests") Manifest manifest, @ForAll byte more) {
        byte[] file = ManifestFile.encode(manifest);
        byte[] longer = Arrays.copyOf(file, file.length + 1);
        longer[file.length] = more;
        assertThatThrownBy(() -> ManifestFile.decode(longer)).isInstanceOf(ManifestFile.Unreadable.class);
    }

    @Provide
    static Arbitrary<Manifest> manifests() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, 1_000_000),
                        text(),
                        Arbitraries.of(Passages.values()),
                        text(),
                        generations().list().ofMaxSize(3))
                .as((version, name, passages, kept, generations) -> new Manifest(
                        Manifest.FORMAT,
                        version,
                        version - 1,
                        new IndexModel(name, "f".repeat(64), 384),
                        passages,
                        kept,
                        generations));
    }

    private static Arbitrary<Generation> generations() {
        return Combinators.combine(
                        text(), files().list().ofMaxSize(3), shards().list().ofMaxSize(3))
                .as(Generation::new);
    }

    private static Arbitrary<ShardEntry> shards() {
        Arbitrary<DeletedPassages> deleted = Combinators.combine(files(), Arbitraries.longs(), Arbitraries.longs())
                .as(DeletedPassages::new);
        return Combinators.combine(
                        Arbitraries.integers(),
                        text(),
                        Arbitraries.longs(),
                        files().list().ofMaxSize(4),
                        deleted.injectNull(0.5))
                .as((number, path, passages, files, dead) -> ShardEntry.of(
                                number, path, passages, passages, List.copyOf(files))
                        .without(dead));
    }

    private static Arbitrary<StoredFile> files() {
        return Combinators.combine(text(), Arbitraries.longs(), text()).as(StoredFile::new);
    }

    private static Arbitrary<String> text() {
        return Arbitraries.strings().excludeChars(surrogates()).ofMaxLength(12);
    }

    /** No name of a file has half a pair, and UTF-8 has no way to write one. */
    private static char[] surrogates() {
        char[] all = new char[Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1];
        for (int i = 0; i < all.length; i++) {
            all[i] = (char) (Character.MIN_SURROGATE + i);
        }
        return all;
    }
}
