package io.mambaspark.index.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The bytes of a manifest: {@link SealedJson}, so that a file that was cut, at whatever place, is known for one. */
final class ManifestFile {
    private static final SealedJson FORM = new SealedJson("manifest");

    /** Values are of the type that they are written in, each of them is given, once; what a newer release adds is passed over. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** What the first format does not have. */
    private static final String TERMS = "terms";

    private ManifestFile() {}

    /** What a file holds that is not damaged. */
    sealed interface Content permits Whole, OtherFormat, Prefix {}

    /** A manifest, checked. */
    record Whole(Manifest manifest) implements Content {}

    /** A manifest of another release. */
    record OtherFormat(int format) implements Content {}

    /**
     * A file that was not written to its end.
     *
     * @param body as much of the manifest as it has
     */
    record Prefix(String body) implements Content {
        /** Whether version {@code version} could have begun like this, made from {@code previous}. */
        boolean canBe(long version, long previous) {
            return IntStream.rangeClosed(Manifest.FIRST_FORMAT, Manifest.FORMAT)
                    .mapToObj(format ->
                            "{\"format\":" + format + ",\"version\":" + version + ",\"previous\":" + previous + ",")
                    .anyMatch(
                            start -> body.length() < start.length() ? start.startsWith(body) : body.startsWith(start));
        }
    }

    /** @throws Flaw if the manifest could not be read again */
    static byte[] encode(Manifest manifest) throws Flaw {
        ManifestCheck.check(manifest, manifest.version());
        byte[] body = json(manifest);
        if (body.length > SealedJson.MOST_BYTES) {
            throw new Flaw("length", body.length, "at most " + SealedJson.MOST_BYTES + ": make fewer shards");
        }
        return FORM.seal(body);
    }

    private static byte[] json(Manifest manifest) {
        try {
            return JSON.writeValueAsBytes(manifest);
        } catch (JsonProcessingException e) {
            throw new AssertionError("records of strings and numbers are JSON", e);
        }
    }

    /**
     * Reads the file of a version.
     *
     * @throws Flaw if it is damaged
     */
    static Content decode(byte[] file, long version) throws Flaw {
        SealedJson.Content content = FORM.read(file);
        if (content instanceof SealedJson.Prefix prefix) {
            return new Prefix(new String(prefix.body(), StandardCharsets.UTF_8));
        }
        return manifest(((SealedJson.Whole) content).body(), version);
    }

    /**
     * The manifest in a file whose length or checksum is damaged. Only the files that it names can prove it.
     *
     * @throws Flaw if there is none that could be one
     */
    static Content withoutSeal(byte[] file, long version) throws Flaw {
        String text = new String(file, StandardCharsets.ISO_8859_1); // a character for each byte
        String name = "\"manifest\":";
        int from = text.indexOf(name) + name.length();
        int to = text.lastIndexOf('}');
        if (from < name.length() || to < from) {
            throw new Flaw("content", text, "a manifest");
        }
        return manifest(Arrays.copyOfRange(file, from, to), version);
    }

    private static Content manifest(byte[] body, long version) throws Flaw {
        try {
            JsonNode tree = JSON.readTree(body);
            int format = tree.path("format").asInt(-1);
            if (format < Manifest.FIRST_FORMAT || format > Manifest.FORMAT) {
                if (format < 1) {
                    throw new Flaw("format", format, "1 or more");
                }
                return new OtherFormat(format);
            }
            refuseNulls("", tree);
            Manifest manifest = JSON.readValue(withTerms(body, tree, format), Manifest.class);
            ManifestCheck.check(manifest, version);
            return new Whole(manifest);
        } catch (JsonMappingException e) {
            throw new Flaw(field(e), e.getOriginalMessage(), "as it was written");
        } catch (IOException e) {
            throw new Flaw("content", e.getMessage(), "JSON");
        }
    }

    private static byte[] withTerms(byte[] body, JsonNode tree, int format) throws JsonProcessingException {
        if (format > Manifest.FIRST_FORMAT || tree.has(TERMS)) {
            return body;
        }
        return JSON.writeValueAsBytes(((ObjectNode) tree).set(TERMS, JSON.valueToTree(IndexTerms.PLAIN)));
    }

    /** Refuses what is null and may not be. */
    private static void refuseNulls(String path, JsonNode node) throws Flaw {
        if (node.isNull() && !path.endsWith(".deleted")) {
            throw new Flaw(path.isEmpty() ? "content" : path.substring(1), null, "given");
        }
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            refuseNulls(path + '.' + each.getKey(), each.getValue());
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            refuseNulls(path + '[' + i + ']', node.get(i));
        }
    }

    private static String field(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining());
        return path.isEmpty() ? "content" : path.substring(1);
    }
}
