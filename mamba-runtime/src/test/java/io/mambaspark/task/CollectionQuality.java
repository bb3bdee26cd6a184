package io.mambaspark.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mambaspark.engine.EngineOptions;
import io.mambaspark.lexical.QueryTerms;
import io.mambaspark.lexical.SentenceBm25;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Query;
import io.mambaspark.reading.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/**
 * Ranks the documents of a collection for its queries by words, by meaning and by both, as a program:
 *
 * <pre>
 * CollectionQuality FOLDER OUT    docs.jsonl {id, title, text}, queries.jsonl {id, text or question}
 * </pre>
 *
 * A document is one passage, and the scores are those of an index. Writes {@code OUT/lexical.tsv}, {@code dense.tsv} and
 * {@code hybrid.tsv}, with the best {@value #BEST} documents of each query: what {@code score.py ir} of the evaluation sets takes.
 */
final class CollectionQuality {
    private static final int BEST = 200;

    private CollectionQuality() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Path out = Files.createDirectories(Path.of(arguments[1]));
        List<Document> documents = new ArrayList<>();
        for (JsonNode line : lines(folder.resolve("docs.jsonl"))) {
            documents.add(Document.of(line.get("id").asText(), line.get("text").asText()));
        }
        List<String> ids = new ArrayList<>();
        List<Query> queries = new ArrayList<>();
        try (MambaModel model = MambaModel.load(Checkpoint.builtIn(), EngineOptions.defaults())) {
            for (JsonNode line : lines(folder.resolve("queries.jsonl"))) {
                ids.add(line.get("id").asText());
                queries.add(model.query(
                        line.path("text").asText(line.path("question").asText())));
            }
            float[][] cosines = cosines(model, documents, queries);
            float[][] lexical = lexical(model, documents, queries);
            double weight = model.profile().hybrid().cosineWeight();
            write(out.resolve("lexical.tsv"), ids, documents, lexical, cosines, (words, meaning) -> words);
            write(out.resolve("dense.tsv"), ids, documents, lexical, cosines, (words, meaning) -> meaning);
            write(
                    out.resolve("hybrid.tsv"),
                    ids,
                    documents,
                    lexical,
                    cosines,
                    (words, meaning) -> words + weight * meaning);
        }
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    /** By query and document; a document without text is like none. */
    private static float[][] cosines(MambaModel model, List<Document> documents, List<Query> queries) {
        float[][] cosines = new float[queries.size()][documents.size()];
        Map<String, Integer> places = new HashMap<>();
        for (Document document : documents) {
            places.put(document.id(), places.size());
        }
        new Embedder(model, Unit.DOCUMENT).embed(documents.iterator()).forEachRemaining(outcome -> {
            int document = places.get(outcome.id());
            for (int q = 0; q < queries.size(); q++) {
                cosines[q][document] =
                        Vectors.dot(queries.get(q).vector(), outcome.value().vector(), 0);
            }
        });
        return cosines;
    }

    /** BM25 divided by the sum of its terms' idf. */
    private static float[][] lexical(MambaModel model, List<Document> documents, List<Query> queries) {
        QueryTerms terms = QueryTerms.of(queries.stream().map(Query::text).toList(), Terms.of(model.profile()));
        SentenceBm25 bm25 = new SentenceBm25(terms);
        documents.forEach(each -> bm25.count(each.text()));
        double[] idfSums = bm25.idfSums();
        float[][] scores = new float[queries.size()][documents.size()];
        float[] ofDocument = new float[queries.size()];
        for (int document = 0; document < documents.size(); document++) {
            bm25.score(documents.get(document).text(), ofDocument);
            for (int q = 0; q < queries.size(); q++) {
                scores[q][document] = idfSums[q] == 0 ? 0 : (float) (ofDocument[q] / idfSums[q]);
            }
        }
        return scores;
    }

    private static void write(
            Path file,
            List<String> ids,
            List<Document> documents,
            float[][] lexical,
            float[][] cosines,
            DoubleBinaryOperator score)
            throws IOException {
        List<String> lines = new ArrayList<>();
        for (int q = 0; q < ids.size(); q++) {
            float[] scores = new float[documents.size()];
            for (int document = 0; document < scores.length; document++) {
                scores[document] = (float) score.applyAsDouble(lexical[q][document], cosines[q][document]);
            }
            for (int document : Ranking.best(scores, scores.length, BEST)) {
                if (scores[document] != 0) {
                    lines.add(ids.get(q) + "\t" + documents.get(document).id() + "\t" + scores[document]);
                }
            }
        }
        Files.write(file, lines);
    }
}
