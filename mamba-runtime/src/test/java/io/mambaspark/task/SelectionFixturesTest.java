package io.mambaspark.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.model.ReaderProfile;
import io.mambaspark.model.SelectionRules;
import io.mambaspark.text.CodePoints;
import io.mambaspark.text.DocumentForm;
import io.mambaspark.text.FormReader;
import io.mambaspark.text.Sentence;
import io.mambaspark.text.SentenceSplitter;
import io.mambaspark.text.UnitForm;
import io.mambaspark.text.Words;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fixtures of the reference implementation of selection, which is in Python; see their comments. */
class SelectionFixturesTest {
    private static ReaderProfile profile;

    @BeforeAll
    static void readRules() {
        profile = Checkpoint.builtIn().profile();
    }

    /** A fixture as the product reads it; its scores are the fixture's. */
    private static final class Read implements DocumentUnits {
        private final JsonNode fixture;
        private final String text;
        private final SelectionRules rules;
        private final Words words = profile.units().words();
        private final List<Sentence> units = new ArrayList<>();
        private final List<FormReader.Unit> forms = new ArrayList<>();
        private final DocumentForm document = new DocumentForm(profile.form().orElseThrow());

        private Read(String name) throws IOException {
            try (InputStream in = SelectionFixturesTest.class.getResourceAsStream("selection/" + name + ".json")) {
                fixture = new ObjectMapper().readTree(in);
            }
            text = fixture.get("text").asText();
            rules = withNames(
                    profile.selection().orElseThrow(),
                    fixture.at("/parameters/name_from").asDouble(),
                    fixture.at("/parameters/name_full").asDouble());
            FormReader reader = new FormReader(profile.form().orElseThrow(), words);
            reader.begin(text);
            new SentenceSplitter(profile.units()).split(text).forEachRemaining(unit -> {
                units.add(unit);
                forms.add(reader.read(unit));
                document.add(form(forms.size() - 1), words(forms.size() - 1), text(forms.size() - 1));
            });
        }

        private static SelectionRules withNames(SelectionRules r, double from, double full) {
            return from == 0
                    ? r
                    : new SelectionRules(
                            r.spreadParts(),
                            r.spreadZ(),
                            r.oddQuotesZ(),
                            r.dialogueZ(),
                            r.insideDialogue(),
                            r.danglingZ(),
                            r.groupMax(),
                            r.leadZ(),
                            r.leadTau(),
                            r.leadLeastUnits(),
                            r.adjacentZ(),
                            r.duplicateJaccard(),
                            r.duplicateLeastWords(),
                            r.enough(),
                            r.fitRanks(),
                            r.target(),
                            r.near(),
                            r.rankPool(),
                            r.gap(),
                            r.titleMark(),
                            r.nameZ(),
                            from,
                            full);
        }

        private Layout layout(SummaryFormat format) {
            return new Layout(format, this, rules, document, words, new Sections(this, document));
        }

        private List<Integer> select(SummaryFormat format, int maxWords) {
            return Selection.of(this, rules, document, layout(format), 3, maxWords);
        }

        private String print(SummaryFormat format, List<Integer> sentences, int maxWords) {
            return new WordLimit(words).cut(layout(format).print(sentences), maxWords);
        }

        @Override
        public int size() {
            return units.size();
        }

        @Override
        public float score(int unit) {
            return (float) fixture.get("scores").get(unit).asDouble();
        }

        @Override
        public int words(int unit) {
            return forms.get(unit).words();
        }

        @Override
        public UnitForm form(int unit) {
            return forms.get(unit).form();
        }

