package io.mambaspark.lexical;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.QueryBuilder;

/** The reference: a real Lucene index in memory, one document a sentence. */
final class MemoryIndex {
    private static final Analyzer ANALYZER = new EnglishAnalyzer();

    private MemoryIndex() {}

    /** The BM25 scores of all sentences; Lucene itself builds the query and folds its repeated terms. */
    static float[] scores(List<String> sentences, String query) {
        float[] scores = new float[sentences.size()];
        Query terms = new QueryBuilder(ANALYZER).createBooleanQuery("text", query);
        if (terms == null || sentences.isEmpty()) {
            return scores;
        }
        try (ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
            write(directory, sentences);
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                IndexSearcher searcher = new IndexSearcher(reader);
                searcher.setSimilarity(new BM25Similarity(1.2f, 0.75f));
                for (ScoreDoc hit : searcher.search(terms, sentences.size()).scoreDocs) {
                    Document document = searcher.storedFields().document(hit.doc);
                    scores[document.getField("number").numericValue().intValue()] = hit.score;
                }
            }
            return scores;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(ByteBuffersDirectory directory, List<String> sentences) throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(ANALYZER).setSimilarity(new BM25Similarity(1.2f, 0.75f));
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            for (int i = 0; i < sentences.size(); i++) {
                Document document = new Document();
                document.add(new TextField("text", sentences.get(i), Field.Store.NO));
                document.add(new StoredField("number", i));
                writer.addDocument(document);
            }
        }
    }
}
