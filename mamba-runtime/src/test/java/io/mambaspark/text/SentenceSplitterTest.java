package io.mambaspark.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.mambaspark.Books;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentenceSplitterTest {
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void hardWrappedProseIsReadOnOverTheLines(String lineBreak) {
        String text = """
                CHAPTER I. Down the Rabbit-Hole

                Alice was beginning to get very tired of sitting by her sister on the
                bank, and of having nothing to do: once or twice she had peeped into the
                book her sister was reading, but it had no pictures or conversations in
                it, "and what is the use of a book," thought Alice "without pictures or
                conversations?"

                So she was considering in her own mind (as well as she could, for the
                hot day made her feel very sleepy and stupid), whether the pleasure;
                of making a daisy-chain would be worth the trouble. Suddenly a White
                Rabbit ran by.
                """.replace("\n", lineBreak);
        assertThat(sentences(text))
                .containsExactly(
                        "CHAPTER I.",
                        "Down the Rabbit-Hole",
                        "Alice was beginning to get very tired of sitting by her sister on the bank, and of having nothing"
                                + " to do: once or twice she had peeped into the book her sister was reading, but it had no"
                                + " pictures or conversations in it, \"and what is the use of a book,\" thought Alice"
                                + " \"without pictures or conversations?\"",
                        "So she was considering in her own mind (as well as she could, for the hot day made her feel very"
                                + " sleepy and stupid), whether the pleasure; of making a daisy-chain would be worth the"
                                + " trouble.",
                        "Suddenly a White Rabbit ran by.");
    }

    @Test
    void oneParagraphALine() {
        String text = """
                It was the best of times. It was the worst of times, and nobody had told us so!
                The next paragraph starts here. And it ends here.
                """;
        assertThat(sentences(text))
                .containsExactly(
                        "It was the best of times.",
                        "It was the worst of times, and nobody had told us so!",
                        "The next paragraph starts here.",
                        "And it ends here.");
    }

    @Test
    void chatLines() {
        String text = """
                Ann: Are you there?
                Bob: Yes
                Ann: Fine \uD83D\uDE00
                Bob: See you at 5 p.m. then
                [12:01] Ann left
                """;
        assertThat(sentences(text))
                .containsExactly(
                        "Ann: Are you there?",
                        "Bob: Yes",
                        "Ann: Fine \uD83D\uDE00",
                        "Bob: See you at 5 p.m. then",
                        "[12:01] Ann left");
    }

    @Test
    void headings() {
        assertThat(sentences("THE TIME MACHINE\nAn Invention\n\n1\nIntroduction\n\nThe Time Traveller was expounding."))
                .containsExactly(
                        "THE TIME MACHINE", "An Invention", "1", "Introduction", "The Time Traveller was expounding.");
    }

    @Test
    void dialogue() {
        assertThat(sentences(
                        "\u201CWho are you?\u201D said the Caterpillar. \u201CI\u2014I hardly know, sir!\u201D she replied. "
                                + "\u201CExplain yourself!\u201D The Caterpillar was angry."))
                .containsExactly(
                        "\u201CWho are you?\u201D said the Caterpillar.",
                        "\u201CI\u2014I hardly know, sir!\u201D she replied.",
                        "\u201CExplain yourself!\u201D",
                        "The Caterpillar was angry.");
    }

    @Test
    void verse() {
        String text = """
                How doth the little crocodile
                    Improve his shining tail,
                And pour the waters of the Nile
                    on every golden scale!
                """;
        assertThat(sentences(text))
                .containsExactly(
                        "How doth the little crocodile",
                        "Improve his shining tail,",
                        "And pour the waters of the Nile on every golden scale!");
    }

    @Test
    void abbreviationsDoNotEndASentence() {
        assertThat(sentences(
                        "Dr. Jekyll met Mr. Hyde at St. James. See Fig. 3, No. 5, Smith et al. Also Ohm vs. Volt, cf. Tesla, "
                                + "i.e. Nikola. He, e.g. Tom, left."))
                .containsExactly(
                        "Dr. Jekyll met Mr. Hyde at St. James.",
                        "See Fig. 3, No. 5, Smith et al.",
                        "Also Ohm vs. Volt, cf. Tesla, i.e. Nikola.",
                        "He, e.g. Tom, left.");
    }

    @Test
    void anAbbreviationAtTheEndOfAWrappedLineDoesNotEndASentence() {
        assertThat(sentences("That evening the whole party was met by old Mr.\nUtterson, who (cf. Dr.\nLanyon) left."))
                .containsExactly(
                        "That evening the whole party was met by old Mr. Utterson, who (cf. Dr.", "Lanyon) left.");
        assertThat(sentences("Bob: No.\nAnn: Why?")).containsExactly("Bob: No.", "Ann: Why?");
    }

    @Test
    void initialsDoNotEndASentence() {
        assertThat(sentences("(J. K. Rowling wrote it.) It was I. Then H. G. Wells came in.  He sat down."))
                .containsExactly("(J. K. Rowling wrote it.)", "It was I.", "Then H. G. Wells came in.", "He sat down.");
    }

    @Test
    void aLineIsWrappedFromFortyCharactersOn() {
        String forty = "A" + "a".repeat(18) + " " + "b".repeat(20);
        assertThat(sentences(forty + "\nNext")).containsExactly(forty + " Next");
        assertThat(sentences(forty.substring(1) + "\nNext")).containsExactly(forty.substring(1), "Next");
        assertThat(sentences(forty + "\n \nNext")).containsExactly(forty, "Next");
        for (String end : List.of(".", "!", "?", ":", ";", ".\"", "!\u201D", "?\u2019\u201D", ". ")) {
            assertThat(sentences(forty + end + "\nNext")).as(end).containsExactly(forty + end.strip(), "Next");
        }
    }

    @Test
    void aBlankLineEndsASentenceEvenBeforeLowerCase() {
        assertThat(sentences("one\n\ntwo\r\n\r\nthree\n \t\nfour\nfive"))
                .containsExactly("one", "two", "three", "four five");
    }

    @Test
    void candidatesHaveThreeWords() {
        Iterator<Sentence> sentences = SentenceSplitter.english().split("Oh no!\nHe is here.");
        assertThat(sentences.next()).isEqualTo(new Sentence(new Span(0, 6), 2, false, TextForm.PROSE));
        assertThat(sentences.next()).isEqualTo(new Sentence(new Span(7, 18), 3, true, TextForm.PROSE));
        assertThat(sentences.hasNext()).isFalse();
        assertThatThrownBy(sentences::next).isInstanceOf(NoSuchElementException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\n \t", "\u00A0\u2003"})
    void aBlankTextHasNoSentence(String blank) {
        assertThat(sentences(blank)).isEmpty();
    }

    static List<String> strangeTexts() {
        return List.of(
                "x".repeat(1 << 20),
                "\n".repeat(100_000),
                "\0".repeat(1_000_000),
                ".".repeat(1_000_000),
                "\".'".repeat(300_000),
                "abc.\n".repeat(200_000),
                (" ".repeat(5_000) + "\n").repeat(200),
                ("y".repeat(50) + "\n" + " ".repeat(5_000)).repeat(200),
                "x. ((((5 ".repeat(100_000),
                "Mr. ".repeat(250_000),
                "\u0301\u0323".repeat(500_000));
    }

    @ParameterizedTest
    @MethodSource("strangeTexts")
    void aMegabyteOfAnythingTakesBoundedTime(String text) {
        assertTimeout(Duration.ofSeconds(10), () -> sentences(text));
    }

    @Test
    void manyThreadsShareOneSplitter() {
        String book = Books.alice();
        List<String> expected = sentences(book);
        assertThat(expected).hasSizeBetween(1_000, 3_000);
        assertThat(IntStream.range(0, 8).parallel().mapToObj(i -> sentences(book)))
                .allMatch(expected::equals);
    }

    /** The sentences, with their line breaks as blanks. */
    private static List<String> sentences(String text) {
        List<String> sentences = new ArrayList<>();
        SentenceSplitter.english()
                .split(text)
                .forEachRemaining(
                        sentence -> sentences.add(sentence.span().of(text).replaceAll("\\s*\\R\\s*", " ")));
        return sentences;
    }
}
