package io.mambaspark.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.Books;
import java.io.ByteArrayInputStream;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ByteLevelBpeTest {
    private static final HuggingFace HUGGING_FACE = new HuggingFace(HuggingFace.reader());
    private static final ByteLevelBpe BPE = ByteLevelBpe.read(new ByteArrayInputStream(HuggingFace.reader()));

    @AfterAll
    static void close() {
        HUGGING_FACE.close();
    }

    @Test
    void booksHaveTheIdsOfHuggingFace() {
        for (String book : new String[] {Books.alice(), Books.timeMachine()}) {
            assertThat(BPE.encode(book)).isEqualTo(HUGGING_FACE.encode(book));
        }
    }

    @Test
    void randomUnicodeHasTheIdsOfHuggingFace() {
        RandomUnicode unicode = new RandomUnicode(new Random(20261124));
        for (int i = 0; i < 10_000; i++) {
            String text = unicode.next();
            assertThat(BPE.encode(text)).as("%s", text).isEqualTo(HUGGING_FACE.encode(text));
        }
    }

    @Test
    void everyCodePointIsSplitFromItsNeighboursAsInHuggingFace() {
        int bad = 0;
        for (int start = 0; start <= Character.MAX_CODE_POINT; start += 1) {
            if (start >= 0xD800 && start < 0xE000) continue;
            String text = new StringBuilder("a")
                    .appendCodePoint(start)
                    .append("a ")
                    .appendCodePoint(start)
                    .appendCodePoint(start)
                    .append("!")
                    .toString();
            if (!java.util.Arrays.equals(BPE.encode(text), HUGGING_FACE.encode(text))) {
                if (bad++ < 400)
                    System.out.println(String.format(
                            "%04X %d %d", start, com.ibm.icu.lang.UCharacter.getType(start), Character.getType(start)));
            }
        }
        assertThat(bad).isZero();
    }
}
