package io.mambaspark.reading;

import io.mambaspark.error.MambaException;
import io.mambaspark.model.ReaderProfile;
import io.mambaspark.text.ReaderText;
import java.util.Map;
import java.util.function.Function;

/**
 * A query, read twice from a zero state, the second copy pooled (reader.json, {@code query}): it is read knowing how it
 * ends. Puts out what is made of it.
 */
final class QueryReading<R> extends Reading<R> {
    /** A query is a question, not a document. */
    static final int MAX_TOKENS = 1024;

    private final MambaModel model;
    private final String query;
    private final Function<? super Query, ? extends R> result;
    private int tokens;
    private int[] ids;
    private int pooledFrom;
    private int given;
    private int pieces;

    QueryReading(MambaModel model, Document query, Function<? super Query, ? extends R> result) {
        super(query.id());
        this.model = model;
        this.query = query.text();
        this.result = result;
    }

    /**
     * Makes the tokens, unless they are there.
     *
     * @throws MambaException MAMBA_QUERY_EMPTY or MAMBA_QUERY_TOO_LONG
     */
    void prepare() {
        if (ids != null) {
            return;
        }
        ReaderProfile profile = model.profile();
        int[] encoded = encode(profile);
        int open = profile.queryMarker().isPresent() ? 1 : 0;
        int middle = profile.separatorMarker().isPresent() ? 1 : 0;
        tokens = encoded.length;
        pooledFrom = open + tokens + middle;
        int[] both = new int[pooledFrom + tokens];
        profile.queryMarker().ifPresent(marker -> both[0] = marker);
        System.arraycopy(encoded, 0, both, open, tokens);
        profile.separatorMarker().ifPresent(marker -> both[open + tokens] = marker);
        System.arraycopy(encoded, 0, both, pooledFrom, tokens);
        ids = both;
    }

    private int[] encode(ReaderProfile profile) {
        int[] encoded = model.tokenizer()
                .encode(ReaderText.of(query, profile.normalisation()).normalised());
        if (query.isBlank() || encoded.length == 0) {
            throw MambaException.of("MAMBA_QUERY_EMPTY", Map.of("function", "this call"));
        }
        if (encoded.length > MAX_TOKENS) {
            throw MambaException.of(
                    "MAMBA_QUERY_TOO_LONG",
                    Map.of(
                            "function",
                            "this call",
                            "tokens",
                            Integer.toString(encoded.length),
                            "limit",
                            Integer.toString(MAX_TOKENS)));
        }
        return encoded;
    }

    @Override
    void fill(Share share) {
        prepare();
        for (; share.hasRoom() && !exhausted(); given++) {
            if (given == pooledFrom) {
                share.cut();
            }
            share.add(ids[given]);
        }
        if (exhausted()) {
            share.cut();
        }
    }

    @Override
    boolean exhausted() {
        return ids != null && given == ids.length;
    }

    /** The second copy counts, once. */
    @Override
    long textTokens() {
        return Math.max(0, given - pooledFrom);
    }

    @Override
    void piece(PieceSum piece) {
        if (++pieces == 2) {
            emit(result.apply(new Query(query, tokens, model.head().vector(piece))));
        }
    }

    @Override
    void end() {}
}
