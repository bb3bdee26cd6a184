package io.mambaspark.reading;

/** A document that was read to its end. For the thread that read it. */
public final class DocumentEnd {
    private final long tokensRead;
    private final EmbeddingHead head;
    private final PieceSum whole;
    private float[] vector;

    DocumentEnd(long tokensRead, EmbeddingHead head, PieceSum whole) {
        this.tokensRead = tokensRead;
        this.head = head;
        this.whole = whole;
    }

    /** The tokens of the text, all of which were read; markers are not of the text. */
    public long tokensRead() {
        return tokensRead;
    }

    /**
     * The vector of all tokens {@code [dimension]}, unit length. Must not be changed.
     *
     * @throws io.mambaspark.error.MambaException MAMBA_NOT_A_NUMBER if there is none, as of a document without tokens
     */
    public float[] vector() {
        if (vector == null) {
            vector = head.vector(whole);
        }
        return vector;
    }
}
