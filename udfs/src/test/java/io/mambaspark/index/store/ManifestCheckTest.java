package io.mambaspark.index.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A manifest with a good checksum and a bad value, as a stranger can write it, is refused before a file that it names is touched. */
class ManifestCheckTest {
    private static final long VERSION = 7;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode tree() {
        return JSON.valueToTree(MadeUpManifest.of(VERSION, 2, 2));
    }

    private static byte[] sealed(JsonNode tree) throws IOException {
        return new SealedJson("manifest").seal(JSON.writeValueAsBytes(tree));
    }

    /** The tree with another value at a path of names and numbers. */
    private static JsonNode with(String path, String json) throws IOException {
        JsonNode tree = tree();
        String[] steps = path.split("[.]");
        JsonNode parent = tree;
        for (String step : Arrays.copyOf(steps, steps.length - 1)) {
            parent = parent.isArray() ? parent.get(Integer.parseInt(step)) : parent.get(step);
        }
        String last = steps[steps.length - 1];
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(last), JSON.readTree(json));
        } else {
            ((ObjectNode) parent).set(last, JSON.readTree(json));
        }
        return tree;
    }

    @Test
    void whatABuildWritesIsAccepted() throws Exception {
        assertThat(ManifestFile.decode(sealed(tree()), VERSION)).isInstanceOf(ManifestFile.Whole.class);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "format, 0",
                "version, 8",
                "version, null",
                "version, 7.5",
                "version, `\"7\"`",
                "previous, 7",
                "previous, -1",
                "model, null",
                "model.name, null",
                "model.fingerprint, `\"F000\"`",
                "model.fingerprint, null",
                "model.dimension, 0",
                "model.dimension, 2147483647",
                "passages, null",
                "passages, 0",
                "keptColumns, null",
                "keptColumns, `\"no ddl at all (\"`",
                "keptColumns, `\"a INT,A INT\"`",
                "keptColumns, `\"doc_id STRING\"`",
                "terms, null",
                "terms.foldAccents, null",
                "terms.foldAccents, `\"yes\"`",
                "terms.removed, null",
                "terms.removed, `[-1]`",
                "terms.removed, `[65536]`",
                "terms.removed, `[55296]`",
                "terms.removed, `[null]`",
                "terms.compatibility, `[{\"first\":5,\"last\":4}]`",
                "terms.compatibility, `[{\"first\":0,\"last\":55295}]`",
                "terms.compatibility, `[{\"first\":-2147483648,\"last\":2147483647}]`",
                "generations, null",
                "generations.0, null",
                "generations.0.name, null",
                "generations.0.name, `\"..\"`",
                "generations.0.name, `\"one\"`",
                "generations.0.name, `\"000008-0000000000000000\"`",
                "generations.1.name, `\"000007-0000000000000000\"`",
                "generations.0.passages, null",
                "generations.0.passages, []",
                "generations.0.passages.0, null",
                "generations.0.passages.0.length, -1",
                "generations.0.passages.0.length, null",
                "generations.0.passages.0.sha256, null",
                "generations.0.passages.0.sha256, `\"a\"`",
                "generations.0.shards, []",
                "generations.0.shards.0.number, -1",
                "generations.0.shards.1.number, 0",
                "generations.0.shards.0.documents, 0",
                "generations.0.shards.0.documents, 10",
                "generations.0.shards.0.passages, 0",
                "generations.0.shards.0.passages, 4294967296",
                "generations.0.shards.0.bytes, 1",
                "generations.0.shards.0.checksum, null",
                "generations.0.shards.0.checksum, `\"0000000000000000000000000000000000000000000000000000000000000000\"`",
                "generations.0.shards.0.files, []",
                "generations.0.shards.0.files.1.length, 9223372036854775807",
                "generations.0.shards.0.files.0.name, `\"segments_1\"`",
                "generations.0.shards.1.deleted.file, null",
                "generations.0.shards.1.deleted.documents, 0",
                "generations.0.shards.1.deleted.documents, 3",
                "generations.0.shards.1.deleted.passages, 0",
                "generations.0.shards.1.deleted.passages, 10",
                "generations.0.shards.1.deleted.file.length, 99999999",
            })
    void aBadValueIsNamed(String path, String json) throws Exception {
        byte[] file = sealed(with(path, json));
        String field = path.replaceAll("[.]([0-9]+)", "[$1]");
        assertThatThrownBy(() -> ManifestFile.decode(file, VERSION))
                .isInstanceOf(Flaw.class)
                .satisfies(e -> {
                    String named = e.getMessage().substring(0, e.getMessage().indexOf(" is "));
                    // A name that does not fit its neighbours is found at either of them.
                    assertThat(named.startsWith(field) || (path.endsWith("name") && named.startsWith("generations")))
                            .as("%s for %s", named, field)
                            .isTrue();
                });
    }

    private static Stream<String> pathsOutOfTheIndex() {
        return Stream.of(
                "..",
                ".",
                "",
                "../../x",
                "/etc/passwd",
                "a/b",
                "a\\b",
                "C:x",
                "nul\0",
                "file:///etc/passwd",
                "x\n",
                "%2e%2e",
                "[ab]",
                "x".repeat(300));
    }

    @ParameterizedTest
    @MethodSource("pathsOutOfTheIndex")
    void aPathOutOfTheIndexIsRefusedWhereverItStands(String name) throws Exception {
        String generation = "000007-0000000000000000";
        for (String[] place : new String[][] {
            {"generations.0.passages.0.name", ""},
            {"generations.0.passages.0.name", "passages/" + generation + '/'},
            {"generations.0.shards.0.path", ""},
            {"generations.0.shards.0.path", "shards/" + generation + '/'},
            {"generations.0.shards.0.files.0.name", ""},
            {"generations.0.shards.1.deleted.file.name", ""},
            {"generations.0.shards.1.deleted.file.name", "deleted/" + generation + '/'},
            {"generations.0.shards.1.deleted.file.name", "deleted/" + name + '/'}
        }) {
            byte[] file = sealed(with(place[0], JSON.writeValueAsString(place[1] + name)));
            assertThatThrownBy(() -> ManifestFile.decode(file, VERSION))
                    .as(place[0])
                    .isInstanceOf(Flaw.class)
                    .hasMessageStartingWith(place[0].replaceAll("[.]([0-9]+)", "[$1]"));
        }
    }

    @Test
    void aValueThatStandsTwiceIsRefused() {
        String twice = new String(json(), StandardCharsets.UTF_8).replace("\"format\":2", "\"format\":2,\"format\":2");
        byte[] file = new SealedJson("manifest").seal(twice.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> ManifestFile.decode(file, VERSION)).isInstanceOf(Flaw.class);
    }

    @Test
    void theFirstFormatHasPlainTermsOnly() throws Exception {
        byte[] file = sealed(with("format", "1"));
        assertThatThrownBy(() -> ManifestFile.decode(file, VERSION)).hasMessageStartingWith("terms is ");
    }

    @Test
    void typesThatAreNestedWithoutEndAreRefused() throws Exception {
        String deep = "ARRAY<".repeat(100_000) + "INT" + ">".repeat(100_000);
        byte[] file = sealed(with("keptColumns", JSON.writeValueAsString("a " + deep)));
        assertThatThrownBy(() -> ManifestFile.decode(file, VERSION)).hasMessageStartingWith("keptColumns is a ARRAY<");
    }

    @Test
    void whatIsShownOfAValueIsShortAndHarmless() throws Exception {
        byte[] file = sealed(with("model.fingerprint", JSON.writeValueAsString("\u001b[2J" + "x".repeat(10_000))));
        assertThatThrownBy(() -> ManifestFile.decode(file, VERSION))
                .hasMessageContaining("\\u001b[2J")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
    }

    private static byte[] json() {
        try {
            return JSON.writeValueAsBytes(tree());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
