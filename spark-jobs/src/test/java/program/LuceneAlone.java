package program;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.QueryBuilder;

/**
 * Lucene alone, as its own documentation uses it: what a lexical search of an index is compared with.
 *
 * <pre>{@code java -cp … program.LuceneAlone DOCS QUERIES RUN}</pre>
 * DOCS and QUERIES are JSON lines with id and text; RUN gets query, document and score of the best 100.
 */
final class LuceneAlone {
    private static final int RESULTS = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    private LuceneAlone() {}

    public static void main(String[] arguments) throws IOException {
        try (EnglishAnalyzer analyzer = new EnglishAnalyzer();
                Directory directory = new ByteBuffersDirectory()) {
            index(lines(arguments[0]), analyzer, directory);
            StringBuilder run = new StringBuilder();
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                IndexSearcher searcher = new IndexSearcher(reader);
                searcher.setSimilarity(new BM25Similarity());
                for (JsonNode asked : lines(arguments[1])) {
                    search(searcher, analyzer, asked, run);
                }
            }
            Files.writeString(Path.of(arguments[2]), run);
        }
    }

    private static List<JsonNode> lines(String file) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.map(LuceneAlone::parsed).toList();
        }
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void index(List<JsonNode> documents, EnglishAnalyzer analyzer, Directory directory)
            throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(analyzer).setSimilarity(new BM25Similarity());
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            for (JsonNode each : documents) {
                Document document = new Document();
                document.add(new StoredField("id", each.get("id").asText()));
                document.add(new TextField("text", each.get("text").asText(), Field.Store.NO));
                writer.addDocument(document);
            }
        }
    }

    private static void search(IndexSearcher searcher, EnglishAnalyzer analyzer, JsonNode asked, StringBuilder run)
            throws IOException {
        Query query = new QueryBuilder(analyzer)
                .createBooleanQuery("text", asked.get("text").asText());
        if (query == null) {
            return; // stop words only
        }
        for (ScoreDoc hit : searcher.search(query, RESULTS).scoreDocs) {
            run.append(asked.get("id").asText()).append('\t');
            run.append(searcher.storedFields().document(hit.doc).get("id")).append('\t');
            run.append(hit.score).append('\n');
        }
    }
}
