package io.mambaspark.index.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A word that a line end divides is known as a whole. */
class HyphenatedWordsTest {
    private static String text(String escaped) {
        return escaped.translateEscapes();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            the infor-\\nmation is | information
            infor-\\r\\nmation | information
            infor- \\n   mation | information
            Nata-\\nsha and Dol-\\nokhov | Natasha Dolokhov
            infor\u2010\\nmation | information
            infor\u00AD\\nmation | information
            état-\\nmajor | étatmajor
            """)
    void isFoundWhole(String text, String words) {
        assertThat(HyphenatedWords.whole(text(text))).isEqualTo(words + " ");
    }

    @ParameterizedTest
    @CsvSource({
        "well-known",
        "a - \\nb",
        "1666-\\n1667",
        "-\\n-",
        "infor\\nmation",
        "infor-\\n\\nmation",
        "infor-\\n",
        "-\\nmation"
    })
    void otherHyphensAndLineEndsDivideNothing(String text) {
        assertThat(HyphenatedWords.whole(text(text))).isEmpty();
    }

    /** Compared with a pattern, which is slow on long runs of letters. */
    @Property
    void isWhatAPatternFinds(
            @ForAll @StringLength(max = 40) @CharRange(from = 'a', to = 'c') String letters, @ForAll long seed) {
        StringBuilder text = new StringBuilder();
        char[] marks = {'-', '\n', ' ', '\u00AD'};
        Random random = new Random(seed);
        for (char letter : letters.toCharArray()) {
            text.append(letter);
            while (random.nextInt(2) == 0) {
                text.append(marks[random.nextInt(marks.length)]);
            }
        }
        String[] found = Pattern.compile("(?=(\\b[a-c]++)[-\u00AD] *+\n *+([a-c]++))")
                .matcher(text)
                .results()
                .map(match -> match.group(1) + match.group(2))
                .toArray(String[]::new);
        assertThat(HyphenatedWords.whole(text.toString()).split(" "))
                .containsExactly(found.length == 0 ? new String[] {""} : found);
        assertThat(Arrays.asList(found)).allMatch(word -> word.length() > 1);
    }
}
