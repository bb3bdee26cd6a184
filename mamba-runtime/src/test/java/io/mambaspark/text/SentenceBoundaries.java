package io.mambaspark.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mambaspark.model.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How well the splitter finds the ends of sentences that people marked. As a program it takes a file of documents, one JSON object a
 * line with {@code text} and {@code sentences}, spans in code points:
 *
 * <pre>
 * mvn -q -pl mamba-runtime test-compile exec:java -Dexec.classpathScope=test \
 *     -Dexec.mainClass=io.mambaspark.text.SentenceBoundaries -Dexec.args=documents.jsonl
 * </pre>
 *
 * @param found     ends that the splitter found
 * @param marked    ends that were marked
 * @param both      ends that are both
 * @param sameSpans sentences of which both ends are
 */
record SentenceBoundaries(long found, long marked, long both, long sameSpans) {
    public static void main(String[] arguments) throws IOException {
        SentenceBoundaries all = of(Files.readAllLines(Path.of(arguments[0])));
        System.out.printf(
                Locale.ROOT,
                "sentence ends: precision %.4f, recall %.4f; whole sentences: precision %.4f, recall %.4f (%d found, %d marked)%n",
                all.precision(),
                all.recall(),
                (double) all.sameSpans / all.found,
                (double) all.sameSpans / all.marked,
                all.found,
                all.marked);
    }

    static SentenceBoundaries of(List<String> documents) throws IOException {
        SentenceSplitter splitter =
                new SentenceSplitter(Checkpoint.builtIn().profile().units());
        SentenceBoundaries sum = new SentenceBoundaries(0, 0, 0, 0);
        for (String line : documents) {
            JsonNode document = new ObjectMapper().readTree(line);
            sum = sum.plus(of(splitter, document.get("text").asText(), document.get("sentences")));
        }
        return sum;
    }

    private static SentenceBoundaries of(SentenceSplitter splitter, String text, JsonNode sentences) {
        Set<Span> marked = new HashSet<>();
        Set<Integer> markedEnds = new HashSet<>();
        for (JsonNode sentence : sentences) {
            marked.add(new Span(sentence.get(0).asInt(), sentence.get(1).asInt()));
            markedEnds.add(sentence.get(1).asInt());
        }
        CodePoints places = new CodePoints(text);
        int[] counts = new int[3];
        splitter.split(text).forEachRemaining(found -> {
            int start = places.toCodePoint(found.span().start());
            int end = places.toCodePoint(found.span().end());
            counts[0]++;
            counts[1] += markedEnds.contains(end) ? 1 : 0;
            counts[2] += marked.contains(new Span(start, end)) ? 1 : 0;
        });
        return new SentenceBoundaries(counts[0], marked.size(), counts[1], counts[2]);
    }

    private SentenceBoundaries plus(SentenceBoundaries other) {
        return new SentenceBoundaries(
                found + other.found, marked + other.marked, both + other.both, sameSpans + other.sameSpans);
    }

    double precision() {
        return (double) both / found;
    }

    double recall() {
        return (double) both / marked;
    }
}
