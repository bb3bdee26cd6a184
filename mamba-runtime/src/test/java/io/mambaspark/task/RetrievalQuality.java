package io.mambaspark.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mambaspark.engine.EngineOptions;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How well the retriever answers questions, as a program:
 *
 * <pre>
 * RetrievalQuality books QUESTIONS.jsonl FOLDER   questions over books: {book, question, answer_pattern}
 * RetrievalQuality articles FOLDER                paragraphs joined to articles: docs.jsonl {article, text}, queries.jsonl
 * RetrievalQuality names FOLDER                   20 characters of five books, "N" and "Who is N?"
 * </pre>
 *
 * Hit@k: a passage among the first k matches the pattern, or has an answer. AUC: how often a question's relevance in the document
 * that answers it is above that of another document, over all pairs.
 */
final class RetrievalQuality {
    private static final int MOST = 5;

    /** Characters of the five example books. */
    private static final Map<String, List<String>> NAMES = new TreeMap<>(Map.of(
            "alices-adventures-in-wonderland",
            List.of("White Rabbit", "Cheshire Cat", "Mock Turtle", "Duchess"),
            "frankenstein",
            List.of("Clerval", "Elizabeth", "Justine", "Krempe"),
            "jekyll-and-hyde",
            List.of("Utterson", "Lanyon", "Enfield", "Poole"),
            "the-time-machine",
            List.of("Weena", "Filby", "Morlocks", "Eloi"),
            "war-and-peace",
            List.of("Natasha", "Pierre", "Dolokhov", "Karataev")));

    private RetrievalQuality() {}

    /** A question, the document that answers it, and what an answer looks like. */
    private record Question(String text, String document, Pattern answer) {}

    public static void main(String[] arguments) throws IOException {
        Map<String, String> documents = new LinkedHashMap<>();
        List<Question> questions = new ArrayList<>();
        boolean books = !arguments[0].equals("articles");
        if (arguments[0].equals("books")) {
            readQuestions(Path.of(arguments[1]), questions);
            readBooks(Path.of(arguments[2]), documents);
        } else if (books) {
            askForNames(questions);
            readBooks(Path.of(arguments[1]), documents);
        } else {
            readArticles(Path.of(arguments[1]), documents, questions);
        }
        try (MambaModel model = MambaModel.load(Checkpoint.builtIn(), EngineOptions.defaults())) {
            print(
                    answer(model, documents, questions, books),
                    questions,
                    List.copyOf(documents.keySet()),
                    arguments[0].equals("names"));
        }
    }

    private static void askForNames(List<Question> questions) {
        NAMES.forEach((book, names) -> names.forEach(name -> {
            // The text may have accents where the question has none.
            Pattern answer =
                    Pattern.compile("\\b" + name.replaceAll("[aeiou]", "$0\\\\p{M}*"), Pattern.CASE_INSENSITIVE);
            questions.add(new Question(name, book + ".txt", answer));
            questions.add(new Question("Who is " + name + "?", book + ".txt", answer));
        }));
    }

    private static void readQuestions(Path file, List<Question> questions) throws IOException {
        for (JsonNode line : lines(file)) {
            questions.add(new Question(
                    line.get("question").asText(),
                    line.get("book").asText(),
                    Pattern.compile(line.get("answer_pattern").asText(), Pattern.CASE_INSENSITIVE)));
        }
    }

    private static void readBooks(Path folder, Map<String, String> documents) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.filter(each -> each.toString().endsWith(".txt"))
                    .sorted()
                    .toList()) {
                documents.put(path.getFileName().toString(), Files.readString(path));
            }
        }
    }

    private static void readArticles(Path folder, Map<String, String> documents, List<Question> questions)
            throws IOException {
        Map<String, String> articles = new LinkedHashMap<>();
        for (JsonNode line : lines(folder.resolve("docs.jsonl"))) {
            String article = line.get("article").asText();
            articles.put(line.get("id").asText(), article);
            documents.merge(article, line.get("text").asText(), (before, next) -> before + "\n\n" + next);
        }
        for (JsonNode line : lines(folder.resolve("queries.jsonl"))) {
            questions.add(new Question(
                    line.get("question").asText(),
                    articles.get(line.at("/relevant/0").asText()),
                    Pattern.compile(Pattern.quote(line.at("/answers/0").asText()))));
        }
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    /** The hits of each document for each question; of an article, for its own questions only. */
    private static List<Map<String, List<Hit>>> answer(
            MambaModel model, Map<String, String> documents, List<Question> questions, boolean all) {
        List<Query> queries =
                questions.stream().map(each -> model.query(each.text())).toList();
        List<Map<String, List<Hit>>> found = new ArrayList<>();
        questions.forEach(each -> found.add(new LinkedHashMap<>()));
        documents.forEach((name, text) -> {
            List<Integer> asked = new ArrayList<>();
            for (int q = 0; q < questions.size(); q++) {
                if (all || questions.get(q).document().equals(name)) {
                    asked.add(q);
                }
            }
            List<List<Hit>> hits = new Retriever(
                            model, asked.stream().map(queries::get).toList(), MOST)
                    .retrieve(List.of(Document.of(name, text)).iterator())
                    .next()
                    .value()
                    .hits();
            for (int k = 0; k < asked.size(); k++) {
                found.get(asked.get(k)).put(name, hits.get(k));
            }
        });
        return found;
    }

    private static void print(
            List<Map<String, List<Hit>>> found, List<Question> questions, List<String> documents, boolean table) {
        int hitAt1 = 0;
        int hitAt3 = 0;
        int rightFirst = 0;
        List<Float> right = new ArrayList<>();
        List<Float> wrong = new ArrayList<>();
        for (int q = 0; q < questions.size(); q++) {
            Question question = questions.get(q);
            List<Hit> own = found.get(q).get(question.document());
            hitAt1 += answers(own, 1, question) ? 1 : 0;
            hitAt3 += answers(own, 3, question) ? 1 : 0;
            float relevance = own.get(0).relevance();
            right.add(relevance);
            boolean first = true;
            for (String other : documents) {
                List<Hit> hits = found.get(q).get(other);
                if (hits != null && !other.equals(question.document())) {
                    wrong.add(hits.get(0).relevance());
                    first &= hits.get(0).relevance() < relevance;
                }
            }
            rightFirst += first ? 1 : 0;
            if (table) {
                System.out.printf(
                        Locale.ROOT,
                        "%s | %s | %s | %s%n",
                        question.document(),
                        question.text(),
                        answers(own, 1, question) ? "first" : "not first",
                        first ? "right book first" : "another book first");
            }
        }
        double n = questions.size();
        System.out.printf(
                Locale.ROOT, "%d questions: Hit@1 %.3f, Hit@3 %.3f", questions.size(), hitAt1 / n, hitAt3 / n);
        if (!wrong.isEmpty()) {
            System.out.printf(Locale.ROOT, ", right document first %.3f, AUC %.3f", rightFirst / n, auc(right, wrong));
        }
        System.out.println();
    }

    private static boolean answers(List<Hit> hits, int most, Question question) {
        return hits.stream()
                .limit(most)
                .anyMatch(hit -> question.answer()
                        .matcher(Normalizer.normalize(hit.text(), Normalizer.Form.NFD))
                        .find());
    }

    private static double auc(List<Float> right, List<Float> wrong) {
        double above = 0;
        for (float r : right) {
            for (float w : wrong) {
                above += r > w ? 1 : r == w ? 0.5 : 0;
            }
        }
        return above / right.size() / wrong.size();
    }
}
