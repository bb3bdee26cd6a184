package io.mambaspark.index.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** A manifest's file is the manifest, or the beginning of one, or known to be damaged. */
class ManifestFileTest {
    @Property(tries = 100)
    void whatIsWrittenIsRead(@ForAll("manifests") Manifest manifest) throws Exception {
        assertThat(ManifestFile.decode(ManifestFile.encode(manifest), manifest.version()))
                .isEqualTo(new ManifestFile.Whole(manifest));
    }

    @Property(tries = 300)
    void aFileThatWasCutIsTheBeginningOfItsVersion(
            @ForAll("manifests") Manifest manifest, @ForAll @IntRange(max = 1_000_000) int at) throws Exception {
        byte[] file = ManifestFile.encode(manifest);
        byte[] cut = Arrays.copyOf(file, at % file.length);
        assertThat(ManifestFile.decode(cut, manifest.version()))
                .isInstanceOfSatisfying(
                        ManifestFile.Prefix.class,
                        prefix -> assertThat(prefix.canBe(manifest.version(), manifest.previous()))
                                .isTrue());
    }

    @Property(tries = 100)
    void whatIsCutBehindItsNumbersIsTheBeginningOfNoOtherVersion(@ForAll("manifests") Manifest manifest)
            throws Exception {
        byte[] file = ManifestFile.encode(manifest);
        byte[] cut = Arrays.copyOf(file, file.length - 1);
        ManifestFile.Prefix prefix = (ManifestFile.Prefix) ManifestFile.decode(cut, manifest.version());
        assertThat(prefix.canBe(manifest.version() + 1, manifest.previous())).isFalse();
        assertThat(prefix.canBe(manifest.version(), manifest.previous() + 1)).isFalse();
    }

    /** The length, too: a larger one would make the file look like one that was cut. */
    @Property(tries = 1_000)
    void aChangedByteIsDamageAndNeverTheBeginningOfAVersion(
            @ForAll("manifests") Manifest manifest,
            @ForAll @IntRange(max = 1_000_000) int at,
            @ForAll @IntRange(min = 1, max = 255) int flip)
            throws Exception {
        byte[] file = ManifestFile.encode(manifest);
        file[at % file.length] ^= (byte) flip;
        assertThatThrownBy(() -> ManifestFile.decode(file, manifest.version())).isInstanceOf(Flaw.class);
    }

    @Property(tries = 50)
    void eachBitOfTheHeadCounts(@ForAll("manifests") Manifest manifest) throws Exception {
        byte[] file = ManifestFile.encode(manifest);
        for (int bit = 0; bit < 110 * 8; bit++) {
            byte[] changed = file.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> ManifestFile.decode(changed, manifest.version()))
                    .isInstanceOf(Flaw.class);
        }
    }

    @Property(tries = 50)
    void whatComesAfterTheEndIsRefused(@ForAll("manifests") Manifest manifest, @ForAll byte more) throws Exception {
        byte[] file = ManifestFile.encode(manifest);
        byte[] longer = Arrays.copyOf(file, file.length + 1);
        longer[file.length] = more;
        assertThatThrownBy(() -> ManifestFile.decode(longer, manifest.version()))
                .isInstanceOf(Flaw.class);
    }

    /** As release 0.1.0 wrote them: nothing was said about terms, which were plain, and nothing else is read into them. */
    @Property(tries = 50)
    void aManifestOfTheFirstFormatHasPlainTermsAndStaysOfItsFormat(@ForAll("manifests") Manifest manifest)
            throws Exception {
        ObjectMapper json = new ObjectMapper();
        ObjectNode tree = json.valueToTree(manifest);
        tree.put("format", 1).remove("terms");
        byte[] file = new SealedJson("manifest").seal(json.writeValueAsBytes(tree));
        Manifest read = ((ManifestFile.Whole) ManifestFile.decode(file, manifest.version())).manifest();
        assertThat(read.terms()).isEqualTo(IndexTerms.PLAIN);
        assertThat(read.generations()).isEqualTo(manifest.generations());
        Manifest next = read.next(manifest.version() + 1, read.generations());
        assertThat(ManifestFile.decode(ManifestFile.encode(next), next.version()))
                .isEqualTo(new ManifestFile.Whole(next));
        assertThat(next.format()).isEqualTo(1);
        byte[] cut = Arrays.copyOf(file, file.length - 1);
        assertThat(((ManifestFile.Prefix) ManifestFile.decode(cut, manifest.version()))
                        .canBe(manifest.version(), manifest.previous()))
                .isTrue();
    }

    @Property(tries = 50)
    void aManifestUnderAnotherNumberIsRefused(@ForAll("manifests") Manifest manifest) throws Exception {
        byte[] file = ManifestFile.encode(manifest);
        assertThatThrownBy(() -> ManifestFile.decode(file, manifest.version() + 1))
                .hasMessageStartingWith("version is " + manifest.version());
    }

    @Property(tries = 300)
    void whateverBytesAFileHoldsNothingElseIsThrown(@ForAll byte[] bytes) {
        try {
            assertThat(ManifestFile.decode(bytes, 1)).isNotInstanceOf(ManifestFile.Whole.class);
        } catch (Flaw flaw) {
            assertThat(flaw).hasMessageContaining(" must be ");
        }
    }

    @Provide
    static Arbitrary<Manifest> manifests() {
        return Arbitraries.longs()
                .between(1, 1_000_000)
                .flatMap(version -> Arbitraries.integers()
                        .between(0, 3)
                        .flatMap(generations -> Arbitraries.integers()
                                .between(1, 3)
                                .map(shards -> MadeUpManifest.of(version, generations, shards))));
    }
}
