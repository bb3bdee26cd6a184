package io.mambaspark.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.model.Checkpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where sentences end with the rules of the built-in reader. */
class SentenceEndsTest {
    private static final UnitRules RULES = Checkpoint.builtIn().profile().units();

    @Test
    void sentencesThatPeopleMarkedAreFound() throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                SentenceEndsTest.class.getResourceAsStream("gum/sample.jsonl"), StandardCharsets.UTF_8))) {
            SentenceBoundaries found = SentenceBoundaries.of(in.lines().toList());
            assertThat(found.marked()).isGreaterThan(100);
            assertThat(found.precision()).isGreaterThanOrEqualTo(0.955);
            assertThat(found.recall()).isGreaterThanOrEqualTo(0.955);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "He moved from Washington, D.C.| The senator stayed.",
                "The U.S. Court of Appeals (2d Cir. 1985) cited 17 U.S.C. § 107 and c. 1900 maps.| It agreed.",
                "1. First we read. |2. Then we write.",
                "He left in 1999.[6]| Nobody saw him. [7] [8]| She stayed.",
                "Run hit.* first.| Then call java8.JFunction0 of version 2.4.1 from /usr/lib/x.so or https://a.b/c.d?e=f.| Done!",
                "He sold it.| eBay bought it.| The iPhone (!) was new.",
                "Is it true?| \"Yes!\"| he said it was.| \"No!\" said she.",
                "He came ...| Then he left.",
                "It is No. 5, Fig. 3 and p. 12.| No.| That is wrong.",
                "Dr. J. K. Smith met Messrs. M. and N.| He was born Jan. 5 in St. Louis.",
            })
    void marksEndSentencesUnlessTheyAreOfSomethingElse(String marked) {
        List<String> expected = new ArrayList<>();
        for (String sentence : marked.split("\\|")) {
            expected.add(sentence.strip());
        }
        if (marked.startsWith("Is it true?")) {
            // "Yes!" he said: lower case goes on.
            expected = List.of("Is it true?", "\"Yes!\" he said it was.", "\"No!\" said she.");
        }
        assertThat(sentences(marked.replace("|", ""))).isEqualTo(expected);
    }

    @Test
    void aTextWithoutCapitalsHasSentences() {
        assertThat(sentences("so we met on monday. nobody came! was it too early? e.g. at nine. we tried again"))
                .containsExactly(
                        "so we met on monday.", "nobody came!", "was it too early?", "e.g. at nine.", "we tried again");
    }

    @Test
    void shortLinesOfATranscriptAreSentences() {
        assertThat(sentences("ok\nare you there?\nyes. just a minute\nsure! see you then.\nbye"))
                .containsExactly("ok", "are you there?", "yes.", "just a minute", "sure!", "see you then.", "bye");
        assertThat(sentences("Are you there?\nyes, for a minute.\nSee you then.\nBob: bye"))
                .containsExactly("Are you there?", "yes, for a minute.", "See you then.", "Bob: bye");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\f", "\u000B"})
    void aPageOrColumnBreakEndsASentence(String page) {
        assertThat(sentences("The council met. A table of all the members that were present on that day" + page
                        + "Chapter Two begins here. It goes on for long."))
                .containsExactly(
                        "The council met.",
                        "A table of all the members that were present on that day",
                        "Chapter Two begins here.",
                        "It goes on for long.");
    }

    @Test
    void linesThatAreNoProseAreUnitsOfTheirOwn() {
        String text = """
                From: Anna <anna@example.org>
                Subject: Results

                The build broke at noon. We looked into it.

                > What happened?

                2026-03-02 08:00:01 INFO Server started
                java.lang.IllegalStateException: no
                \tat com.example.Main.run(Main.java:8)

                | Name | City |
                |------|------|
                id,name,city
                1,Sato,Kyoto

                ```
                make all
                ```

                - The first item. It has two sentences.
                - The second

                ## What is next
                """;
        List<String> units = new ArrayList<>();
        new SentenceSplitter(RULES)
                .split(text)
                .forEachRemaining(
                        unit -> units.add(unit.form() + " " + unit.span().of(text)));
        assertThat(units)
                .containsExactly(
                        "MAIL_HEADER From: Anna <anna@example.org>",
                        "MAIL_HEADER Subject: Results",
                        "PROSE The build broke at noon.",
                        "PROSE We looked into it.",
                        "QUOTED_REPLY > What happened?",
                        "LOG_LINE 2026-03-02 08:00:01 INFO Server started",
                        "LOG_LINE java.lang.IllegalStateException: no",
                        "STACK_FRAME at com.example.Main.run(Main.java:8)",
                        "TABLE_ROW | Name | City |",
                        "TABLE_ROW |------|------|",
                        "TABLE_ROW id,name,city",
                        "TABLE_ROW 1,Sato,Kyoto",
                        "CODE make all",
                        "LIST_ITEM - The first item.",
                        "PROSE It has two sentences.",
                        "LIST_ITEM - The second",
                        "MARKED_HEADING ## What is next");
    }

    @Test
    void aTextOfNothingButFencesIsStillAUnit() {
        assertThat(sentences("```\n\n ~~~ \n")).containsExactly("```\n\n ~~~");
    }

    private static List<String> sentences(String text) {
        List<String> sentences = new ArrayList<>();
        new SentenceSplitter(RULES)
                .split(text)
                .forEachRemaining(unit -> sentences.add(unit.span().of(text)));
        return sentences;
    }
}
