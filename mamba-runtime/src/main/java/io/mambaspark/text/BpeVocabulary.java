package io.mambaspark.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The vocabulary of a byte-level tokenizer.json: which token has which id, and which bytes it stands for. */
final class BpeVocabulary {
    /** Far above any vocabulary; keeps one damaged id from costing gigabytes. */
    private static final int MOST_IDS = 1 << 20;

    private final Map<String, Integer> ids = new HashMap<>();
    private byte[][] tokenBytes = new byte[0][];

    private BpeVocabulary() {}

    static BpeVocabulary of(JsonNode vocab, List<AddedToken> added) {
        BpeVocabulary vocabulary = new BpeVocabulary();
        vocab.properties().forEach(entry -> vocabulary.add(entry.getKey(), entry.getValue()));
        added.forEach(vocabulary::add);
        return vocabulary;
    }

    private void add(String token, JsonNode id) {
        if (!id.isInt()) {
            throw TokenizerException.corrupt("gives the token '" + token + "' the id " + id, null);
        }
        byte[] bytes = ByteAlphabet.bytes(token);
        put(token, id.asInt(), bytes == null ? token.getBytes(StandardCharsets.UTF_8) : bytes);
        ids.put(token, id.asInt());
    }

    private void add(AddedToken token) {
        put(token.content(), token.id(), token.content().getBytes(StandardCharsets.UTF_8));
    }

    private void put(String token, int id, byte[] bytes) {
        if (id < 0 || id >= MOST_IDS) {
            throw TokenizerException.corrupt(
                    "gives the token '" + token + "' the id " + id + ", which is not in 0 to " + (MOST_IDS - 1), null);
        }
        if (id >= tokenBytes.length) {
            tokenBytes = Arrays.copyOf(tokenBytes, Math.max(id + 1, 2 * tokenBytes.length));
        }
        tokenBytes[id] = bytes;
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
        Merges merges = new Merges(list.size());
        int rank = 0;
        for (JsonNode merge : list) {
            String[] pair = merge.isArray()
                    ? new String[] {merge.path(0).asText(), merge.path(1).asText()}
                    : merge.asText().split(" ", -1);
            if (pair.length != 2) {
                throw TokenizerException.corrupt("has a merge that is not of two tokens: " + merge, null);
            }
            merges.put(id(pair[0], merge), id(pair[1], merge), rank++, id(pair[0] + pair[1], merge));
        }
        return merges;
    }

    private int id(String token, JsonNode merge) {
        Integer id = ids.get(token);
        if (id == null) {
            throw TokenizerException.corrupt(
                    "has the merge " + merge + ", but its vocabulary lacks '" + token + "'", null);
        }
        return id;
    }
}
