package io.mambaspark.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mambaspark.engine.EngineOptions;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcome;
import io.mambaspark.reading.Sink;
import io.mambaspark.text.Span;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes the summaries that a reader judges, as a program:
 *
 * <pre>
 * ReadabilitySummaries QUALITY [BOOKS.jsonl]
 * </pre>
 *
 * QUALITY is {@code docs/quality}: the texts are in its {@code texts}, and the ids of the books, which come from a file with
 * {@code {"id", "text"}} lines, in its {@code choice.md}. Each summary goes to {@code QUALITY/summaries/<id>-<words>.txt}, its
 * sentences, each once, with the lengths of the summaries that have them, to {@code QUALITY/sentences.tsv}.
 */
final class ReadabilitySummaries {
    private static final int[] WORDS = {50, 100, 300};
    private static final Pattern BOOK = Pattern.compile("^\\| `([\\w-]+)` \\|");

    private ReadabilitySummaries() {}

    public static void main(String[] arguments) throws IOException {
        Path quality = Path.of(arguments[0]);
        Path out = Files.createDirectories(quality.resolve("summaries"));
        Files.deleteIfExists(sentences(out));
        try (MambaModel model = MambaModel.load(Checkpoint.builtIn(), EngineOptions.defaults())) {
            for (Path text : texts(quality)) {
                String name = text.getFileName().toString().replace(".txt", "");
                summarize(model, Document.of(name, Files.readString(text)), out);
            }
            if (arguments.length > 1) {
                books(model, Path.of(arguments[1]), chosen(quality), out);
            }
        }
    }

    private static List<Path> texts(Path quality) throws IOException {
        try (Stream<Path> files = Files.list(quality.resolve("texts"))) {
            return files.sorted().toList();
        }
    }

    private static Set<String> chosen(Path quality) throws IOException {
        Set<String> ids = new HashSet<>();
        for (String line : Files.readAllLines(quality.resolve("choice.md"))) {
            Matcher matcher = BOOK.matcher(line);
            if (matcher.find()) {
                ids.add(matcher.group(1));
            }
        }
        return ids;
    }

    private static void books(MambaModel model, Path file, Set<String> ids, Path out) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode book = new ObjectMapper().readTree(line);
                String id = book.get("id").asText();
                if (ids.remove(id)) {
                    summarize(model, Document.of(id, book.get("text").asText()), out);
                }
            }
        }
        if (!ids.isEmpty()) {
            throw new IOException("not in " + file + ": " + ids);
        }
    }

    private static void summarize(MambaModel model, Document document, Path out) throws IOException {
        List<Function<Document, Sink<Summary>>> sinks = new ArrayList<>();
        for (int words : WORDS) {
            sinks.add(new Summarizer(model, words, null)::sink);
        }
        List<Outcome<?>> outcomes =
                model.readOnce(List.of(document).iterator(), sinks).next().value();
        Map<Span, String> sentences = new TreeMap<>(Comparator.comparing(Span::start));
        Map<Span, String> lengths = new HashMap<>();
        for (int i = 0; i < WORDS.length; i++) {
            Summary summary = (Summary) outcomes.get(i).value();
            Files.writeString(out.resolve(document.id() + "-" + WORDS[i] + ".txt"), summary.text() + "\n");
            for (ScoredSentence sentence : summary.sentences()) {
                sentences.put(sentence.span(), sentence.text());
                lengths.merge(sentence.span(), Integer.toString(WORDS[i]), (some, more) -> some + "," + more);
            }
        }
        List<String> rows = sentences.entrySet().stream()
                .map(each -> String.join(
                        "\t",
                        document.id(),
                        lengths.get(each.getKey()),
                        each.getValue().strip().replaceAll("\\s+", " ")))
                .toList();
        Files.write(sentences(out), rows, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        System.out.println(document.id());
    }

    private static Path sentences(Path summaries) {
        return summaries.resolveSibling("sentences.tsv");
    }
}
