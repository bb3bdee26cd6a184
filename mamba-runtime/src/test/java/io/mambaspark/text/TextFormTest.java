package io.mambaspark.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.Books;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.model.ReaderProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What blocks of a text are taken for, as a careful reader would. */
class TextFormTest {
    private static final ReaderProfile PROFILE = Checkpoint.builtIn().profile();

    private static List<Sentence> units(String text) {
        List<Sentence> units = new ArrayList<>();
        new SentenceSplitter(PROFILE.units()).split(text).forEachRemaining(units::add);
        return units;
    }

    private static List<TextForm> forms(String text) {
        return units(text).stream().map(Sentence::form).toList();
    }

    private static final String PROSE = "The committee met on Monday. It decided to adjourn until the spring.\n\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CHAPTER I",
                "Chapter 12",
                "Chapter III. How we went to sea",
                "BOOK THE SECOND: The Golden Thread",
                "Act One",
                "Preface",
                "2.1 Methods and materials",
                "IV. The Battle"
            })
    void aChapterLineOrNumberedLineIsAHeading(String line) {
        assertThat(forms(PROSE + line + "\n\n" + PROSE)).startsWith(TextForm.PROSE, TextForm.PROSE, TextForm.HEADING);
        assertThat(forms(PROSE + line + "\n\n" + PROSE)).endsWith(TextForm.HEADING, TextForm.PROSE, TextForm.PROSE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Book I read yesterday was dull.",
                "Part two of the plan failed because nobody had asked the harbour master.",
                "Section 5. The tenant must return all keys on the last day.",
                "In chapter 12 the hero dies.",
                "2 men were drowned.",
                "1914 was the year of the war.",
                "Act now, and the prize is yours."
            })
    void aSentenceWithTheWordsOfAHeadingIsNone(String line) {
        assertThat(forms(PROSE + line + "\n\n" + PROSE)).doesNotContain(TextForm.HEADING);
    }

    @Test
    void aNumberedHeadingRightAboveItsParagraphIsOne() {
        assertThat(forms("2.1 Methods\nWe measured the flow at nine places for a whole year, and at night as well.\n"
                        + "The gauges had been built by the first author. They did not fail."))
                .containsExactly(TextForm.HEADING, TextForm.PROSE, TextForm.PROSE, TextForm.PROSE);
    }

    @Test
    void contentsAreToldFromTheChaptersThatTheyList() {
        assertThat(forms("""
                        CONTENTS

                        CHAPTER I. Down the Rabbit-Hole
                        CHAPTER II. The Pool of Tears
                        CHAPTER III. A Caucus-Race and a Long Tale

                        CHAPTER I. Down the Rabbit-Hole

                        Alice was beginning to get very tired of sitting by her sister on the bank.
                        """))
                .containsOnly(TextForm.CONTENTS, TextForm.HEADING, TextForm.PROSE)
                .endsWith(TextForm.CONTENTS, TextForm.HEADING, TextForm.HEADING, TextForm.PROSE);
        assertThat(forms(PROSE + "Introduction ........ 1\nThe harbour ......... 17\nThe northern wall ... 45\n\n"
                        + PROSE))
                .filteredOn(form -> form == TextForm.CONTENTS)
                .hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void whatAPublisherAddsIsALicence() {
        String book =
                "The Project Gutenberg eBook of Some Book\n\nThis eBook is for the use of anyone anywhere at no cost.\n\n"
                        + "*** START OF THE PROJECT GUTENBERG EBOOK SOME BOOK ***\n\n"
                        + PROSE
                        + "*** END OF THE PROJECT GUTENBERG EBOOK SOME BOOK ***\n\nUpdated editions will replace the previous one.\n\n"
                        + "Creating the works from print editions means that no one owns a copyright in these works.\n";
        assertThat(units(book).stream()
                        .filter(unit -> unit.form() == TextForm.PROSE)
                        .map(unit -> unit.span().of(book)))
                .containsExactly("The committee met on Monday.", "It decided to adjourn until the spring.");
        assertThat(forms(PROSE + "Copyright (c) 2026 The Authors. All rights reserved.\n\n" + PROSE))
                .contains(TextForm.LICENCE);
        assertThat(forms(PROSE + "[Footnote 1: See the minutes, page 1.]\n\n" + PROSE))
                .contains(TextForm.NOTE);
        assertThat(forms("The licence of the inn was renewed in May. All rights were reserved for the owner."))
                .containsOnly(TextForm.PROSE);
    }

    @Test
    void verseIsToldFromWrappedProseAndFromLists() {
        assertThat(forms("""
                        How doth the little crocodile
                        Improve his shining tail,
                        And pour the waters of the Nile
                        On every golden scale!
                        """)).containsOnly(TextForm.VERSE);
        assertThat(forms("""
                        The committee met on Monday in the old town hall
                        and decided, after some hours, to adjourn until the
                        spring. Nobody was content with that, least of all
                        Mrs. Hale, who had come from Norwick for it.
                        """)).doesNotContain(TextForm.VERSE);
        assertThat(forms("Anna Berg\nMill Lane 14\nNorwick\nEngland")).doesNotContain(TextForm.VERSE);
        assertThat(forms("Ann: Are you there\nBen: Yes I am here now\nAnn: When does it start\nBen: It starts at nine"))
                .doesNotContain(TextForm.VERSE);
    }

    @Test
    void nearlyAllOfABookIsProse() {
        Map<TextForm, Long> counts =
                forms(Books.alice()).stream().collect(Collectors.groupingBy(form -> form, Collectors.counting()));
        assertThat(counts.get(TextForm.PROSE)).isGreaterThan(1_400);
        assertThat(counts).doesNotContainKeys(TextForm.LICENCE, TextForm.CONTENTS, TextForm.NOTE);
        assertThat(pageHeads(Books.alice())).isEmpty();
    }

    private static List<String> pageHeads(String text) {
        FormReader reader =
                new FormReader(PROFILE.form().orElseThrow(), PROFILE.units().words());
        DocumentForm document = new DocumentForm(PROFILE.form().orElseThrow());
        List<Sentence> units = units(text);
        List<UnitForm> forms = new ArrayList<>();
        reader.begin(text);
        for (Sentence unit : units) {
            FormReader.Unit read = reader.read(unit);
            forms.add(read.form());
            document.add(read.form(), read.words(), unit.span().of(text));
        }
        List<String> heads = new ArrayList<>();
        for (int i = 0; i < forms.size(); i++) {
            String line = units.get(i).span().of(text);
            if (document.isFurniture(forms.get(i), () -> line)) {
                heads.add(line);
            }
        }
        return heads;
    }

    @Test
    void aLineThatComesOnEachPageIsItsHead() {
        StringBuilder text = new StringBuilder();
        for (int page = 1; page < 6; page++) {
            text.append("Acme Annual Report 2025    Page ")
                    .append(page)
                    .append("\n\n")
                    .append(PROSE);
        }
        assertThat(pageHeads(text.toString())).hasSize(5).allMatch(line -> line.startsWith("Acme Annual Report"));
        StringBuilder pages = new StringBuilder();
        for (int page = 1; page < 6; page++) {
            pages.append(PROSE).append("The table of all the members\n\nThe Harbour Act\f");
        }
        assertThat(pageHeads(pages.toString())).contains("The Harbour Act");
    }

    @Test
    void aHeadingThatComesAgainIsNoPageHead() {
        StringBuilder text = new StringBuilder();
        for (int day = 1; day < 6; day++) {
            text.append("Doctor Seward's Diary\n\n")
                    .append(PROSE)
                    .append("Day ")
                    .append(day)
                    .append("\n\n")
                    .append(PROSE);
            text.append("Chapter ").append(day).append("\n\n").append(PROSE);
        }
        assertThat(pageHeads(text.toString())).isEmpty();
    }
}
