package io.mambaspark.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.Iterator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds for every text, however strange. */
class TextPropertiesTest {
    private static final ByteLevelBpe BPE = ByteLevelBpe.read(new ByteArrayInputStream(HuggingFace.reader()));
    private static final TextNormalisation READER = ReferenceTexts.normalisation();

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.of(
                "The old man ",
                "said nothing",
                ". ",
                ".",
                "? ",
                "! ",
                "\u201C",
                "\u201D",
                "\u2018",
                "\u2019",
                "\"",
                "'",
                "\u2026",
                "\u2026 ",
                "\u0130",
                "\uD83D\uDE00",
                "\uD83D\uDC68\u200D\uD83D\uDC69",
                "\uD83D",
                "\uDE00",
                "\n",
                "\n\n",
                "\r\n",
                "\r",
                "\u2028",
                "\u00A0",
                "   ",
                "\0",
                "Mr. ",
                "Dr.",
                "e.g. ",
                "No. 5",
                "e\u0301",
                "\u0301",
                "\u05D0\u05D1",
                "\u0627.",
                "\u4E2D\u3002",
                "and so the long line goes on over the page",
                "3.14",
                "\uFFFF");
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(8);
        return Arbitraries.frequencyOf(Tuple.of(6, pieces), Tuple.of(1, any))
                .list()
                .ofMaxSize(60)
                .map(list -> String.join("", list));
    }

    @Property(tries = 1500)
    void sentencesCoverATextInOrderWithoutWhiteSpaceAround(@ForAll("texts") String text) {
        int last = 0;
        for (Iterator<Sentence> sentences = SentenceSplitter.english().split(text); sentences.hasNext(); ) {
            Sentence sentence = sentences.next();
            Span span = sentence.span();
            assertThat(span.start()).isGreaterThanOrEqualTo(last);
            assertThat(isBlank(text.substring(last, span.start()))).isTrue();
            assertThat(span.length()).isPositive();
            assertThat(isBlank(span.of(text).substring(0, 1))).isFalse();
            assertThat(isBlank(span.of(text).substring(span.length() - 1))).isFalse();
            assertThat(sentence.words()).isEqualTo(Words.DEFAULT.count(text, span.start(), span.end()));
            assertThat(sentence.candidate()).isEqualTo(sentence.words() >= 3);
            last = span.end();
        }
        assertThat(isBlank(text.substring(last))).isTrue();
    }

    @Property(tries = 1000)
    void noSentenceReachesOverABlankLine(@ForAll("texts") String text) {
        for (Iterator<Sentence> sentences = SentenceSplitter.english().split(text); sentences.hasNext(); ) {
            assertThat(sentences.next().span().of(text))
                    .doesNotContainPattern("(?>\r\n|\r|\n)[ \u00A0]*(?>\r\n|\r|\n)");
        }
    }

    @Property(tries = 1500)
    void tokensEndInOrderAndReachTheEnd(@ForAll("texts") String text) {
        Tokens tokens = Tokens.of(BPE, ReaderText.of(text, READER), 50);
        assertThat(tokens.ends()).isSorted();
        if (text.isEmpty()) {
            assertThat(tokens.ids()).isEmpty();
        } else {
            assertThat(tokens.ends()).endsWith(text.length());
        }
        assertThat(BPE.decode(tokens.ids()))
                .isEqualTo(ReaderText.of(text, READER).normalised());
    }

    private static boolean isBlank(String text) {
        return text.matches("(?U)\\s*");
    }
}
