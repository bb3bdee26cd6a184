package io.mambaspark.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mambaspark.engine.EngineOptions;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcome;
import io.mambaspark.reading.Sink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes the summaries whose overlap with those of people is measured, as a program:
 *
 * <pre>
 * SummaryQuality stories FOLDER OUT    SQuALITY dev: OUT/plots.jsonl (473 words), OUT/questions.jsonl (193 words)
 * SummaryQuality meetings FOLDER OUT   QMSum val: OUT/meetings.jsonl (110 words)
 * </pre>
 *
 * Each line is {@code {"id", "summary"}}, what {@code score.py rouge} of the evaluation sets takes.
 */
final class SummaryQuality {
    private static final int PLOT_WORDS = 473;
    private static final int ANSWER_WORDS = 193;
    private static final int MEETING_WORDS = 110;

    private static final ObjectMapper JSON = new ObjectMapper();

    private SummaryQuality() {}

    /** A summary that is asked for: null as the question for a general one. */
    private record Task(String id, String question, int words, String file) {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, List<Task>> tasks = new LinkedHashMap<>();
        if (arguments[0].equals("stories")) {
            readStories(folder, texts, tasks);
        } else {
            readMeetings(folder, texts, tasks);
        }
        Path out = Files.createDirectories(Path.of(arguments[2]));
        try (MambaModel model = MambaModel.load(Checkpoint.builtIn(), EngineOptions.defaults())) {
            Map<String, List<String>> lines = new LinkedHashMap<>();
            for (Map.Entry<String, String> text : texts.entrySet()) {
                summarize(model, Document.of(text.getKey(), text.getValue()), tasks.get(text.getKey()), lines);
            }
            for (Map.Entry<String, List<String>> file : lines.entrySet()) {
                Files.write(out.resolve(file.getKey()), file.getValue());
            }
        }
    }

    private static void readStories(Path folder, Map<String, String> texts, Map<String, List<Task>> tasks)
            throws IOException {
        for (JsonNode story : dev(folder.resolve("documents.jsonl"), "dev")) {
            texts.put(story.get("id").asText(), story.get("document").asText());
        }
        for (JsonNode asked : dev(folder.resolve("questions.jsonl"), "dev")) {
            String id = asked.get("id").asText();
            // The first question about a story is that for its plot.
            Task task = id.endsWith("-q1")
                    ? new Task(id, null, PLOT_WORDS, "plots.jsonl")
                    : new Task(id, asked.get("question").asText(), ANSWER_WORDS, "questions.jsonl");
            tasks.computeIfAbsent(asked.get("doc_id").asText(), each -> new ArrayList<>())
                    .add(task);
        }
    }

    private static void readMeetings(Path folder, Map<String, String> texts, Map<String, List<Task>> tasks)
            throws IOException {
        for (JsonNode meeting : dev(folder.resolve("meetings.jsonl"), "val")) {
            StringBuilder text = new StringBuilder();
            for (JsonNode turn : meeting.get("turns")) {
                String said = turn.get("text")
                        .asText()
                        .replaceAll("\\{[a-z]+}", " ")
                        .replaceAll("\\s+", " ")
                        .replaceAll(" ([.,;:?!'])", "$1")
                        .strip();
                if (!said.isEmpty()) {
                    text.append(text.length() == 0 ? "" : "\n");
                    text.append(turn.get("speaker").asText()).append(": ").append(said);
                }
            }
            texts.put(meeting.get("id").asText(), text.toString());
        }
        for (JsonNode asked : dev(folder.resolve("queries.jsonl"), "val")) {
            if (asked.get("kind").asText().equals("general")) {
                tasks.computeIfAbsent(asked.get("doc_id").asText(), each -> new ArrayList<>())
                        .add(new Task(asked.get("id").asText(), null, MEETING_WORDS, "meetings.jsonl"));
            }
        }
    }

    private static List<JsonNode> dev(Path file, String split) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode node = JSON.readTree(line);
            if (node.get("split").asText().equals(split)) {
                lines.add(node);
            }
        }
        return lines;
    }

    private static void summarize(
            MambaModel model, Document document, List<Task> tasks, Map<String, List<String>> lines) {
        List<Function<Document, Sink<Summary>>> sinks = new ArrayList<>();
        for (Task task : tasks) {
            sinks.add(
                    new Summarizer(model, task.words(), task.question() == null ? null : model.query(task.question()))
                            ::sink);
        }
        List<Outcome<?>> outcomes =
                model.readOnce(List.of(document).iterator(), sinks).next().value();
        for (int i = 0; i < tasks.size(); i++) {
            Summary summary = (Summary) outcomes.get(i).value();
            String line = JSON.createObjectNode()
                    .put("id", tasks.get(i).id())
                    .put("summary", summary.text())
                    .toString();
            lines.computeIfAbsent(tasks.get(i).file(), each -> new ArrayList<>())
                    .add(line);
        }
    }
}
