package io.mambaspark.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.Books;
import java.io.ByteArrayInputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReaderTextTest {
    private static final TextNormalisation READER = ReferenceTexts.normalisation();
    private static final ByteLevelBpe BPE = ByteLevelBpe.read(new ByteArrayInputStream(HuggingFace.reader()));

    @ParameterizedTest
    @ValueSource(strings = {"typography", "capitals", "look_alikes"})
    void theReferenceTextsAreNormalisedAndTokenisedAsByTheModelsMakers(String name) {
        ReaderText text = ReaderText.of(ReferenceTexts.text(name), READER);
        assertThat(text.normalised()).isEqualTo(ReferenceTexts.normalised(name));
        assertThat(Tokens.of(BPE, text, 100).ids()).isEqualTo(ReferenceTexts.ids(name));
    }

    @Test
    void theStartOfAliceIsTokenisedAsByTheModelsMakers() {
        int[] expected = ReferenceTexts.ids("alice");
        TokenCursor tokens = BPE.tokens(ReaderText.of(Books.alice(), READER));
        int[] ids = new int[expected.length];
        tokens.next(ids, new int[ids.length], 0, ids.length - 1);
        ids[ids.length - 1] = expected[ids.length - 1];
        assertThat(ids).isEqualTo(expected);
    }

    @Test
    void tokensEndWhereTheOriginalCharactersEnd() {
        String original = "\u201CWait\u2026 \uD83D\uDE00\u201D";
        Tokens tokens = Tokens.of(BPE, ReaderText.of(original, READER), 100);
        assertThat(BPE.decode(tokens.ids())).isEqualTo("\"Wait... \uD83D\uDE00\"");
        // The opening quote, "W", "ait", three points that are one character, and so on.
        assertThat(tokens.ends())
                .startsWith(1, 2, 5, 6)
                .endsWith(original.length())
                .isSorted();
    }

    @Test
    void aBookNormalisedInWindowsIsTheBookNormalisedAtOnce() {
        String book = Books.timeMachine();
        String expected = book;
        for (Map.Entry<Character, String> entry : READER.replace().entrySet()) {
            expected = expected.replace(entry.getKey().toString(), entry.getValue());
        }
        assertThat(ReaderText.of(book, READER).normalised()).isEqualTo(expected);
        assertThat(ReaderText.of(book, TextNormalisation.NONE).normalised()).isEqualTo(book);
    }

    @Test
    void onlyATextMostlyInCapitalsIsLowerCased() {
        assertThat(ReaderText.of("STOP IT Now", READER).normalised()).isEqualTo("stop it now");
        assertThat(ReaderText.of("AbcD 123", READER).normalised()).isEqualTo("AbcD 123");
        assertThat(ReaderText.of("STOP", TextNormalisation.NONE).normalised()).isEqualTo("STOP");
        assertThat(ReaderText.of("\u00C9T\u00C9 \u03A3\u0391\u03A3 \uD801\uDC00", READER)
                        .normalised())
                .isEqualTo("\u00E9t\u00E9 \u03C3\u03B1\u03C3 \uD801\uDC28");
    }

    @Test
    void unpairedSurrogatesAreReadAsReplacementCharacters() {
        assertThat(ReaderText.of("a\uD83D \uDE00b\uD83D", READER).normalised()).isEqualTo("a\uFFFD \uFFFDb\uFFFD");
    }

    @Test
    void aCharacterMayBeLeftOut() {
        TextNormalisation softHyphen = new TextNormalisation(Map.of('\u00AD', ""), false);
        ReaderText text = ReaderText.of("co\u00ADop\u00AD", softHyphen);
        assertThat(text.normalised()).isEqualTo("coop");
        assertThat(Tokens.of(BPE, text, 10).ends()).endsWith(5);
    }

    @Test
    void aNormalisationThatWouldBreakCharactersIsRefused() {
        assertThatThrownBy(() -> new TextNormalisation(Map.of('\uD83D', "x"), false))
                .hasMessageContaining("U+D83D");
        assertThatThrownBy(() -> new TextNormalisation(Map.of('x', "\uD83D"), false))
                .hasMessageContaining("U+0078");
        assertThatThrownBy(() -> new TextNormalisation(Map.of('x', "y".repeat(33)), false))
                .hasMessageContaining("33");
    }
}
