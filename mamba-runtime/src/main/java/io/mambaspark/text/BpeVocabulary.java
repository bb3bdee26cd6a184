package io.mambaspark.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The vocabulary of a byte-level tokenizer.json: which token has which id, and which bytes it stands for. An id has one
 * token and a token one id, so that the bytes of a merged token are those of its parts.
 */
final class BpeVocabulary {
    /** Far above any vocabulary; keeps one damaged id from costing gigabytes. */
    private static final int MOST_IDS = 1 << 20;

    private final Map<String, Integer> ids = new HashMap<>();
    private String[] tokens = new String[0];
    private byte[][] tokenBytes = new byte[0][];
    /** The tokens that bytes and merges make: what they stand for is not an added token's to change. */
    private boolean[] ofText = new boolean[0];

    private BpeVocabulary() {}

    static BpeVocabulary of(JsonNode vocab) {
        BpeVocabulary vocabulary = new BpeVocabulary();
        vocab.properties().forEach(entry -> vocabulary.add(entry.getKey(), entry.getValue()));
        return vocabulary;
    }

    private void add(String token, JsonNode id) {
        if (!id.isInt()) {
            throw TokenizerException.corrupt("gives the token " + shown(token) + " the id " + shown(id), null);
        }
        byte[] bytes = ByteAlphabet.bytes(token);
        put(token, id.asInt(), bytes == null ? token.getBytes(StandardCharsets.UTF_8) : bytes);
        ids.put(token, id.asInt());
    }

    private void put(String token, int id, byte[] bytes) {
        if (id < 0 || id >= MOST_IDS) {
            throw TokenizerException.corrupt(
                    "gives the token " + shown(token) + " the id " + id + ", which is not in 0 to " + (MOST_IDS - 1),
                    null);
        }
        if (id >= tokens.length) {
            int capacity = Math.max(id + 1, 2 * tokens.length);
            tokens = Arrays.copyOf(tokens, capacity);
            tokenBytes = Arrays.copyOf(tokenBytes, capacity);
            ofText = Arrays.copyOf(ofText, capacity);
        }
        if (tokens[id] != null && !tokens[id].equals(token)) {
            throw TokenizerException.corrupt(
                    "gives the id " + id + " to two tokens, " + shown(tokens[id]) + " and " + shown(token), null);
        }
        tokens[id] = token;
        tokenBytes[id] = bytes;
    }

    /**
     * Adds the tokens beside the vocabulary, after {@link #byteIds} and {@link #merges}: one that both have may stand for
     * other bytes (its own characters instead of the alphabet of bytes), but only if no text is made of it.
     */
    void add(List<AddedToken> added) {
        for (AddedToken token : added) {
            Integer known = ids.putIfAbsent(token.content(), token.id());
            if (known != null && known != token.id()) {
                throw TokenizerException.corrupt(
                        "gives the token " + shown(token.content()) + " two ids, " + known + " and " + token.id(),
                        null);
            }
            byte[] bytes = token.content().getBytes(StandardCharsets.UTF_8);
            boolean taken = token.id() >= 0 && token.id() < ofText.length && ofText[token.id()];
            if (taken && !Arrays.equals(bytes, tokenBytes[token.id()])) {
                throw TokenizerException.corrupt(
                        "has the added token " + shown(token.content()) + " over the id " + token.id()
                                + ", which stands for other bytes",
                        null);
            }
            put(token.content(), token.id(), bytes);
        }
    }

    /** [256] the token of each byte. */
    int[] byteIds() {
        int[] byteIds = new int[256];
        for (int b = 0; b < byteIds.length; b++) {
            Integer id = ids.get(String.valueOf(ByteAlphabet.character(b)));
            if (id == null) {
                throw TokenizerException.unsupported(
                        "no token for the byte", String.format("0x%02X", b), "vocabularies that hold all 256 bytes");
            }
            byteIds[b] = id;
            ofText[id] = true;
        }
        return byteIds;
    }

    /** [highest id + 1] the bytes of each token, null for an id that no token has. */
    byte[][] tokenBytes() {
        int size = tokenBytes.length;
        while (size > 0 && tokenBytes[size - 1] == null) {
            size--;
        }
        return Arrays.copyOf(tokenBytes, size);
    }

    /** The merges, earliest first in the file, written as pairs or as two tokens with a blank between. */
    Merges merges(JsonNode list) {
        if (list.size() > MOST_IDS) {
            throw TokenizerException.corrupt("has " + list.size() + " merges, more than " + MOST_IDS, null);
        }
        Merges merges = new Merges(list.size());
        int rank = 0;
        for (JsonNode merge : list) {
            String[] pair = pair(merge);
            int left = id(pair[0], merge);
            int right = id(pair[1], merge);
            int result = id(pair[0] + pair[1], merge);
            if (merges.rank(left, right) != Merges.NEVER) {
                throw TokenizerException.corrupt("has the merge " + shown(merge) + " twice", null);
            }
            merges.put(left, right, rank++, result);
            ofText[left] = true;
            ofText[right] = true;
            ofText[result] = true;
        }
        return merges;
    }

    private static String[] pair(JsonNode merge) {
        String[] pair = merge.isArray()
                ? new String[] {merge.path(0).textValue(), merge.path(1).textValue()}
                : merge.asText().split(" ", -1);
        int parts = merge.isArray() ? merge.size() : pair.length;
        if (parts != 2 || Arrays.stream(pair).anyMatch(Objects::isNull)) {
            throw TokenizerException.corrupt("has a merge that is not of two tokens: " + shown(merge), null);
        }
        return pair;
    }

    private int id(String token, JsonNode merge) {
        Integer id = ids.get(token);
        if (id == null) {
            throw TokenizerException.corrupt(
                    "has the merge " + shown(merge) + ", but its vocabulary lacks " + shown(token), null);
        }
        return id;
    }

    private static String shown(Object found) {
        return TokenizerException.shown(found);
    }
}
