package io.mambaspark.jobs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TextBytesTest {
    private static final List<Charset> MARKED =
            List.of(UTF_8, UTF_16LE, UTF_16BE, Charset.forName("UTF-32LE"), Charset.forName("UTF-32BE"));

    @Test
    void replacesWhatIsMalformedAndCountsIt() {
        byte[] bytes = "caf\u00e9 na\u00efve".getBytes(ISO_8859_1);
        assertThat(TextBytes.decode(bytes, UTF_8)).isEqualTo(new SourceText("caf\uFFFD na\uFFFDve", null, 2));
        assertThat(TextBytes.decode(bytes, ISO_8859_1)).isEqualTo(new SourceText("caf\u00e9 na\u00efve", null, 0));
    }

    @Test
    void countsWhatANamedEncodingDoesNotHave() {
        byte[] cut = new byte[] {(byte) 0x93, (byte) 0xFA, (byte) 0x96};
        assertThat(TextBytes.decode(cut, Charset.forName("Shift_JIS"))).isEqualTo(new SourceText("日\uFFFD", null, 1));
    }

    @Test
    void aReplacementCharacterOfTheTextItselfIsNotCounted() {
        String text = "it said \uFFFD, twice \uFFFD";
        for (Charset charset : List.of(UTF_8, UTF_16BE, Charset.forName("GB18030"))) {
            assertThat(TextBytes.decode(text.getBytes(charset), charset)).isEqualTo(new SourceText(text, null, 0));
        }
    }

    /** Two ways to the same number: the decoder's own complaints, and the replacement characters that it wrote. */
    @Property
    void countsAsManySequencesAsItReplaces(@ForAll byte[] bytes) {
        if (ByteOrderMark.of(bytes).isEmpty()) {
            for (Charset charset : List.of(UTF_8, Charset.forName("Shift_JIS"), Charset.forName("windows-1252"))) {
                SourceText decoded = TextBytes.decode(bytes, charset);
                assertThat(decoded.replaced())
                        .isEqualTo(decoded.text()
                                .chars()
                                .filter(c -> c == '\uFFFD')
                                .count());
            }
        }
    }

    @Test
    void dropsAByteOrderMarkAtTheStartOnly() {
        byte[] bytes = "\uFEFFone \uFEFFtwo".getBytes(UTF_8);
        assertThat(TextBytes.decode(bytes, UTF_8).text()).isEqualTo("one \uFEFFtwo");
    }

    @Test
    void aByteOrderMarkDecidesWhateverEncodingIsNamed() {
        String text = "Déjà vu — 兎 🐇.";
        for (Charset charset : MARKED) {
            byte[] bytes = ("\uFEFF" + text).getBytes(charset);
            for (Charset named : List.of(UTF_8, ISO_8859_1, UTF_16BE)) {
                assertThat(TextBytes.decode(bytes, named)).isEqualTo(new SourceText(text, null, 0));
            }
        }
        Charset chinese = Charset.forName("GB18030");
        assertThat(TextBytes.decode(("\uFEFF" + text).getBytes(chinese), chinese)
                        .text())
                .as("GB18030, whose mark only it has")
                .isEqualTo(text);
    }
}
