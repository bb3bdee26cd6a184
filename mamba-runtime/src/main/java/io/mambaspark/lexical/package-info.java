/**
 * Search by words inside one document: Lucene's English analysis and BM25 over its sentences or passages, without an index.
 *
 * <p>Here lives what turns queries into terms and sentences into BM25 scores. The index over many documents, vectors, and the
 * way in which scores are mixed or sentences chosen do not.
 */
package io.mambaspark.lexical;
