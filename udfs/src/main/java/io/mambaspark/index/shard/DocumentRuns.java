package io.mambaspark.index.shard;

import java.io.IOException;
import org.apache.lucene.search.TopKnnCollector;

/**
 * The best passage of each of the best documents, of passages that come in the order of their ordinals: those of a document
 * lie side by side.
 */
final class DocumentRuns {
    private final DocumentNumbers documents;
    private final TopKnnCollector best;
    private int document = -1;
    private int bestOrdinal;
    private float bestScore;

    DocumentRuns(DocumentNumbers documents, int count) {
        this.documents = documents;
        this.best = new TopKnnCollector(count, Integer.MAX_VALUE);
    }

    void add(int ordinal, float score) throws IOException {
        int next = documents.of(ordinal);
        if (next != document) {
            end();
            document = next;
            bestOrdinal = ordinal;
            bestScore = score;
        } else if (score > bestScore) {
            bestOrdinal = ordinal;
            bestScore = score;
        }
    }

    Best finish() {
        end();
        return Best.of(best.topDocs().scoreDocs);
    }

    private void end() {
        if (document >= 0) {
            best.collect(bestOrdinal, bestScore);
        }
    }
}
