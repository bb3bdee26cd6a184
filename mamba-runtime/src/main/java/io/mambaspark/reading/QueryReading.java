package io.mambaspark.reading;

import io.mambaspark.model.ReaderProfile;
import io.mambaspark.text.ReaderText;
import io.mambaspark.text.Tokenizer;

/**
 * A query, read twice from a zero state, the second copy pooled (reader.json, {@code query}): it is read knowing how it
 * ends. Puts out its vector.
 */
final class QueryReading extends Reading<float[]> {
    /** A query is a question, not a document. */
    static final int MAX_TOKENS = 1024;

    private final EmbeddingHead head;
    private final int[] ids;
    private final int pooledFrom;
    private int given;
    private int pieces;

    QueryReading(String id, String query, Tokenizer tokenizer, ReaderProfile profile, EmbeddingHead head) {
        super(id);
        this.head = head;
        String text = ReaderText.of(query, profile.normalisation()).normalised();
        int[] tokens = tokenizer.encode(text);
        if (text.isBlank() || tokens.length == 0) {
            throw new IllegalArgumentException("[MAMBA_QUERY_EMPTY] The query has no words. Ask for something.");
        }
        if (tokens.length > MAX_TOKENS) {
            throw new IllegalArgumentException("[MAMBA_QUERY_TOO_LONG] The query has " + tokens.length
                    + " tokens; at most " + MAX_TOKENS + " are read. Shorten it, or embed it as a document.");
        }
        int open = profile.queryMarker().isPresent() ? 1 : 0;
        int middle = profile.separatorMarker().isPresent() ? 1 : 0;
        ids = new int[open + middle + 2 * tokens.length];
        profile.queryMarker().ifPresent(marker -> ids[0] = marker);
        System.arraycopy(tokens, 0, ids, open, tokens.length);
        profile.separatorMarker().ifPresent(marker -> ids[open + tokens.length] = marker);
        pooledFrom = open + tokens.length + middle;
        System.arraycopy(tokens, 0, ids, pooledFrom, tokens.length);
    }

    @Override
    int fill(int[] tokens, int from, int max, Cuts cuts) {
        int count = Math.min(max, ids.length - given);
        System.arraycopy(ids, given, tokens, from, count);
        if (given <= pooledFrom && pooledFrom < given + count) {
            cuts.add(pooledFrom - given);
        }
        given += count;
        if (exhausted()) {
            cuts.add(count);
        }
        return count;
    }

    @Override
    boolean exhausted() {
        return given == ids.length;
    }

    @Override
    void piece(PieceSum piece) {
        if (++pieces == 2) {
            emit(head.vector(piece));
        }
    }

    @Override
    void end() {}
}
