package io.mambaspark.index.shard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;

/** One ordinary Lucene index of all passages: what the scores of a split index must equal. */
public final class PlainLucene implements AutoCloseable {
    private final List<ShardPassage> passages;
    private final DirectoryReader reader;
    private final IndexSearcher searcher;

    /** Indexes passages, which must be in the order of an index. */
    public PlainLucene(List<ShardPassage> passages) throws IOException {
        this.passages = passages;
        ByteBuffersDirectory directory = new ByteBuffersDirectory();
        try (IndexWriter writer = new IndexWriter(
                directory,
                new IndexWriterConfig(new EnglishAnalyzer()).setSimilarity(new BM25Similarity(1.2f, 0.75f)))) {
            for (ShardPassage passage : passages) {
                Document document = new Document();
                document.add(new TextField("body", passage.text(), Field.Store.NO));
                writer.addDocument(document);
            }
        }
        reader = DirectoryReader.open(directory);
        searcher = new IndexSearcher(reader);
        searcher.setSimilarity(new BM25Similarity(1.2f, 0.75f));
    }

    /** The passages that have a word of {@code query}, best first, with their scores. */
    public Map<ShardPassage, Float> search(String query) throws IOException {
        BooleanQuery.Builder words = new BooleanQuery.Builder();
        for (String word : words(query)) {
            words.add(new TermQuery(new Term("body", word)), BooleanClause.Occur.SHOULD);
        }
        Map<ShardPassage, Float> hits = new LinkedHashMap<>();
        for (ScoreDoc hit : searcher.search(words.build(), passages.size()).scoreDocs) {
            hits.put(passages.get(hit.doc), hit.score);
        }
        return hits;
    }

    /** The sum of the idf of the words of {@code query}, each as often as it is in there: reader.json, passage_selection. */
    public double idfSum(String query) throws IOException {
        double sum = 0;
        TreeMap<String, Integer> counts = new TreeMap<>();
        words(query).forEach(word -> counts.merge(word, 1, Integer::sum));
        double passagesWithWords = reader.getDocCount("body");
        for (Map.Entry<String, Integer> word : counts.entrySet()) {
            double with = reader.docFreq(new Term("body", word.getKey()));
            sum += word.getValue() * Math.log(1 + (passagesWithWords - with + 0.5) / (with + 0.5));
        }
        return sum;
    }

    private static List<String> words(String query) throws IOException {
        List<String> words = new ArrayList<>();
        try (EnglishAnalyzer analyzer = new EnglishAnalyzer();
                TokenStream stream = analyzer.tokenStream("body", query)) {
            CharTermAttribute word = stream.getAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                words.add(word.toString());
            }
        }
        return words;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
