package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Utf8Test {
    @Test
    void replacesWhatIsMalformedAndCountsIt() {
        byte[] bytes = "caf\u00e9 na\u00efve".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Utf8.decode(bytes)).isEqualTo(new SourceText("caf\uFFFD na\uFFFDve", null, 2));
    }

    @Test
    void aReplacementCharacterOfTheTextItselfIsNotCounted() {
        String text = "it said \uFFFD, twice \uFFFD";
        assertThat(Utf8.decode(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(new SourceText(text, null, 0));
    }

    @Test
    void dropsAByteOrderMarkAtTheStartOnly() {
        byte[] bytes = "\uFEFFone \uFEFFtwo".getBytes(StandardCharsets.UTF_8);
        assertThat(Utf8.decode(bytes).text()).isEqualTo("one \uFEFFtwo");
    }

    @Test
    void knowsTheLengthInBytes() {
        for (String text : new String[] {"", "abc", "é€😀", "\uD83D\uDE00\uD83D\uDE00"}) {
            int bytes = text.getBytes(StandardCharsets.UTF_8).length;
            assertThat(Utf8.isLongerThan(bytes, text)).isFalse();
            assertThat(Utf8.isLongerThan(bytes - 1, text)).isTrue();
        }
    }
}
