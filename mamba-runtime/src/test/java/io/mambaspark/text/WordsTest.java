package io.mambaspark.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            one two,  three|3
             \u00a0 |0
            naïve – don't|3
            港口周二因风暴关闭。|5
            上海图书馆东馆于2022年开放。|7
            读者说：“这里很安静。”|6
            カタカナ と ひらがな|5
            สวัสดีชาวโลก|3
            ខ្ញុំ ស្រឡាញ់ ភាសា|3
            ສະບາຍດີ|1
            Thai ไทย word|3
            """)
    void wordsAreCountedInEveryScript(String text, int words) {
        assertThat(Words.DEFAULT.count(text, 0, text.length())).isEqualTo(words);
    }

    @Test
    void theCharactersThatCountAShareAreTheReaders() {
        assertThat(Words.withCharacters("\u0e00-\u0eff", 1).count("\u6e2f\u53e3", 0, 2))
                .isEqualTo(1);
        assertThatThrownBy(() -> Words.withCharacters("z-a", 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
