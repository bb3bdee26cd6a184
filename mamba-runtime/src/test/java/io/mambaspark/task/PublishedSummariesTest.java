package io.mambaspark.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.model.Checkpoint;
import io.mambaspark.model.ReaderProfile;
import io.mambaspark.text.OneLine;
import io.mambaspark.text.SentenceSplitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The summaries that readers judge, as {@link ReadabilitySummaries} wrote them. */
class PublishedSummariesTest {
    private static final Path FOLDER = Path.of("..", "docs", "quality", "summaries");
    private static final ReaderProfile PROFILE = Checkpoint.builtIn().profile();

    static List<Path> summaries() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @Test
    void thereAreThreeOfEachOfTwentyTexts() throws IOException {
        assertThat(summaries()).hasSize(60);
        assertThat(summaries().stream()
                        .map(file -> file.getFileName().toString().replaceAll("-\\d+\\.txt$", ""))
                        .distinct())
                .hasSize(20);
    }

    @ParameterizedTest
    @MethodSource("summaries")
    void noSentenceComesTwiceAndTheLimitHolds(Path file) throws IOException {
        String summary = Files.readString(file);
        List<String> sentences = new ArrayList<>();
        new SentenceSplitter(PROFILE.units())
                .split(summary)
                .forEachRemaining(
                        sentence -> sentences.add(OneLine.of(sentence.span().of(summary))));
        if (!isWholeText(file, summary)) {
            assertThat(sentences).doesNotHaveDuplicates();
        }
        int limit = Integer.parseInt(file.getFileName().toString().replaceAll("^.*-|\\.txt$", ""));
        assertThat(PROFILE.units().words().count(summary, 0, summary.length())).isBetween(limit / 3, limit);
    }

    /** A text within the limit is its own summary. */
    private static boolean isWholeText(Path file, String summary) throws IOException {
        Path text = FOLDER.resolveSibling("texts")
                .resolve(file.getFileName().toString().replaceAll("-\\d+\\.txt$", ".txt"));
        return Files.exists(text) && Files.readString(text).strip().equals(summary.strip());
    }

    @ParameterizedTest
    @MethodSource("summaries")
    void quotationMarksBalance(Path file) throws IOException {
        String summary = Files.readString(file);
        assertThat(summary.chars().filter(c -> c == '"').count() % 2).isZero();
        int depth = 0;
        for (char c : summary.toCharArray()) {
            depth += c == '\u201C' ? 1 : c == '\u201D' ? -1 : 0;
            assertThat(depth).isGreaterThanOrEqualTo(0);
        }
        assertThat(depth).isZero();
    }
}
