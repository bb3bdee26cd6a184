package io.mambaspark.index.shard;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;

/** What the writer and the reader of a shard must agree on. */
final class ShardFields {
    static final String DOC_ID = "doc_id";
    static final String PASSAGE = "passage";
    static final String START = "start";
    static final String END = "end";
    static final String TEXT = "text";
    static final String VECTOR = "vector";
    static final String KEPT = "kept";

    /** Keeps a token stream a thread, so that a passage costs no new objects. */
    static final Analyzer ANALYZER = new EnglishAnalyzer();

    static final Similarity BM25 = new BM25Similarity(1.2f, 0.75f);

    private ShardFields() {}
}
