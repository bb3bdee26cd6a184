package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void escapesWhatATerminalWouldObey() {
        assertThat(Printable.text("a\tb\r\nc\u001B[2Jd\u0000\u007F\u0085\u2028"))
                .isEqualTo("a\\tb\\r\\nc\\u001B[2Jd\\u0000\\u007F\\u0085\\u2028");
        assertThat(Printable.text("invoice\u202Etxt.exe")).isEqualTo("invoice\\u202Etxt.exe");
        assertThat(Printable.text("half \uD83D")).isEqualTo("half \\uD83D");
    }

    @Test
    void leavesTextInAnyScriptAlone() {
        String text = "Déjà vu, 兎, עברית, كتاب, क्षि, 👩‍🚀, C:\\new";
        assertThat(Printable.text(text)).isEqualTo(text);
        assertThat(Printable.id(text)).isEqualTo(text);
    }

    @Test
    void cutsAnIdAfterTwoHundredCharacters() {
        assertThat(Printable.id("x".repeat(200))).isEqualTo("x".repeat(200));
        assertThat(Printable.id("x".repeat(201))).isEqualTo("x".repeat(199) + "…");
        assertThat(Printable.id("🐇".repeat(101))).isEqualTo("🐇".repeat(99) + "…");
    }

    @Property
    void noIdBreaksALineOrIsLong(@ForAll String id) {
        for (String printed : List.of(Printable.id(id), Printable.id(id.repeat(50)))) {
            assertThat(printed).hasSizeLessThanOrEqualTo(200);
            assertThat(printed.codePoints()).noneMatch(Character::isISOControl);
            assertThat(printed.lines().count()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void listsTwentyAndCountsTheRest() {
        assertThat(Printable.lines(List.of("a", "b"), 2)).containsExactly("  a", "  b");
        assertThat(Printable.lines(Collections.nCopies(20, "a"), 1_234))
                .hasSize(21)
                .endsWith("  and 1,214 more.");
    }
}
