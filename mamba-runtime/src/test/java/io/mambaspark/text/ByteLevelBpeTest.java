package io.mambaspark.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.ibm.icu.lang.UCharacter;
import io.mambaspark.Books;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteLevelBpeTest {
    private static final HuggingFace HUGGING_FACE = new HuggingFace(HuggingFace.reader());
    private static final ByteLevelBpe BPE = ByteLevelBpe.read(new ByteArrayInputStream(HuggingFace.reader()));

    @AfterAll
    static void close() {
        HUGGING_FACE.close();
    }

    static List<String> books() {
        return List.of(Books.alice(), Books.timeMachine());
    }

    @ParameterizedTest
    @MethodSource("books")
    void aBookHasTheTokensOfHuggingFace(String book) {
        Tokens tokens = Tokens.of(BPE, book, 1000);
        assertThat(tokens.ids()).isEqualTo(HUGGING_FACE.encode(book));
        assertThat(tokens.ends()).isEqualTo(HUGGING_FACE.ends(book));
        assertThat(BPE.encode(book)).isEqualTo(tokens.ids());
        assertThat(BPE.count(ReaderText.of(book, TextNormalisation.NONE))).isEqualTo(tokens.ids().length);
    }

    @Test
    void randomUnicodeHasTheTokensOfHuggingFace() {
        RandomUnicode unicode = new RandomUnicode(new Random(20261124));
        for (int i = 0; i < 10_000; i++) {
            String text = unicode.next();
            assertThat(BPE.encode(text)).as("%s", text).isEqualTo(HUGGING_FACE.encode(text));
        }
    }

    /** Letters and digits by Unicode's newest tables, not by the JDK's; of the 100,000 ideographs, every 61st. */
    @Test
    void everyCharacterIsPartedFromItsNeighboursAsInHuggingFace() {
        int[] characters = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> UCharacter.isDefined(c) && (!Character.isIdeographic(c) || c % 61 == 0))
                .filter(c ->
                        UCharacter.getType(c) != Character.SURROGATE && UCharacter.getType(c) != Character.PRIVATE_USE)
                .toArray();
        for (int i = 0; i < characters.length; i += 100) {
            StringBuilder text = new StringBuilder();
            Arrays.stream(characters, i, Math.min(i + 100, characters.length))
                    .forEach(c -> text.append('a')
                            .appendCodePoint(c)
                            .append("b ")
                            .appendCodePoint(c)
                            .append('!'));
            assertThat(BPE.encode(text.toString()))
                    .as("from U+%04X on", characters[i])
                    .isEqualTo(HUGGING_FACE.encode(text.toString()));
        }
    }

    static List<String> longWords() {
        Random random = new Random(7);
        String letters = random.ints(1 << 20, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return List.of(
                letters,
                "a".repeat(1 << 20),
                "\n".repeat(100_000),
                "\n".repeat(100_000) + "end",
                " ".repeat(100_000) + "end",
                "\0".repeat(1_000_000),
                "\uD83D\uDE00".repeat(200_000),
                "-=".repeat(300_000));
    }

    @ParameterizedTest
    @MethodSource("longWords")
    void aWordOfAMegabyteTakesBoundedTimeAndHasTheTokensOfHuggingFace(String word) {
        int[] ids = assertTimeout(Duration.ofSeconds(20), () -> BPE.encode(word));
        assertThat(Arrays.equals(ids, HUGGING_FACE.encode(word))).isTrue();
    }

    @Test
    void aWordBeyondTheLimitLosesNothing() {
        String word = "x" + "\uD83D\uDE00".repeat(BpeCursor.LONGEST_WORD) + "ab".repeat(BpeCursor.LONGEST_WORD);
        assertThat(BPE.decode(BPE.encode(word)).equals(word)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 4096})
    void theSizeOfTheBatchesChangesNothing(int batch) {
        String text = Books.alice().substring(0, 20_000) + "\uD83D\uDE00\u4E2D\u6587";
        assertThat(Tokens.of(BPE, text, batch)).usingRecursiveComparison().isEqualTo(Tokens.of(BPE, text, 100_000));
    }

    @Test
    void textNeverYieldsASpecialToken() {
        String text = "Read <|doc|>this<|endoftext|> aloud<|pad|>";
        assertThat(BPE.encode(text)).doesNotContain(0, 1, 2, 3, 4);
        assertThat(BPE.decode(BPE.encode(text))).isEqualTo(text);
    }

    @Test
    void promptsHaveSpecialTokensAsInHuggingFace() {
        String prompt = "<|query|>How  <|sep|> far?<|doc|><|doc|> <|do|>";
        assertThat(BPE.encodeWithSpecials(prompt))
                .isEqualTo(HUGGING_FACE.encode(prompt))
                .contains(2, 3, 4);
        assertThat(BPE.special("<|doc|>")).hasValue(3);
        assertThat(BPE.special("the")).isEmpty();
        assertThat(BPE.vocabularySize()).isEqualTo(16_384);
    }

    @Test
    void decodingGivesTheTextBack() {
        RandomUnicode unicode = new RandomUnicode(new Random(3));
        for (int i = 0; i < 500; i++) {
            String text = unicode.next();
            assertThat(BPE.decode(BPE.encode(text))).isEqualTo(text);
        }
        assertThat(BPE.decode(BPE.encodeWithSpecials("<|doc|>Hello"))).isEqualTo("<|doc|>Hello");
    }

    @Test
    void halfACharacterDecodesToTheReplacementCharacter() {
        int[] snowman = BPE.encode("\u2603");
        assertThat(snowman).hasSizeGreaterThan(1);
        assertThat(BPE.decode(Arrays.copyOf(snowman, 1))).isEqualTo("\uFFFD");
    }

    @Test
    void aTokenInsideACharacterEndsWithIt() {
        String text = "a\uD83D\uDE00b";
        Tokens tokens = Tokens.of(BPE, text, 100);
        assertThat(tokens.ids()).hasSizeGreaterThan(3);
        assertThat(tokens.ends()).startsWith(1, 3, 3).endsWith(4).isSorted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\uD83Db", "\uDE00\uD83D", "\uD83D\uD83D\uDE00", "end\uD83D"})
    void unpairedSurrogatesAreReadAsReplacementCharacters(String text) {
        String wellFormed = new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
        assertThat(BPE.encode(text)).isEqualTo(HUGGING_FACE.encode(wellFormed));
        assertThat(Tokens.of(BPE, text, 10).ends()).endsWith(text.length());
    }

    @Test
    void anEmptyTextHasNoTokens() {
        assertThat(BPE.encode("")).isEmpty();
        assertThat(BPE.decode(new int[0])).isEmpty();
    }

    @Test
    void wrongCallsSayWhatIsWrong() {
        assertThatThrownBy(() -> BPE.decode(new int[] {16_384}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16384");
        TokenCursor cursor = BPE.tokens(ReaderText.of("text", TextNormalisation.NONE));
        assertThatThrownBy(() -> cursor.next(new int[1], new int[1], 0, 0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> cursor.next(new int[1], new int[1], 0, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void manyThreadsShareOneTokenizer() {
        String book = Books.alice();
        int[] ids = BPE.encode(book);
        assertThat(IntStream.range(0, 16).parallel().mapToObj(i -> BPE.encode(book)))
                .allMatch(other -> Arrays.equals(other, ids));
    }
}
