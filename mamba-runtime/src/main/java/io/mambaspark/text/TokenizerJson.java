package io.mambaspark.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.ibm.icu.text.Normalizer2;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a Hugging Face {@code tokenizer.json}, and refuses what would change ids and is not implemented. Truncation and
 * padding are ignored on purpose: nothing is cut off here. So is the unknown token: every byte is known.
 */
final class TokenizerJson {
    /** The names of a vocabulary are read once: to pool them costs more than to parse the file. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Far above any tokenizer's; all of them are compared with each character of a text that begins one. */
    private static final int MOST_ADDED = 1 << 14;

    private final JsonNode root;

    private TokenizerJson(JsonNode root) {
        this.root = root;
    }

    static BpeDefinition read(InputStream in) {
        try {
            return new TokenizerJson(JSON.readTree(in)).definition();
        } catch (JsonProcessingException e) {
            throw TokenizerException.corrupt("cannot be read as JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("could not read a tokenizer.json", e);
        }
    }

    private BpeDefinition definition() {
        checkModel();
        checkPostProcessor();
        checkDecoder();
        boolean nfc = nfc();
        List<AddedToken> added = added(nfc);
        BpeVocabulary vocabulary = BpeVocabulary.of(root.path("model").path("vocab"));
        int[] byteIds = vocabulary.byteIds();
        Merges merges = vocabulary.merges(root.path("model").path("merges"));
        vocabulary.add(added);
        return new BpeDefinition(nfc, digits(), added, byteIds, vocabulary.tokenBytes(), merges);
    }

    private void checkModel() {
        JsonNode model = root.path("model");
        // Files written before 2020 have no type.
        if (!model.path("type").asText("BPE").equals("BPE")) {
            throw TokenizerException.unsupported("a model of type", model.path("type"), "BPE");
        }
        if (model.path("dropout").asDouble() != 0) {
            throw TokenizerException.unsupported("dropout", model.path("dropout"), "none, so that ids are repeatable");
        }
        if (model.path("ignore_merges").asBoolean()) {
            throw TokenizerException.unsupported("ignore_merges", true, "false");
        }
        for (String affix : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
            if (!model.path(affix).asText("").isEmpty() && !model.path(affix).isNull()) {
                throw TokenizerException.unsupported(affix, model.path(affix), "none");
            }
        }
    }

    private boolean nfc() {
        JsonNode normalizer = root.path("normalizer");
        if (isAbsent(normalizer)) {
            return false;
        }
        if (type(normalizer).equals("NFC")) {
            return true;
        }
        throw TokenizerException.unsupported("the normalizer", type(normalizer), "none and NFC");
    }

    private WordScanner.Digits digits() {
        JsonNode preTokenizer = root.path("pre_tokenizer");
        List<JsonNode> steps = new ArrayList<>();
        if (type(preTokenizer).equals("Sequence")) {
            preTokenizer.path("pretokenizers").forEach(steps::add);
        } else {
            steps.add(preTokenizer);
        }
        WordScanner.Digits digits = WordScanner.Digits.TOGETHER;
        if (steps.size() == 2 && type(steps.get(0)).equals("Digits")) {
            boolean each = steps.remove(0).path("individual_digits").asBoolean();
            digits = each ? WordScanner.Digits.EACH : WordScanner.Digits.RUNS;
        }
        if (steps.size() != 1 || !type(steps.get(0)).equals("ByteLevel")) {
            List<String> types = steps.stream().map(TokenizerJson::type).toList();
            throw TokenizerException.unsupported("the pre-tokenizer", types, "ByteLevel, and Digits before ByteLevel");
        }
        checkByteLevel(steps.get(0));
        return digits;
    }

    private static void checkByteLevel(JsonNode byteLevel) {
        if (byteLevel.path("add_prefix_space").asBoolean(true)) {
            throw TokenizerException.unsupported("ByteLevel with add_prefix_space", true, "false");
        }
        if (!byteLevel.path("use_regex").asBoolean(true)) {
            throw TokenizerException.unsupported("ByteLevel with use_regex", false, "true");
        }
    }

    /** What follows encoding must not add tokens: markers are the reader's business. */
    private void checkPostProcessor() {
        JsonNode postProcessor = root.path("post_processor");
        if (isAbsent(postProcessor) || type(postProcessor).equals("ByteLevel")) {
            return;
        }
        boolean addsNothing = type(postProcessor).equals("TemplateProcessing")
                && postProcessor.path("single").size() == 1
                && postProcessor.path("single").get(0).has("Sequence");
        if (!addsNothing) {
            throw TokenizerException.unsupported(
                    "the post-processor", type(postProcessor), "none, ByteLevel, and templates that add no token");
        }
    }

    private void checkDecoder() {
        JsonNode decoder = root.path("decoder");
        if (!isAbsent(decoder) && !type(decoder).equals("ByteLevel")) {
            throw TokenizerException.unsupported("the decoder", type(decoder), "ByteLevel");
        }
    }

    private List<AddedToken> added(boolean nfc) {
        if (root.path("added_tokens").size() > MOST_ADDED) {
            throw TokenizerException.corrupt("has more than " + MOST_ADDED + " added tokens", null);
        }
        List<AddedToken> added = new ArrayList<>();
        for (JsonNode token : root.path("added_tokens")) {
            String content = token.path("content").asText();
            for (String option : List.of("single_word", "lstrip", "rstrip")) {
                if (token.path(option).asBoolean()) {
                    throw TokenizerException.unsupported("the added token '" + content + "' with", option, "none");
                }
            }
            if (content.isEmpty()
                    || !token.path("content").isTextual()
                    || !token.path("id").isInt()) {
                throw TokenizerException.corrupt(
                        "has an added token without content or id: " + TokenizerException.shown(token), null);
            }
            boolean normalised = token.path("normalized").asBoolean();
            String sought = normalised && nfc ? Normalizer2.getNFCInstance().normalize(content) : content;
            added.add(new AddedToken(
                    token.path("id").asInt(),
                    content,
                    sought,
                    token.path("special").asBoolean(),
                    normalised));
        }
        return List.copyOf(added);
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static String type(JsonNode node) {
        return node.path("type").asText("none");
    }
}
