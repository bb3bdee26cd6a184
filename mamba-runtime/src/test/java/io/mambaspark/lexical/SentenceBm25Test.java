package io.mambaspark.lexical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SentenceBm25Test {
    private static final List<String> QUESTIONS = List.of(
            "Who is the lawyer, and what does he know about Mr. Hyde?",
            "the door the door the DOORS and a cheque",
            "Hyde hyde Hyde's hyding",
            "What is it that was there?",
            "xylophone of Utterson",
            "zeppelin",
            "");

    @Test
    void theSentencesOfABookScoreAsInALuceneIndex() {
        List<String> sentences = sentences(book());
        assertThat(sentences).hasSizeGreaterThan(100);
        assertThatScoresEqualTheIndex(sentences, QUESTIONS);
        assertThat(scores(sentences, List.of("Hyde")).get(0)).contains(0f).anyMatch(score -> score > 1f);
    }

    @Property(tries = 300)
    void anySentencesScoreAsInALuceneIndex(
            @ForAll("texts") List<String> sentences, @ForAll("texts") List<String> queries) {
        assertThatScoresEqualTheIndex(sentences, queries);
    }

    @Provide
    Arbitrary<List<String>> texts() {
        Arbitrary<String> words = Arbitraries.of(
                        "the",
                        "of",
                        "run",
                        "running",
                        "runs",
                        "Runner's",
                        "RUNNER’s",
                        "dog",
                        "dogs",
                        "e-mail",
                        "3.14",
                        "naïve",
                        "don't",
                        "日本語",
                        "สวัสดี",
                        "😀",
                        "👩‍👩‍👧",
                        "\uD83D",
                        "\uDE00",
                        "\u0000",
                        "a\u0301",
                        "İ",
                        "…",
                        "—")
                .list()
                .ofMaxSize(40)
                .map(list -> String.join(" ", list));
        Arbitrary<String> anything = Arbitraries.strings().ofMaxLength(60);
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(4, words),
                        net.jqwik.api.Tuple.of(1, anything),
                        net.jqwik.api.Tuple.of(1, Arbitraries.of("", " \n\t", "the of and")))
                .list()
                .ofMaxSize(25);
    }

    /** Lucene stores lengths above 40 roughly, in one byte: ours must be rounded in the same way. */
    @Test
    void longPassagesAreRoundedInLengthAsInTheIndex() {
        Random random = new Random(1);
        List<String> vocabulary = List.of("whale", "sea", "ship", "captain", "white", "harpoon", "storm");
        List<String> passages = new ArrayList<>();
        for (int words = 1; words < 3000; words = words * 3 / 2 + 1) {
            passages.add(String.join(
                    " ",
                    random.ints(words, 0, vocabulary.size())
                            .mapToObj(vocabulary::get)
                            .toList()));
        }
        assertThatScoresEqualTheIndex(passages, List.of("white whale", "storm at sea, a sea of storms"));
    }

    @Test
    void aMegabyteWithoutASpaceIsReadAsTheIndexReadsIt() {
        String letters = "whale".repeat(200_000);
        String digits = "1234567890.".repeat(100_000);
        String marks = "!?-_'\"".repeat(160_000);
        List<String> sentences = List.of(letters, "A whale of a time.", digits, marks, "whale".repeat(51));
        assertThatScoresEqualTheIndex(
                sentences, List.of("whale", "whale".repeat(51), letters.substring(0, 2000), marks));
    }

    @Test
    void nothingToReadGivesZeroAndNeverNaN() {
        assertThat(scores(List.of(), List.of("whale"))).isEqualTo(List.of(List.of()));
        assertThat(scores(List.of("", " ", "the of", "…"), List.of("whale", "")))
                .isEqualTo(Collections.nCopies(2, List.of(0f, 0f, 0f, 0f)));
        assertThat(scores(List.of("A whale."), List.of())).isEmpty();
    }

    @Test
    void aScoreThatNothingGivesOverwritesTheOneBefore() {
        SentenceBm25 bm25 = new SentenceBm25(QueryTerms.of(List.of("whale")));
        bm25.count("A whale.");
        bm25.count("No fish.");
        float[] score = {Float.NaN, 7};
        bm25.score("No fish.", score);
        assertThat(score).containsExactly(0, 7);
    }

    @Test
    void countingAfterScoringIsRefused() {
        SentenceBm25 bm25 = new SentenceBm25(QueryTerms.of(List.of("whale")));
        bm25.count("A whale.");
        bm25.score("A whale.", new float[1]);
        assertThatThrownBy(() -> bm25.count("Another whale.")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void threadsShareTheQueryTerms() {
        List<String> sentences = sentences(book());
        QueryTerms terms = QueryTerms.of(QUESTIONS);
        List<List<Float>> alone = scores(sentences, terms);
        List<CompletableFuture<List<List<Float>>>> together = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> scores(sentences, terms)))
                .toList();
        assertThat(together).allSatisfy(scores -> assertThat(scores.join()).isEqualTo(alone));
    }

    private static void assertThatScoresEqualTheIndex(List<String> sentences, List<String> queries) {
        List<List<Float>> scores = scores(sentences, queries);
        assertThat(scores).hasSameSizeAs(queries);
        for (int query = 0; query < queries.size(); query++) {
            float[] expected = MemoryIndex.scores(sentences, queries.get(query));
            assertThat(scores.get(query)).hasSize(expected.length);
            for (int i = 0; i < expected.length; i++) {
                assertThat(scores.get(query).get(i))
                        .as("sentence %d, query %d", i, query)
                        .isEqualTo(expected[i]);
            }
        }
    }

    private static List<List<Float>> scores(List<String> sentences, List<String> queries) {
        return scores(sentences, QueryTerms.of(queries));
    }

    /** One list a query, one score a sentence. */
    private static List<List<Float>> scores(List<String> sentences, QueryTerms queries) {
        SentenceBm25 bm25 = new SentenceBm25(queries);
        sentences.forEach(bm25::count);
        List<List<Float>> scores = new ArrayList<>();
        for (int query = 0; query < queries.size(); query++) {
            scores.add(new ArrayList<>());
        }
        float[] scoresOfSentence = new float[queries.size()];
        for (String sentence : sentences) {
            bm25.score(sentence, scoresOfSentence);
            for (int query = 0; query < queries.size(); query++) {
                scores.get(query).add(scoresOfSentence[query]);
            }
        }
        return scores;
    }

    /** The JDK's sentences: the splitter of the product is not what is tested here. */
    private static List<String> sentences(String text) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
        breaks.setText(text);
        List<String> sentences = new ArrayList<>();
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
            sentences.add(text.substring(start, end).strip());
        }
        return sentences;
    }

    private static String book() {
        try (InputStream in = SentenceBm25Test.class.getResourceAsStream("jekyll-and-hyde-opening.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
