package io.mambaspark.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.lexical.QueryTerms;
import io.mambaspark.lexical.SentenceBm25;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Vectors;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sentences that are the same to the eye are the same to the model and to the search by words: sixty spellings. */
class LookAlikeSpellingsTest {
    private static final List<String> SENTENCES = List.of(
            "The committee decided to adjourn after the caf\u00e9 in the final office closed.",
            "Na\u00efve officials filed an efficient affidavit about the fl\u00fcgel in Z\u00fcrich.",
            "The chef\u2019s souffl\u00e9 was \u201cofficially the finest\u201d in the whole of Flanders.",
            "Five different traffic offences were confirmed \u2013 all on Friday afternoon\u2026",
            "Fran\u00e7ois offered the waffles, \u201cfluffy and fine\u201d, to the d\u00e9butantes.",
            "The sufficient difference between the r\u00e9sum\u00e9s of both staff officers is trifling.");

    private static final Map<String, UnaryOperator<String>> SPELLINGS = spellings();

    private static Map<String, UnaryOperator<String>> spellings() {
        Map<String, UnaryOperator<String>> spellings = new LinkedHashMap<>();
        spellings.put("soft hyphens", text -> within(text, "\u00AD", 2));
        spellings.put("zero-width spaces", text -> within(text, "\u200B", 3));
        spellings.put("word joiners", text -> within(text, "\u2060", 2));
        spellings.put("byte order marks", text -> "\uFEFF" + within(text, "\uFEFF", 4));
        spellings.put("ligatures", LookAlikeSpellingsTest::withLigatures);
        spellings.put("full width", LookAlikeSpellingsTest::fullWidth);
        spellings.put("letters and marks apart", text -> Normalizer.normalize(text, Normalizer.Form.NFD));
        spellings.put(
                "plain quotation marks and dashes",
                text -> text.replace('\u2019', '\'')
                        .replace('\u201C', '"')
                        .replace('\u201D', '"')
                        .replace('\u2013', '-')
                        .replace("\u2026", "..."));
        spellings.put("no-break spaces", text -> text.replace(' ', '\u00A0'));
        spellings.put(
                "all at once",
                text -> Normalizer.normalize(within(withLigatures(text), "\u00AD", 3), Normalizer.Form.NFD)
                        .replace(' ', '\u00A0'));
        return spellings;
    }

    /** With an invisible character after every {@code each} letters of a word. */
    private static String within(String text, String invisible, int each) {
        return text.replaceAll("(\\p{L}{" + each + "})(?=\\p{L})", "$1" + invisible);
    }

    private static String withLigatures(String text) {
        return text.replace("ffi", "\uFB03")
                .replace("ffl", "\uFB04")
                .replace("ff", "\uFB00")
                .replace("fi", "\uFB01")
                .replace("fl", "\uFB02");
    }

    private static String fullWidth(String text) {
        StringBuilder wide = new StringBuilder();
        text.chars().forEach(c -> wide.append((char) (c > ' ' && c < 0x7F ? c + 0xFEE0 : c)));
        return wide.toString();
    }

    private static MambaModel model;

    @BeforeAll
    static void load() {
        model = MambaModel.load(Checkpoint.builtIn(), EngineOptions.defaults().withDevice("cpu"));
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static List<float[]> vectors(List<String> texts) {
        List<float[]> vectors = new ArrayList<>();
        new Embedder(model, Unit.DOCUMENT)
                .embed(texts.stream().map(text -> Document.of("it", text)).iterator())
                .forEachRemaining(outcome -> vectors.add(outcome.value().vector()));
        return vectors;
    }

    @Test
    void sixtySpellingsAreReadAsTheSentencesTheyLookLike() {
        List<float[]> expected = vectors(SENTENCES);
        int spelled = 0;
        for (Map.Entry<String, UnaryOperator<String>> spelling : SPELLINGS.entrySet()) {
            List<float[]> found =
                    vectors(SENTENCES.stream().map(spelling.getValue()).toList());
            for (int i = 0; i < SENTENCES.size(); i++) {
                assertThat(Vectors.dot(found.get(i), expected.get(i), 0))
                        .as("%s: %s", spelling.getKey(), SENTENCES.get(i))
                        .isGreaterThanOrEqualTo(0.97f);
                spelled++;
            }
        }
        assertThat(spelled).isEqualTo(60);
    }

    @Test
    void aSearchByWordsFindsEachSpellingByTheOthers() {
        SPELLINGS.forEach((name, spelling) -> {
            List<String> spelled = SENTENCES.stream().map(spelling).toList();
            assertThat(scores(SENTENCES, spelled)).as(name).isEqualTo(scores(SENTENCES, SENTENCES));
            assertThat(scores(spelled, SENTENCES)).as(name).isEqualTo(scores(SENTENCES, SENTENCES));
        });
    }

    /** By query and sentence. */
    private static List<List<Float>> scores(List<String> queries, List<String> sentences) {
        SentenceBm25 bm25 = new SentenceBm25(QueryTerms.of(queries, Terms.of(model.profile())));
        sentences.forEach(bm25::count);
        List<List<Float>> scores = new ArrayList<>();
        for (String sentence : sentences) {
            float[] ofSentence = new float[queries.size()];
            bm25.score(sentence, ofSentence);
            List<Float> row = new ArrayList<>();
            for (float score : ofSentence) {
                row.add(score);
            }
            scores.add(row);
        }
        return scores;
    }

    /** The spellings of one sentence in a table that a user sent. */
    @Test
    void invisibleCharactersCostNoTokens() {
        String plain = SENTENCES.get(0);
        int tokens = tokens(plain);
        for (String spelling : List.of("soft hyphens", "full width", "ligatures", "letters and marks apart")) {
            assertThat(tokens(SPELLINGS.get(spelling).apply(plain)))
                    .as(spelling)
                    .isEqualTo(tokens);
        }
    }

    private static int tokens(String text) {
        int[] tokens = new int[1];
        new Embedder(model, Unit.DOCUMENT)
                .embed(List.of(Document.of("it", text)).iterator())
                .forEachRemaining(
                        outcome -> tokens[0] = Math.toIntExact(outcome.value().tokensRead()));
        return tokens[0];
    }
}
