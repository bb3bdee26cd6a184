package io.mambaspark.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.Books;
import io.mambaspark.engine.EngineOptions;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcome;
import io.mambaspark.text.Words;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What readers of summaries and answers see, with the built-in model. */
class SummariesWorthReadingTest {
    private static final String WALL = "The harbour was closed on Tuesday after a storm broke the northern wall.";
    private static final String REFUSED = "Insurers refused to pay because the wall had not been inspected for years.";
    private static final String REST = """
            Engineers said that the repair would take eleven weeks and cost four million.

            Fishermen moved their boats to the river mouth, where the water is shallow.

            The mayor promised help, but the treasury has been empty since the spring.

            An old lighthouse keeper had warned the council in a letter of March.
            """;

    private static final String FISHERMEN =
            "Fishermen moved their boats to the river mouth, where the water is shallow.\n\n";

    private static MambaModel model;

    @BeforeAll
    static void load() {
        model = MambaModel.load(Checkpoint.builtIn(), EngineOptions.defaults().withDevice("cpu"));
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void aSentenceThatComesSixTimesIsTakenOnceAndLeavesRoomForOthers() {
        String asked = summary(
                        (REFUSED + "\n\n").repeat(6) + WALL + "\n\n" + REST.replace(FISHERMEN, ""),
                        40,
                        "Who refused to pay?",
                        SummaryFormat.TEXT)
                .text();
        assertThat(asked).containsOnlyOnce(REFUSED).hasSizeGreaterThan(2 * REFUSED.length());
        String general = summary((WALL + "\n\n").repeat(6) + REST, 40, null, SummaryFormat.TEXT)
                .text();
        assertThat(general).containsOnlyOnce(WALL).hasSizeGreaterThan(2 * WALL.length());
    }

    @Test
    void aChineseTextKeepsItsLimit() {
        String text = "港口周二因风暴关闭。工程师说维修需要十一周。渔民把船移到河口。市长承诺提供帮助。渡轮被送回两次。学校保持开放。保险公司拒绝付款。".repeat(10);
        Summary summary = summary(text, 10, null, SummaryFormat.TEXT);
        assertThat(words(summary.text())).isBetween(3, 10);
        assertThat(summary.sentences()).hasSizeBetween(1, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 1000})
    void aTokenOfMoreThan200CharactersIsCutThere(int maxWords) {
        String dna = "ACGT".repeat(5_000);
        Summary summary =
                summary("The sequence " + dna + " was read in 1999. " + REST, maxWords, null, SummaryFormat.TEXT);
        assertThat(summary.text()).doesNotContain("ACGT".repeat(51));
        if (maxWords == 1000) {
            assertThat(summary.text()).contains("The sequence " + "ACGT".repeat(50) + "\u2026 was read in 1999.");
            assertThat(summary.truncated()).isTrue();
            assertThat(summary.text()).endsWith(REST);
        }
    }

    @Test
    void aPageBreakIsInNoSentence() {
        Summary summary = summary(
                "The council met. A table of all the members that were present on that day\fChapter Two begins here."
                        + " It goes on for long.",
                17,
                null,
                SummaryFormat.TEXT);
        assertThat(summary.sentences())
                .extracting(ScoredSentence::text)
                .isNotEmpty()
                .isSubsetOf(
                        "The council met.",
                        "A table of all the members that were present on that day",
                        "Chapter Two begins here.",
                        "It goes on for long.");
    }

    @Test
    void shorterSummariesOfABookArePartsOfLongerOnes() {
        String alice = Books.alice();
        List<String> at100 = texts(summary(alice, 100, null, SummaryFormat.TEXT));
        List<String> at300 = texts(summary(alice, 300, null, SummaryFormat.TEXT));
        assertThat(at300).hasSizeGreaterThan(at100.size());
        assertThat(at100.stream().filter(at300::contains).count()).isGreaterThanOrEqualTo(at100.size() - 2);
    }

    @Test
    void aSentenceKnowsItsSectionAndAnOutlineHasALineForEach() {
        String text = """
                # Fastgrid

                Fastgrid is a small library that draws large tables in the browser.

                ## Installation

                You install the library with the package manager of your choice. It has no dependencies.

                ## Usage

                A grid is created with one call and shows the visible rows of the table only.
                """;
        Summary outline = summary(text, 40, null, SummaryFormat.OUTLINE);
        assertThat(words(outline.text())).isLessThanOrEqualTo(40);
        assertThat(outline.sentences())
                .extracting(ScoredSentence::section)
                .isSubsetOf("Fastgrid", "Installation", "Usage");
        assertThat(outline.text().lines())
                .allSatisfy(line -> assertThat(line).matches("(Fastgrid|Installation|Usage): .*"));
        Summary bullets = summary(text, 30, null, SummaryFormat.BULLETS);
        assertThat(words(bullets.text())).isLessThanOrEqualTo(30);
        assertThat(bullets.text().lines()).allSatisfy(line -> assertThat(line).startsWith("- "));
    }

    @Test
    void passagesThatSayTheSameAreFoundOnceAndAccentsDoNotMatter() {
        String story = "Nat\u00e1sha danced with the prince at the ball until the candles went out. ".repeat(12);
        String other = "The army crossed the river in the snow and lost its guns on the way home. ".repeat(12);
        Retrieved found = value(new Retriever(model, List.of(model.query("Natasha")), 50)
                .retrieve(one(other + "\n\n" + story + "\n\n" + other)));
        List<Hit> hits = found.hits().get(0);
        assertThat(hits.get(0).text()).contains("Nat\u00e1sha");
        assertThat(hits).extracting(Hit::text).doesNotHaveDuplicates();
        assertThat(hits).allSatisfy(hit -> assertThat(hit.relevance()).isBetween(0f, 1f));
        assertThat(hits).isSortedAccordingTo((a, b) -> Float.compare(b.score(), a.score()));
    }

    @Test
    void relevanceTellsWhatADocumentAnswersFromWhatItDoesNot() {
        String question = "What did the bottle marked drink me taste of?";
        assertThat(best(Books.alice(), question).relevance())
                .isGreaterThan(best(Books.timeMachine(), question).relevance());
        Hit only = best("The cat slept. London burned in 1666.", "Which city burned in 1666?");
        assertThat(only.score()).isPositive();
        assertThat(only.relevance()).isGreaterThan(0.5f);
    }

    private static Hit best(String text, String question) {
        return value(new Retriever(model, List.of(model.query(question)), 1).retrieve(one(text)))
                .hits()
                .get(0)
                .get(0);
    }

    private static Summary summary(String text, int maxWords, String query, SummaryFormat format) {
        return value(new Summarizer(model, maxWords, query == null ? null : model.query(query), format)
                .summarize(one(text)));
    }

    private static List<String> texts(Summary summary) {
        return summary.sentences().stream().map(ScoredSentence::text).toList();
    }

    private static int words(String text) {
        return Words.DEFAULT.count(text, 0, text.length());
    }

    private static Iterator<Document> one(String text) {
        return List.of(Document.of("it", text)).iterator();
    }

    private static <T> T value(Iterator<Outcome<T>> outcomes) {
        Outcome<T> outcome = outcomes.next();
        assertThat(outcome.error()).isNull();
        return outcome.value();
    }
}
