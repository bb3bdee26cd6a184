package io.mambaspark.model;

import java.io.Serializable;

/**
 * How BM25 and cosine make one score over the passages of an index: reader.json, {@code corpus_hybrid}.
 *
 * @param form         what BM25 is divided by
 * @param cosineWeight weight of the cosine beside it
 */
public record HybridRules(Form form, double cosineWeight) implements Serializable {
    /** What BM25 is divided by. */
    public enum Form {
        /** The sum of count · idf of the query's terms over the whole index: comparable between questions. */
        IDF,
        /** The largest BM25 of the query over the index: the rule of version 1. */
        MAX
    }
}