        @Override
        public String text(int unit) {
            return units.get(unit).span().of(text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abstract",
                "chinese",
                "contract",
                "csv",
                "email",
                "headers",
                "log",
                "lowercase",
                "meeting",
                "names",
                "news",
                "novel",
                "readme"
            })
    void theUnitsAreTheReferences(String name) throws IOException {
        Read read = new Read(name);
        CodePoints places = new CodePoints(read.text);
        List<String> expected = new ArrayList<>();
        for (JsonNode unit : read.fixture.get("units")) {
            int start = places.toUtf16(unit.get(0).asInt());
            int end = places.toUtf16(unit.get(1).asInt());
            expected.add(unit.get(2).asText() + " " + start + " " + read.text.substring(start, end));
        }
        assertThat(read.units)
                .extracting(unit -> (unit.form().isRow() ? "row " : "prose ")
                        + unit.span().start() + " " + unit.span().of(read.text))
                .containsExactlyElementsOf(expected);
        assertThat(read.units).extracting(Sentence::words).containsExactlyElementsOf(ints(read, "words"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abstract",
                "chinese",
                "contract",
                "csv",
                "email",
                "headers",
                "log",
                "lowercase",
                "meeting",
                "names",
                "news",
                "novel",
                "readme"
            })
    void theFormOfEachUnitIsTheReferences(String name) throws IOException {
        Read read = new Read(name);
        for (int i = 0; i < read.size(); i++) {
            UnitForm form = read.form(i);
            assertThat(List.of(
                            read.document.isProse(form, read.words(i)),
                            form.inside(),
                            form.dangling(),
                            form.dialogue(),
                            form.oddQuotes()))
                    .as(read.text(i))
                    .containsExactly(
                            read.fixture.get("prose").get(i).asBoolean(),
                            read.fixture.get("inside").get(i).asBoolean(),
                            read.fixture.get("dangling").get(i).asBoolean(),
                            read.fixture.get("dialogue").get(i).asBoolean(),
                            read.fixture.get("odd_quotes").get(i).asBoolean());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abstract",
                "chinese",
                "contract",
                "csv",
                "email",
                "headers",
                "log",
                "lowercase",
                "meeting",
                "names",
                "news",
                "novel",
                "readme"
            })
    void theSummariesAreTheReferencesCharacterForCharacter(String name) throws IOException {
        Read read = new Read(name);
        for (JsonNode expected : read.fixture.get("expected")) {
            int maxWords = expected.get("max_words").asInt();
            List<Integer> sentences = read.select(SummaryFormat.TEXT, maxWords);
            assertThat(sentences).as("%d words", maxWords).containsExactlyElementsOf(ints(expected, "sentences"));
            assertThat(read.print(SummaryFormat.TEXT, sentences, maxWords))
                    .isEqualTo(expected.get("summary").asText());
        }
        for (JsonNode expected : read.fixture.path("render")) {
            assertThat(read.layout(SummaryFormat.TEXT).print(ints(expected, "sentences")))
                    .isEqualTo(expected.get("summary").asText());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"names"})
    void namesAreAsCentralAsInTheReference(String name) throws IOException {
        Read read = new Read(name);
        NameCentrality names = new NameCentrality(read);
        for (int i = 0; i < read.size(); i++) {
            assertThat(names.of(read.text(i)))
                    .as(read.text(i))
                    .isCloseTo(read.fixture.get("centrality").get(i).asDouble(), Offset.offset(2e-3));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abstract",
                "chinese",
                "contract",
                "csv",
                "email",
                "headers",
                "log",
                "lowercase",
                "meeting",
                "names",
                "news",
                "novel",
                "readme"
            })
    void theLimitHoldsInEveryFormat(String name) throws IOException {
        Read read = new Read(name);
        for (SummaryFormat format : SummaryFormat.values()) {
            for (int maxWords = 2; maxWords < 150; maxWords += 1 + maxWords / 8) {
                String summary = read.print(format, read.select(format, maxWords), maxWords);
                assertThat(summary).isNotBlank();
                assertThat(read.words.count(summary, 0, summary.length()))
                        .as("%s, %d words: %s", format, maxWords, summary)
                        .isLessThanOrEqualTo(maxWords);
            }
        }
    }

    private static List<Integer> ints(Read read, String field) {
        return ints(read.fixture, field);
    }

    private static List<Integer> ints(JsonNode node, String field) {
        List<Integer> ints = new ArrayList<>();
        node.get(field).forEach(each -> ints.add(each.asInt()));
        return ints;
    }
}
