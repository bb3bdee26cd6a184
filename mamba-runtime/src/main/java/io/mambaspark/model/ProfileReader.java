package io.mambaspark.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.mambaspark.text.TextNormalisation;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Makes a {@link ReaderProfile} of a reader.json; what the file leaves out is as in {@link ReaderProfile#plain()}. */
final class ProfileReader {
    private final CheckpointJson json;
    private final int vocabSize;

    private ProfileReader(CheckpointJson json, int vocabSize) {
        this.json = json;
        this.vocabSize = vocabSize;
    }

    static ReaderProfile read(CheckpointJson json, int vocabSize) {
        return new ProfileReader(json, vocabSize).profile();
    }

    private ReaderProfile profile() {
        ReaderProfile plain = ReaderProfile.plain();
        return new ReaderProfile(
                json.text("version", plain.version()),
                normalisation(),
                marker("doc"),
                marker("query"),
                marker("sep"),
                denseWeight(plain.denseWeight()));
    }

    private TextNormalisation normalisation() {
        CheckpointJson rules = json.object("text_normalisation");
        Map<Character, String> replace = new HashMap<>();
        rules.object("replace").node().properties().forEach(rule -> {
            replace.put(character(rule.getKey()), replacement(rule.getKey(), rule.getValue()));
        });
        // The rule is told in words: there is one, or there is none.
        boolean lowerCaseCapitals = rules.has("capitals");
        try {
            return new TextNormalisation(replace, lowerCaseCapitals);
        } catch (IllegalArgumentException e) {
            throw CheckpointException.corrupt(json.file(), "text_normalisation.replace: " + e.getMessage(), e);
        }
    }

    private char character(String key) {
        if (key.length() != 1) {
            throw CheckpointException.corrupt(
                    json.file(), "text_normalisation.replace must map single characters, not \"" + key + "\"");
        }
        return key.charAt(0);
    }

    private String replacement(String key, JsonNode value) {
        if (!value.isTextual()) {
            throw CheckpointException.corrupt(
                    json.file(), "text_normalisation.replace must map \"" + key + "\" to a string, not " + value);
        }
        return value.textValue();
    }

    private OptionalInt marker(String name) {
        OptionalInt marker = json.object("markers").optionalInteger(name);
        if (marker.isPresent() && (marker.getAsInt() < 0 || marker.getAsInt() >= vocabSize)) {
            throw CheckpointException.corrupt(
                    json.file(),
                    "markers." + name + " = " + marker.getAsInt() + " is no token of a vocabulary of " + vocabSize);
        }
        return marker;
    }

    private float denseWeight(float otherwise) {
        float weight = json.object("corpus_hybrid").number("dense_weight", otherwise);
        if (!(weight >= 0) || Float.isInfinite(weight)) {
            throw CheckpointException.corrupt(
                    json.file(), "corpus_hybrid.dense_weight must be at least 0, not " + weight);
        }
        return weight;
    }
}
