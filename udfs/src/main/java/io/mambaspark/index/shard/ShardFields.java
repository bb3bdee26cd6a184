package io.mambaspark.index.shard;

import io.mambaspark.passage.PassageField;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;

/** What the writer and the reader of a shard must agree on. */
final class ShardFields {
    static final String DOC_ID = PassageField.DOC_ID.column();
    static final String PASSAGE = PassageField.PASSAGE.column();
    static final String START = PassageField.START.column();
    static final String END = PassageField.END.column();
    static final String TEXT = PassageField.TEXT.column();
    static final String VECTOR = PassageField.VECTOR.column();
    static final String KEPT = "kept";

    static final Similarity BM25 = new BM25Similarity(1.2f, 0.75f);

    private ShardFields() {}
}
