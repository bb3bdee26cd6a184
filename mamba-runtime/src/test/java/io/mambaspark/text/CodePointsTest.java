package io.mambaspark.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.Books;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CodePointsTest {
    @Property(tries = 300)
    void agreesWithTheCountOfTheJdkInAnyOrder(@ForAll String random, @ForAll int seed) {
        String text = random + "\uD83D\uDE00\uD83D a\uDE00" + random;
        CodePoints codePoints = new CodePoints(text);
        for (int i = 0; i < 50; i++) {
            int index = Math.floorMod(seed * 31 + i * 7919, text.length() + 1);
            assertThat(codePoints.toCodePoint(index)).isEqualTo(text.codePointCount(0, index));
            int codePoint = Math.floorMod(seed + i * 104_729, text.codePointCount(0, text.length()) + 1);
            assertThat(codePoints.toUtf16(codePoint)).isEqualTo(text.offsetByCodePoints(0, codePoint));
        }
    }

    @Test
    void risingIndicesOfABookCostOneWalk() {
        String book = Books.alice().repeat(20);
        CodePoints codePoints = new CodePoints(book);
        for (int i = 0; i <= book.length(); i++) {
            codePoints.toCodePoint(i);
        }
        assertThat(codePoints.toCodePoint(book.length())).isEqualTo(book.codePointCount(0, book.length()));
    }

    @Test
    void indicesOutsideTheTextAreRefused() {
        assertThatThrownBy(() -> new CodePoints("abc").toCodePoint(4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new CodePoints("abc").toUtf16(4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new CodePoints("abc").toCodePoint(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
